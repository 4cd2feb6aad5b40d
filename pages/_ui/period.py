"""The periods a person can choose, anchored at the data's own now.

Invariant: a preset is resolved from the last day on which something happened, never from today's date, so a file that
ends in September opens on September. `span` is pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kpi.model import Grain

PRESETS = (
    "last_month", "this_month", "last_3_months", "quarter", "year", "last_12_months", "all", "custom",
)  # fmt: skip
DEFAULT = "last_month"


@dataclass(frozen=True)
class Span:
    """The days a page is about."""

    preset: str
    """Code of the preset it came from."""
    since: date
    """First day, inclusive."""
    until: date
    """Last day, inclusive; a calendar period keeps its end even while it is running."""
    grain: Grain
    """The calendar length it is exactly one of; total when it is none."""

    def next_to(self, day: date) -> bool:
        """Whether the period is still running on that day."""
        return self.since <= day < self.until


def month_start(day: date, months: int = 0) -> date:
    """First day of the month that lies `months` after the day's own."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def start_of(day: date, grain: Grain) -> date:
    """First day of the calendar period around a day; the day itself for grain total and day."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year, 1, 1) if grain == "year" else day


def shift(start: date, grain: Grain, periods: int) -> date:
    """First day of the calendar period that lies `periods` after the one that begins at `start`."""
    if grain in ("day", "total"):
        return start + timedelta(days=periods)
    if grain == "week":
        return start + timedelta(weeks=periods)
    return month_start(start, periods * {"month": 1, "quarter": 3, "year": 12}[grain])


def end_of(start: date, grain: Grain) -> date:
    """Last day of the calendar period that begins at `start`."""
    return shift(start, grain, 1) - timedelta(days=1)


def aligned(since: date, until: date) -> Grain:
    """The calendar length that the span is exactly one of, else total."""
    lengths: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
    return next((g for g in lengths if start_of(since, g) == since and end_of(since, g) == until), "total")


def span(preset: str, now: date, first: date, since: date | None = None, until: date | None = None) -> Span:
    """The days of a preset.

    `now` is the last day on which something happened, `first` the first loaded day. A default that lies before all
    data becomes the running month. `since` and `until` are used by `custom` only; a missing side is open.
    """
    last_month = month_start(now, 1 if (now + timedelta(days=1)).day == 1 else 0)
    ends = last_month - timedelta(days=1)
    if preset == "last_month" and ends < first:
        preset_days = (month_start(now), end_of(month_start(now), "month"))
    elif preset == "last_month":
        preset_days = (month_start(ends), ends)
    elif preset in ("last_3_months", "last_12_months"):
        months = 3 if preset == "last_3_months" else 12
        preset_days = (month_start(ends, 1 - months), ends)
    elif preset in _RUNNING:
        start = start_of(now, _RUNNING[preset])
        preset_days = (start, end_of(start, _RUNNING[preset]))
    elif preset == "custom":
        preset_days = _ordered(since or first, until or now)
    else:
        preset_days = (first, now)
    return Span(preset, *preset_days, aligned(*preset_days))


_RUNNING: dict[str, Grain] = {"this_month": "month", "quarter": "quarter", "year": "year"}


def _ordered(a: date, b: date) -> tuple[date, date]:
    return (a, b) if a <= b else (b, a)


def back(since: date, grain: Grain, periods: int) -> date:
    """First day of a row of `periods` calendar periods whose last one holds `since`."""
    return shift(start_of(since, grain), grain, 1 - periods)
