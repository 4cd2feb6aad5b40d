"""Gaps and freshness of rows that come day by day (pure).

Invariant: a day is missed only if rows were to be expected on it: its weekday usually has some, and nobody said that
the business was closed. A business that is closed on Sundays has no gap there.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

Counts = Mapping[date, int]
"""Day → rows."""

USUAL = 0.6
"""Share of a weekday's days that must have rows for the weekday to be an open one."""
FEWEST_WEEKS = 4
"""Weeks of data without which no weekday is known to be open or closed."""
MISSED = 8.0
"""Rows that must have been to be expected in a gap: of a few a day none is nothing strange now and then."""
LONG, LONGER = 14, 3
"""Days without any row that are a gap whatever the weekdays, if no other silence was a third as long."""
NEW_YEAR = ((12, 31), (1, 1), (1, 2))
"""Months and days on which nobody is expected to work."""
PATIENCE = 3
"""Open days without rows after which a fact that has them daily is stale."""
SPARSE_PATIENCE = 45
"""Days after which a fact that has rows now and then is stale, unless its rows usually come farther apart."""


@dataclass(frozen=True)
class Gap:
    """Days without rows."""

    first: date
    """First of them on which rows were to be expected."""
    last: date
    """Last of them."""
    missed: int
    """How many of them were open days."""
    rows: float
    """How many rows were to be expected."""


@dataclass(frozen=True)
class Stale:
    """Newer rows were to be expected."""

    until: date
    """Last day with rows."""
    days: int
    """Days since."""


def open_weekdays(counts: Counts) -> frozenset[int]:
    """Weekdays (Monday is 0) on which rows are usual; none where there are too few weeks to tell."""
    if not counts or (max(counts) - min(counts)).days < 7 * FEWEST_WEEKS:
        return frozenset()
    seen = Counter(day.weekday() for day, rows in counts.items() if rows)
    there = Counter(day.weekday() for day in _days(min(counts), max(counts)))
    return frozenset(weekday for weekday in range(7) if seen[weekday] >= USUAL * there[weekday])


def gaps(counts: Counts, closed: Collection[date] = (), least: float = MISSED) -> tuple[Gap, ...]:
    """Days between the first and the last row that miss theirs, the latest first. `least`: rows a gap must lack."""
    if not counts:
        return ()
    runs = _silences(counts)
    longest = sorted(len(run) for run in runs)[-2:]
    usual = _usual(counts, runs, longest[0] if len(longest) > 1 else 1)
    found = [_gap(run, usual, closed) for run in runs]
    return tuple(gap for gap in reversed(found) if gap is not None and gap.rows >= least)


def stale(counts: Counts, today: date, closed: Collection[date] = ()) -> Stale | None:
    """Whether newer rows were to be expected by yesterday."""
    if not counts:
        return None
    until, usual = max(counts), open_weekdays(counts)
    since = _days(until + timedelta(days=1), today - timedelta(days=1))
    if usual:
        late = sum(day.weekday() in usual and day not in closed for day in since) >= PATIENCE
    else:
        late = len(since) > max(SPARSE_PATIENCE, 3 * _spacing(counts))
    return Stale(until, (today - until).days) if late else None


@dataclass(frozen=True)
class _Usual:
    """What is usual of a fact."""

    rows: Mapping[int, float]
    """Open weekday → its median of rows."""
    a_day: float
    """Mean of rows a day, long silences left out."""
    silence: int
    """Days of the longest silence but one."""


def _usual(counts: Counts, silences: list[list[date]], silence: int) -> _Usual:
    away = {day for run in silences if len(run) >= 7 for day in run}
    days = [day for day in _days(min(counts), max(counts)) if day not in away]
    rows = {
        weekday: float(median([counts.get(day, 0) for day in days if day.weekday() == weekday] or [0]))
        for weekday in open_weekdays(counts)
    }
    return _Usual(rows, sum(counts.values()) / len(days), silence)


def _silences(counts: Counts) -> list[list[date]]:
    """Runs of days without rows."""
    days = _days(min(counts), max(counts))
    return [list(run) for filled, run in itertools.groupby(days, lambda day: bool(counts.get(day))) if not filled]


def _gap(run: list[date], usual: _Usual, closed: Collection[date]) -> Gap | None:
    work = [day for day in run if day not in closed and (day.month, day.day) not in NEW_YEAR]
    expected = [day for day in work if day.weekday() in usual.rows]
    rows = sum(usual.rows[day.weekday()] for day in expected)
    if not expected and work and len(run) >= max(LONG, LONGER * usual.silence + 1):
        expected, rows = work, usual.a_day * len(work)
    return Gap(expected[0], expected[-1], len(expected), rows) if expected else None


def _spacing(counts: Counts) -> float:
    """Days that usually lie between one day with rows and the next."""
    known = sorted(day for day, rows in counts.items() if rows)
    return median([(b - a).days for a, b in itertools.pairwise(known)] or [1])


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
