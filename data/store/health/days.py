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
LONG = 14
"""Days without any row that are a gap whatever the weekdays, where rows used to be much denser."""
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


def gaps(counts: Counts, closed: Collection[date] = ()) -> tuple[Gap, ...]:
    """Days between the first and the last row that miss theirs, the latest first."""
    if not counts:
        return ()
    usual, runs, run = open_weekdays(counts), list[list[date]](), list[date]()
    for day in _days(min(counts), max(counts)):
        if not counts.get(day):
            run.append(day)
        elif run:
            runs.append(run)
            run = []
    found = [_gap(run, usual, closed, _spacing(counts)) for run in runs]
    return tuple(gap for gap in reversed(found) if gap is not None)


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


def _gap(run: list[date], usual: Collection[int], closed: Collection[date], spacing: float) -> Gap | None:
    expected = [day for day in run if day.weekday() in usual and day not in closed]
    if not expected and len(run) >= LONG and len(run) >= 5 * spacing:
        expected = [day for day in run if day not in closed]
    return Gap(expected[0], expected[-1], len(expected)) if expected else None


def _spacing(counts: Counts) -> float:
    """Days that usually lie between one day with rows and the next."""
    known = sorted(day for day, rows in counts.items() if rows)
    return median([(b - a).days for a, b in itertools.pairwise(known)] or [1])


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
