"""Russia's calendar of working days: public holidays, days off that were moved, working Saturdays.

Invariant: pure and exact for the years whose decree is known (`KNOWN`); for others the rule of the Labour Code holds
(article 112 as of 2013: a holiday outside of January that falls on a weekend moves to the next working day), and
`is_settled` says so. Working days are those of the five-day week.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from data.message import Message, say

DAY = timedelta(days=1)
FIRST_YEAR = 2013
"""The present rules hold since then; earlier years have no days off but weekends here."""

_FIXED: dict[tuple[int, int], Message] = {
    **{(1, day): say("New Year holidays") for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): say("Christmas"),
    (2, 23): say("Defender of the Fatherland Day"),
    (3, 8): say("International Women's Day"),
    (5, 1): say("Spring and Labour Day"),
    (5, 9): say("Victory Day"),
    (6, 12): say("Russia Day"),
    (11, 4): say("National Unity Day"),
}
"""(month, day) → the holiday, as article 112 lists them."""


@dataclass(frozen=True)
class DayOff:
    """A day that is not worked for another reason than that it is a Saturday or Sunday."""

    day: date
    """The day."""
    title: Message
    """The holiday, or from where the day off was moved."""
    is_holiday: bool
    """False: a day off that was moved here."""


@dataclass(frozen=True)
class _Year:
    """One year's exceptions from the week."""

    off: dict[date, DayOff]
    """Days off, in their order."""
    worked: frozenset[date]
    """Saturdays and Sundays that are worked."""


def days_off(since: date, until: date) -> tuple[DayOff, ...]:
    """Holidays and moved days off from one day to another, both inclusive, in their order."""
    years = range(since.year, until.year + 1)
    return tuple(off for year in years for off in _year(year).off.values() if since <= off.day <= until)


def is_working(day: date) -> bool:
    """Whether people with a five-day week work on that day."""
    year = _year(day.year)
    return day in year.worked or (day not in year.off and day.weekday() < 5)


def working_days(since: date, until: date) -> int:
    """How many working days from one day to another, both inclusive."""
    return sum(is_working(since + n * DAY) for n in range((until - since).days + 1))


def is_settled(year: int) -> bool:
    """Whether the Government's decree for that year is known here, so that no day off can still move."""
    return year in _moved()


@cache
def _moved() -> dict[int, tuple[tuple[date, date], ...]]:
    """Year → (day off, the day it was moved from)."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {int(year): tuple((off, source) for off, source in pairs) for year, pairs in tomllib.loads(text).items()}


@cache
def _year(year: int) -> _Year:
    if year < FIRST_YEAR:
        return _Year({}, frozenset())
    holidays = {date(year, *at): DayOff(date(year, *at), title, True) for at, title in _FIXED.items()}
    moved = _moved().get(year, ())
    sources = frozenset(source for _, source in moved)
    found = {**holidays, **{off: DayOff(off, say("Day off moved from {day}", day=day), False) for off, day in moved}}
    for holiday in holidays.values():
        if holiday.day.month > 1 and holiday.day.weekday() > 4 and holiday.day not in sources:
            after = _next_free(holiday.day, found)
            found[after] = DayOff(after, holiday.title, False)
    return _Year(dict(sorted(found.items())), sources - holidays.keys())


def _next_free(day: date, taken: dict[date, DayOff]) -> date:
    """The next working day after a day."""
    day += DAY
    while day in taken or day.weekday() > 4:
        day += DAY
    return day
