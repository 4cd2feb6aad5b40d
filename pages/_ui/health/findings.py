"""What the health of the data gives to say, each with a name it can be dismissed by.

Invariant: a sentence says what was seen and where; what a person answered («we were closed», «that is right») is
remembered and not asked again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.store.health.closed import closed_days
from data.store.health.closed import say_closed as note_closed
from data.store.health.health import FactHealth, health
from pages._ui import session
from pages._ui.session import View
from pages._ui.titles import column_title, fact_title

SEEN = "health_seen"
"""Setting: names of findings that somebody said are right."""
GAPS = 3
"""Gaps of a fact told one by one; earlier ones are counted."""


@dataclass(frozen=True)
class Found:
    """One thing that needs a look."""

    name: str
    """Stable name."""
    sentence: str
    """For the person; plain text."""
    closed: tuple[date, date] | None = None
    """Days of a gap: the business may have been closed then."""
    serious: bool = False
    """KPIs are wrong or old because of it."""


def facts(view: View) -> tuple[FactHealth, ...]:
    """The health of every fact, computed once for a state of the data."""
    closed = closed_days(view.store.entries)
    return session.kept(
        view, ("health", closed), lambda: health(view.store.cursor(), view.reader.relations(), view.today, closed)
    )


def found(view: View) -> tuple[Found, ...]:
    """What needs a look, the serious first, without what was answered."""
    seen = set(view.store.entries.settings.get(SEEN, []))
    told = [one for fact in facts(view) for one in _of_fact(view, fact) if one.name not in seen]
    return tuple(sorted(told, key=lambda one: not one.serious))


def say_closed(view: View, first: date, last: date) -> None:
    """Remember that the business was closed on these days."""
    note_closed(view.store.entries, first, last)


def say_right(view: View, name: str) -> None:
    """Remember that something is as it should be."""
    settings = view.store.entries.settings
    settings.set(SEEN, [*settings.get(SEEN, []), name])


def _of_fact(view: View, one: FactHealth) -> Iterator[Found]:
    t, tn, words, fact = view.language.t, view.language.tn, view.language, fact_title(view, one.fact)
    if one.stale is not None:
        text = tn(
            "{fact} end on {day}, {n} day ago. Newer rows were to be expected by now.",
            "{fact} end on {day}, {n} days ago. Newer rows were to be expected by now.",
            one.stale.days, fact=fact, day=words.day(one.stale.until, year=True),
        )  # fmt: skip
        yield Found(f"stale:{one.fact}:{one.stale.until}", text, serious=True)
    for column in one.empty:
        text = t(
            "{fact}: «{column}» is empty since {day}; before it was filled in {share} of rows.",
            fact=fact, column=column_title(view, column.column, one.fact), day=words.day(column.since, year=True),
            share=words.value(100 * column.before, "percent"),
        )  # fmt: skip
        yield Found(f"empty:{one.fact}:{column.column}:{column.since}", text, serious=True)
    yield from _gaps(view, one, fact)
    for swing in one.swings:
        text = tn(
            "{fact}: {n} row on {days}; usually there are about {usual}.",
            "{fact}: {n} rows on {days}; usually there are about {usual}.",
            swing.rows, fact=fact, days=words.span(swing.first, swing.last), usual=words.number(round(swing.usual)),
        )  # fmt: skip
        yield Found(f"swing:{one.fact}:{swing.first}:{swing.last}", text)


def _gaps(view: View, one: FactHealth, fact: str) -> Iterator[Found]:
    tn, words = view.language.tn, view.language
    for gap in one.gaps[:GAPS]:
        text = tn(
            "{fact}: no rows on {days}, {n} day on which you usually work; usually there are about {usual}.",
            "{fact}: no rows on {days}, {n} days on which you usually work; usually there are about {usual}.",
            gap.missed, fact=fact, days=words.span(gap.first, gap.last), usual=words.number(round(gap.rows)),
        )  # fmt: skip
        yield Found(f"gap:{one.fact}:{gap.first}:{gap.last}", text, (gap.first, gap.last))
    earlier = one.gaps[GAPS:]
    if earlier:
        text = tn(
            "{fact}: {n} earlier gap, the first on {day}.", "{fact}: {n} earlier gaps, the first on {day}.",
            len(earlier), fact=fact, day=words.day(earlier[-1].first, year=True),
        )  # fmt: skip
        yield Found(f"gaps:{one.fact}:{len(earlier)}:{earlier[-1].first}", text)
