"""A card as a page of its own: HTML without scripts, for a frame of another site.

Invariant: every text is escaped; the page loads nothing; its words are those of the cards on the screens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import pandas as pd

from data.errors import NotAvailable
from data.message import say
from kpi.api.figures import loaded
from kpi.api.model import HTML, Answer, Asking, Told
from kpi.charts.palette import PALETTES, Theme, palette
from kpi.charts.sparkline import PERIODS, sparkline_svg
from kpi.command.value import where_of
from kpi.compile.windows import DAY, floor, step
from kpi.evaluate import evaluate
from kpi.figures import phrases
from kpi.language import Language
from kpi.markup import Html, tag
from kpi.model import Grain, Kpi, Query

_COLOURS = {
    "card": "card", "ink": "text", "muted": "muted", "line": "border", "good": "good", "acceptable": "acceptable",
    "missed": "missed", "none": "none",
}  # fmt: skip
"""Variable of the stylesheet → colour of the palette."""
FEWEST = 2
"""Periods a course needs."""


@dataclass(frozen=True)
class Shown:
    """The figure of a card, as words about it need to know it."""

    kpi: Kpi
    """The definition."""
    row: dict[str, Any]
    """The answer's row of the period."""
    now: date | None
    """Until when the KPI's facts go."""

    @property
    def value(self) -> float | None:
        """The value; None: none."""
        return self.number("value")

    @property
    def status(self) -> str:
        """One of the statuses."""
        return str(self.row["status"]) if self.value is not None else "no_target"

    @property
    def target_kind(self) -> str | None:
        """Kind of the target in force."""
        return cast("str | None", self.row["target_kind"])

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        return self.row["period"].date(), self.row["period_end"].date()

    def number(self, column: str) -> float | None:
        """A figure by the name of its column."""
        cell = self.row[column]
        return None if pd.isna(cell) else float(cell)


def card(asking: Asking, told: Told) -> Answer:
    """The card of a KPI."""
    kpi, grain = asking.kpi(told["kpi"]), cast("Grain", told["grain"])
    days = loaded(asking)
    if days is None:
        raise NotAvailable(say("Nothing is loaded."))
    since = step(floor(days.until, grain), grain, -PERIODS)
    until, where = step(floor(days.until, grain), grain, 1) - DAY, where_of(list(told["where"]))
    query = Query((kpi.id,), since, until, grain, None, where, ("previous", "year"))
    result = evaluate(asking.reader, asking.kpis, query, asking.book)
    if kpi.id in result.unavailable:
        raise NotAvailable(result.unavailable[kpi.id])
    rows = _until(result.frame[result.frame["is_total"]].to_dict("records"), running=told["period"] == "running")
    if not rows:
        raise NotAvailable(say("No period is complete yet."))
    shown = Shown(kpi, rows[-1], result.now.get(kpi.id))
    return Answer(_page(shown, rows, grain, asking.words, told["theme"]).encode(), HTML)


def _until(rows: Sequence[Any], *, running: bool) -> list[dict[str, Any]]:
    """The periods up to the one that is shown."""
    known = [row for row in rows if running or not row["is_partial"]]
    while running and len(known) > 1 and pd.isna(known[-1]["value"]):
        known.pop()
    return known


def _page(shown: Shown, rows: Sequence[dict[str, Any]], grain: Grain, words: Language, theme: Theme | None) -> str:
    title = words.catalogue(shown.kpi.title)
    head = (
        f'<!DOCTYPE html><html lang="{words.code}" class="{theme or "auto"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"{tag('title', title)}<style>{style()}</style></head>"
    )
    return f"{head}<body>{tag('article', *_body(shown, rows, grain, words))}</body></html>"


def _body(shown: Shown, rows: Sequence[dict[str, Any]], grain: Grain, words: Language) -> Iterator[Html]:
    """As a card on the screens, top to bottom."""
    status, unit = shown.status, shown.kpi.unit
    yield tag("h1", f"{words.catalogue(shown.kpi.title)} ", tag("small", words.period(shown.days[0], grain)))
    yield tag("p", words.value(shown.value, unit), css="value", title=words.value(shown.value, unit, exact=True))
    mark, goal = f"{words.mark(status)} {phrases.status_text(words, shown)}", phrases.goal_text(words, shown)
    yield tag("p", mark, *([tag("span", goal)] if goal else []), css=f"status {status}")
    if due := phrases.due_text(words, shown):
        yield tag("p", due, css="quiet")
    changes = phrases.changes(words, shown, grain)
    yield tag("p", *(tag("span", tag("b", by), f" {to}") for by, to in changes), css="change")
    yield _sparkline(rows, words)
    yield tag("p", phrases.behind(words, shown), css="quiet")


def _sparkline(rows: Sequence[dict[str, Any]], words: Language) -> Html:
    """The last periods, drawn once a theme: the stylesheet shows one of the two."""
    values, targets = ([row[name] for row in rows] for name in ("value", "target"))
    if sum(not pd.isna(value) for value in values) < FEWEST:
        return Html()
    running = bool(rows[-1]["is_partial"])
    drawn = [tag("div", Html(sparkline_svg(values, targets, running, theme)), css=f"in-{theme}") for theme in PALETTES]
    return tag("div", *drawn, role="img", aria_label=words.t("Course of the last periods"))


@cache
def style() -> str:
    """What stands between <style> and </style>."""
    rules = Path(__file__).with_name("card.css").read_text(encoding="utf-8")
    light, dark = _colours("light"), _colours("dark")
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{.auto{{{dark}}}}}.dark{{{dark}}}\n{rules}"


def _colours(theme: Theme) -> str:
    used = palette(theme)
    return "".join(f"--{name}:{getattr(used, colour)};" for name, colour in _COLOURS.items())
