"""Bad reviews of the last days, each with its words.

Invariant: a review is the same one for as long as it is loaded, whatever is loaded besides; its text is quoted, cut at
a word, and never read as anything but text.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from data.access.source import select
from data.expression import Params
from data.model import Relation, Statement
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key, Said
from kpi.alerts.said import in_every, sentences, short, title
from kpi.language import Language

FACT = "reviews"
RECENT = 7
"""Days, today included, of whose reviews is told."""
MOST = 50
"""Reviews of one look; more at once are an import of something old, or an attack."""
QUOTED = 160
"""Characters of a text that are quoted."""
TOLD = ("account", "branch", "service", "employee")
"""Dimensions that say whom a review is about."""
_READ = ("rating", "text", "review_id", "answered_at", *TOLD)


def reviews(asked: Inquiry) -> Iterator[Alert]:
    """The bad ones, the worst first, of equal ones the latest."""
    relation = asked.look.reader.relations().get(FACT)
    if relation is None or not relation.tells("rating") or relation.data_until is None:
        return
    for row in _rows(asked, relation):
        yield _alert(asked, row)


def _rows(asked: Inquiry, relation: Relation) -> list[dict[str, Any]]:
    params, columns = Params(), [name for name in _READ if name in relation.columns]
    days = (asked.today - timedelta(days=RECENT - 1), asked.today)
    inner = select(asked.look.reader.sources()[FACT], columns, params, days=days)
    worst = params.place(asked.rule.worst_rating)
    sql = f"select * from ({inner}) where rating <= {worst} order by rating, day desc limit {MOST}"
    frame, _ = asked.look.reader.run(Statement(sql, params.values, (FACT,), asked.look.reader.scope))
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _alert(asked: Inquiry, row: dict[str, Any]) -> Alert:
    day, rating, text = row["day"].date(), float(row["rating"]), _text(row, "text")
    about = {name: found for name in TOLD if (found := _text(row, name))}

    def said(words: Language) -> Said:
        stars = words.t("{rating} of {most}", rating=words.number(rating, 1), most=5) if rating <= 5 else (
            words.number(rating, 1)
        )  # fmt: skip
        quoted = words.t("«{text}»", text=short(text, QUOTED)) if text else words.t("without words")
        answered = words.t("It is answered already") if _text(row, "answered_at") else ""
        named = ", ".join(about.values())
        return Said(
            title(words.t("Bad review: {stars}", stars=stars), (), words) + (f" · {named}" if named else ""),
            sentences(f"{words.day(day, year=True)}: {quoted}", answered), "",
            words.t("Answer within a day, calmly and to the point; then look at the order with whoever did it."),
        )  # fmt: skip

    return Alert(
        Key("review", _name(row, day), asked.place(None)), day, day, asked.rule.worst_rating - rating + 1, rating,
        asked.rule.worst_rating, "score", said=in_every(said),
    )  # fmt: skip


def _name(row: dict[str, Any], day: date) -> str:
    """What tells a review from others: its number, else what it says."""
    parts = [_text(row, "account"), _text(row, "review_id")]
    if not parts[1]:
        parts += [day.isoformat(), str(row["rating"]), _text(row, "text"), *(_text(row, name) for name in TOLD)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def _text(row: dict[str, Any], name: str) -> str:
    cell = row.get(name)
    return "" if pd.isna(cell) else str(cell)
