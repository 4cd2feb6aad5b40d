"""The nouns of forecasting: Days, Span, Past, Forecast.

Invariant: a forecast holds what happened apart from what is expected; nothing that is only booked or expected is ever
part of `fact`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np

Array = np.ndarray[Any, Any]

Method = Literal[
    "pace", "pace_by_weekday", "weekdays", "steady_weekdays", "last_year", "month_days",
    "so_far", "mixed", "usual", "grown",
]  # fmt: skip
"""Of sums — pace: fact ÷ days passed × days · pace_by_weekday: the same, each weekday by its weight · weekdays: the
level of the last weeks by the weekdays' pattern · steady_weekdays: the same over a quarter, every week alike ·
last_year: weekdays, times last year's course · month_days: the same days of the last months. Of other values — so_far:
it stays · mixed: the rows to come are as usual · usual: it ends as the last ones did · grown: it grows on as it has."""

SHARE = 0.8
"""How many of the outcomes the interval should hold."""


@dataclass(frozen=True, eq=False)
class Days:
    """A daily series without gaps."""

    first: date
    """Its first day."""
    values: Array
    """One number a day up to the last day that is over."""

    @property
    def now(self) -> date:
        """The last day that is over."""
        return self.first + timedelta(days=len(self.values) - 1)

    def place(self, day: date) -> int:
        """Which number of the series a day has (also of days before or after it)."""
        return (day - self.first).days

    @cached_property
    def month_day(self) -> Array:
        """Day of the month, 1–31, of every day and of two years after."""
        since = np.datetime64(self.first)
        days = since + np.arange(len(self.values) + 2 * 366)
        found: Array = (days - days.astype("datetime64[M]")).astype(int) + 1
        return found


@dataclass(frozen=True)
class Span:
    """The period a forecast is about, both days inclusive."""

    since: date
    """First day."""
    until: date
    """Last day."""

    @property
    def days(self) -> int:
        """Its length."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True)
class Past:
    """How forecasts of past periods would have done."""

    periods: int
    """Past periods it was tried on."""
    tries: int
    """Forecasts made of them, at several points each."""
    error: float
    """Median distance of the method used from what came: of sums a share of it (0.04 = 4 %), else in the KPI's unit."""
    pace_error: float
    """The same of «fact ÷ days passed × days»."""
    now_error: float | None
    """`error` over tries made when as much of the period had passed as now; None: too few."""
    now_pace_error: float | None
    """The same of «fact ÷ days passed × days»."""
    held: float | None = None
    """Share of past outcomes that lay within the interval made from what was known then; None: too few to say."""


@dataclass(frozen=True)
class Course:
    """Day by day: what the period has come to, and what it will."""

    known_days: tuple[date, ...]
    """Days that are over (of a long period of a value every so-manieth)."""
    known: tuple[float, ...]
    """What it had come to by the end of each."""
    days: tuple[date, ...]
    """Days to come (of a value only the last)."""
    expected: tuple[float, ...]
    """Expected by the end of each."""
    low: tuple[float, ...]
    """Lower end of the interval; empty where there is none."""
    high: tuple[float, ...]
    """Upper end of the interval; empty where there is none."""
    last_year: tuple[float, ...] = ()
    """What the same days of last year had come to, from the first day on; empty where they are not all known."""


@dataclass(frozen=True)
class Forecast:
    """What a period will come to."""

    span: Span
    """The period."""
    now: date
    """The last day that is over in the data; later days are expected, not known."""
    fact: float
    """What it has come to by then."""
    expected: float
    """What it will come to at its end."""
    low: float | None
    """The interval's lower end; None: too little history to say."""
    high: float | None
    """The interval's upper end."""
    pace: float
    """What «fact ÷ days passed × days» says."""
    method: Method
    """How it was made."""
    outcomes: tuple[float, ...]
    """Outcomes that are equally likely, ascending, by how far the method was off before; the fact where it is over."""
    least: float
    """Nothing below this can come any more: of a sum that only grows the fact, else minus infinity."""
    is_rough: bool
    """Too few past periods: the interval comes from how the days differ from each other."""
    plan: tuple[float, ...]
    """Share of the whole that is usual by the end of each day of the period, 0…1; empty where a value is not a sum."""
    course: Course
    """Day by day."""
    past: Past | None
    """How the method did before; None: nothing to try it on."""

    @property
    def is_over(self) -> bool:
        """Nothing of the period is left."""
        return self.now >= self.span.until

    @property
    def due(self) -> float | None:
        """Share of the whole that is usual by now: times the target it is where one should be today."""
        passed = (self.now - self.span.since).days + 1
        return self.plan[min(passed, len(self.plan)) - 1] if self.plan and passed > 0 else None
