"""When a rhythm comes round, in the wall time of a zone.

Invariant: pure. An occasion is one day; it is told by that day, so it comes once however clocks are changed. A time
that the clocks skip is read as so much later (02:30 becomes 03:30), a time they go through twice is its first.
What falls on a quiet day moves to the next working day, and two that meet there are one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule

from data.calendar import is_working
from data.store.entries.delivery.schedules import LAST_DAY, Rhythm

_DAY = timedelta(days=1)
_QUIET_AT_MOST = timedelta(days=20)
"""No row of days off is longer."""
_AHEAD = timedelta(days=31) + _QUIET_AT_MOST
"""Within these days every rhythm comes round."""


@dataclass(frozen=True)
class Occasion:
    """One time that a rhythm comes round."""

    day: date
    """The day, by the calendar of the zone."""
    at: datetime
    """The moment (UTC)."""


def occasions(rhythm: Rhythm, zone: ZoneInfo, after: datetime, until: datetime) -> tuple[Occasion, ...]:
    """Those later than `after`, up to `until` (moments in UTC), the first first."""
    first, last = after.astimezone(zone).date() - _DAY, until.astimezone(zone).date() + _DAY
    found = (Occasion(day, _moment(day, rhythm, zone)) for day in _days(rhythm, first - _QUIET_AT_MOST, last))
    return tuple(one for one in found if after < one.at <= until)


def next_occasion(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> Occasion:
    """The first one after a moment."""
    return occasions(rhythm, zone, after, after + _AHEAD)[0]


def _moment(day: date, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """With fold 0 a skipped time is read by the offset before the change, a repeated one as its first."""
    return datetime.combine(day, rhythm.at, zone).astimezone(UTC)


def _days(rhythm: Rhythm, since: date, until: date) -> Iterator[date]:
    """The days of a rhythm, each once, moved off the quiet ones."""
    rule = _rule(rhythm, since)
    nominal = (moment.date() for moment in rule.between(_noon(since), _noon(until), inc=True))
    moved = [_working(day, rhythm) for day in nominal]
    yield from moved[:1]
    yield from (day for before, day in pairwise(moved) if day != before)


def _rule(rhythm: Rhythm, since: date) -> rrule:
    start = _noon(since.replace(day=1))
    if rhythm.every == "week":
        return rrule(WEEKLY, dtstart=start, byweekday=tuple(day - 1 for day in sorted(set(rhythm.weekdays))))
    if rhythm.day == LAST_DAY:
        return rrule(MONTHLY, dtstart=start, bymonthday=-1)
    if rhythm.day <= 28:
        return rrule(MONTHLY, dtstart=start, bymonthday=rhythm.day)
    return rrule(MONTHLY, dtstart=start, bymonthday=tuple(range(28, rhythm.day + 1)), bysetpos=-1)


def _working(day: date, rhythm: Rhythm) -> date:
    while (rhythm.quiet == "holidays" and not is_working(day)) or (rhythm.quiet == "weekends" and day.weekday() > 4):
        day += _DAY
    return day


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
