"""For which days statistics are asked next: pure planning.

Invariant: no two periods share a day; the last days come one by one and the newest first, older
ones as weeks cut at the ends of months, so that weeks, months and everything longer are exact. A day is asked for again
until it was seen some days after it ended: late figures change it. Nothing is asked that the service no longer keeps.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
DEPTH = 270
"""Days the service keeps, today included."""
ALONE = 14
"""Last days that are asked for one by one."""
SETTLING = 3
"""Days after its end until which a day's figures may still change."""


@dataclass(frozen=True, order=True)
class Period:
    """Days that one question covers."""

    first: date
    """First day."""
    last: date
    """Last day."""

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"

    @staticmethod
    def of(text: str) -> "Period":
        """The period that is written so."""
        first, _, last = text.partition("/")
        return Period(date.fromisoformat(first), date.fromisoformat(last))

    def days(self) -> Iterator[date]:
        """Its days."""
        return (self.first + n * DAY for n in range((self.last - self.first).days + 1))


def due(today: date, fetched: Mapping[Period, date], history: int = DEPTH) -> tuple[Period, ...]:
    """What to ask for on a day, the most useful first. `fetched`: when each period was asked for last."""
    yesterday, earliest = today - DAY, earliest_day(today, history)
    covered = {day for period in fetched for day in period.days()}
    again = [one for one, on in fetched.items() if on < today and on - one.last <= SETTLING * DAY]
    alone = [Period(day, day) for n in range(ALONE) if (day := yesterday - n * DAY) not in covered]
    older = (day for day in _days(earliest, yesterday - ALONE * DAY) if day not in covered)
    recent = (one for one in (*again, *alone) if one.first >= earliest)
    return (*sorted(recent, reverse=True), *reversed(list(weeks(older))))


def earliest_day(today: date, history: int = DEPTH) -> date:
    """The first day that is asked for."""
    return today - (min(history, DEPTH) - 1) * DAY


def weeks(days: Iterable[date]) -> Iterator[Period]:
    """Days in order as periods: no gap, no Monday and no first of a month inside one."""
    first = last = None
    for day in days:
        if last is not None and first is not None and (day - last > DAY or day.weekday() == 0 or day.day == 1):
            yield Period(first, last)
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield Period(first, last)


def kept(fetched: Mapping[Period, date], today: date) -> dict[Period, date]:
    """What is worth remembering: periods the service may still be asked for."""
    return {one: on for one, on in fetched.items() if one.last >= earliest_day(today)}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range(max(0, (last - first).days + 1)))
