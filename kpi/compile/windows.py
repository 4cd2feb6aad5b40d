"""Which days belong to a period, and which to the ones it is compared with.

Invariant: a running or cut period is compared with the same number of days of the other period; a week or day is
compared with the same weekdays a year before (364 days); everything else by calendar date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kpi.model import Against, Grain, Query

DAY = timedelta(days=1)
_MONTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Window:
    """A run of days, both inclusive."""

    since: date
    """First day."""
    until: date
    """Last day."""


@dataclass(frozen=True)
class Period:
    """One period of the answer."""

    start: date
    """First day of the calendar period (of the query, where the grain is total)."""
    end: date
    """Last day of it."""
    window: Window
    """The days of it that were asked for."""


@dataclass(frozen=True)
class Calendar:
    """The periods of a query and the windows they need."""

    grain: Grain
    """Length of the periods."""
    periods: tuple[Period, ...]
    """Ascending."""

    @property
    def since(self) -> date:
        """First day asked for."""
        return self.periods[0].window.since

    @property
    def until(self) -> date:
        """Last day asked for."""
        return self.periods[-1].window.until


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), month_end(first))


def month_end(day: date) -> date:
    """Last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


def floor(day: date, grain: Grain) -> date:
    """First day of the calendar period that holds the day (weeks begin on Monday)."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain in _MONTHS:
        return date(day.year, (day.month - 1) // _MONTHS[grain] * _MONTHS[grain] + 1, 1)
    return day


def step(start: date, grain: Grain, n: int) -> date:
    """First day of the period n periods later."""
    if grain in _MONTHS:
        return add_months(start, n * _MONTHS[grain])
    return start + n * timedelta(days=7 if grain == "week" else 1)


def calendar(query: Query, first: date, last: date) -> Calendar:
    """The query's periods; open ends are filled with the first and last loaded day."""
    since, until = query.since or first, query.until or last
    until = max(since, until)
    if query.grain == "total":
        return Calendar("total", (Period(since, until, Window(since, until)),))
    return Calendar(query.grain, tuple(_periods(query.grain, since, until)))


def _periods(grain: Grain, since: date, until: date) -> Iterator[Period]:
    start = floor(since, grain)
    while start <= until:
        end = step(start, grain, 1) - DAY
        yield Period(start, end, Window(max(start, since), min(end, until)))
        start = end + DAY


def aligned(since: date, until: date) -> Grain:
    """The calendar length that these days are exactly one of, else total."""
    lengths: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
    return next((g for g in lengths if floor(since, g) == since and step(since, g, 1) - DAY == until), "total")


def earlier(period: Period, grain: Grain, now: date) -> Period | None:
    """The equal period before, with the days of it that are compared with those the period has."""
    days = previous(period, grain, now)
    whole = previous(Period(period.start, period.end, Window(period.start, period.end)), grain, date.max)
    return None if days is None or whole is None else Period(whole.since, whole.until, days)


def elapsed(period: Period, now: date) -> Window | None:
    """The days of a period that have data; None before the first of them."""
    until = min(period.window.until, now)
    return Window(period.window.since, until) if until >= period.window.since else None


def is_partial(period: Period, now: date) -> bool:
    """Whether the period is not over in the data, or was cut by the query."""
    return elapsed(period, now) != Window(period.start, period.end)


def previous(period: Period, grain: Grain, now: date) -> Window | None:
    """The days the period is compared with: the previous equal period, like for like while it is partial."""
    known = elapsed(period, now)
    if known is None:
        return None
    if grain == "total":
        return _previous_range(period, known)
    start = step(period.start, grain, -1)
    if not is_partial(period, now):
        return Window(start, period.start - DAY)
    return _same_days(period, known, start, period.start - DAY)


def instead(period: Period, calendar: Calendar, now: date, against: Against) -> Window | None:
    """The days that stand for the previous period, like for like while it is partial.

    Of a query's only period all of them; of several the period that lies as far away as `against` says.
    """
    known = elapsed(period, now)
    if known is None:
        return None
    if len(calendar.periods) == 1:
        over = known.until == period.window.until
        return Window(against.since, against.until) if over else _same_days(period, known, against.since, against.until)
    start = step(period.start, calendar.grain, -apart(against, calendar.grain))
    end = step(start, calendar.grain, 1) - DAY
    return Window(start, end) if not is_partial(period, now) else _same_days(period, known, start, end)


def apart(against: Against, grain: Grain) -> int:
    """How many periods lie from the compared days to what is compared; negative: they come after it."""
    here, there = floor(against.period, grain), floor(against.since, grain)
    if grain in _MONTHS:
        return ((here.year - there.year) * 12 + here.month - there.month) // _MONTHS[grain]
    return (here - there).days // (7 if grain == "week" else 1)


def last_year(period: Period, grain: Grain, now: date) -> Window | None:
    """The same days a year before."""
    known = elapsed(period, now)
    if known is None:
        return None
    if grain in ("day", "week"):
        year = timedelta(days=364)
        return Window(known.since - year, known.until - year)
    until = add_months(known.until, -12)
    return Window(add_months(known.since, -12), month_end(until) if known.until == month_end(known.until) else until)


def _previous_range(period: Period, known: Window) -> Window:
    whole_months = period.start.day == 1 and period.end == month_end(period.end)
    if not whole_months:
        length = timedelta(days=(period.end - period.start).days + 1)
        return Window(known.since - length, known.until - length)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    start = add_months(period.start, -months)
    if known.until == period.end:
        return Window(start, period.start - DAY)
    return _same_days(period, known, start, period.start - DAY)


def _same_days(period: Period, known: Window, start: date, end: date) -> Window:
    since = start + (known.since - period.start)
    return Window(min(since, end), min(start + (known.until - period.start), end))


def regular(window: Window, grain: Grain, bounds: Window) -> bool:
    """Whether a scan of `bounds` grouped by the grain holds exactly this window as one group."""
    if grain == "total":
        return False
    start = floor(window.since, grain)
    end = step(start, grain, 1) - DAY
    return max(start, bounds.since) == window.since and min(end, bounds.until) == window.until


def outline(windows: Iterable[Window]) -> Window:
    """The smallest run of days that holds all windows."""
    known = list(windows)
    return Window(min(w.since for w in known), max(w.until for w in known))


def disjoint(windows: Iterable[Window]) -> list[list[Window]]:
    """The windows in as few groups as it takes for no two of a group to share a day."""
    groups: list[list[Window]] = []
    for window in sorted(windows, key=lambda w: (w.since, w.until)):
        free = next((group for group in groups if group[-1].until < window.since), None)
        if free is None:
            groups.append([window])
        else:
            free.append(window)
    return groups
