"""How much working time lies between two moments, as arithmetic of DuckDB.

Invariant: a moment's place on the working clock is the working time, in microseconds, from a first day to it; it never
goes back, so the working time between two moments is the difference of their places. Round the clock a place is the
moment itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from data.calendar import days_off, is_working
from data.store.entries.process import WorkingHours

_MINUTE = 60_000_000
_DAY = 24 * 60 * _MINUTE
_FIVE_DAYS = frozenset(range(1, 6))
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class WorkingClock:
    """The clock of one way to work, for the moments of some days."""

    hours: WorkingHours
    """When work is done."""
    first: date
    """First day with moments."""
    last: date
    """Last day with moments."""

    def place(self, moment: str, params: Callable[[object], str]) -> str:
        """SQL of a moment's place. `params` gives the place of a value in the statement."""
        origin = (self.first - _EPOCH).days * _DAY
        since = f"(epoch_us({moment}) - {origin})"
        before, day = params(self.before), f"({since} // {_DAY})"
        today = f"least(greatest({since} % {_DAY} - {self.hours.begins * _MINUTE}, 0), {self.day_length})"
        worked = f"{before}[{day} + 2] > {before}[{day} + 1]"
        return f"({before}[{day} + 1] + case when {worked} then {today} else 0 end)"

    @property
    def before(self) -> list[int]:
        """Working time before each of the days and after the last, in microseconds from the first."""
        return list(_before(self))

    @property
    def day_length(self) -> int:
        """Working time of a day that is worked, in microseconds."""
        return (self.hours.ends - self.hours.begins) * _MINUTE


@lru_cache(maxsize=16)
def _before(clock: WorkingClock) -> tuple[int, ...]:
    total, found = 0, [0]
    for number in range((clock.last - clock.first).days + 1):
        total += clock.day_length if works_on(clock.hours, clock.first + timedelta(days=number)) else 0
        found.append(total)
    return tuple(found)


def works_on(hours: WorkingHours, day: date) -> bool:
    """Whether that day is worked: by its day of the week, unless it is a public day off.

    A Saturday or Sunday that the Government made a working day is worked by whoever works Monday to Friday.
    """
    if not hours.holidays:
        return day.isoweekday() in hours.weekdays
    if day.isoweekday() in hours.weekdays:
        return not days_off(day, day)
    return day.isoweekday() > 5 and set(hours.weekdays) >= _FIVE_DAYS and is_working(day)
