"""Sudden changes in how many rows come (pure).

Invariant: a day is compared with the median of the same weekday before it, so that neither weekends nor a few strange
days make or hide a change; only what is far outside the usual spread and at least half or twice the usual is told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from data.store.health.days import Counts

BEFORE = 8
"""Weeks a week is compared with."""
FEWEST = 6
"""Weeks before it that are needed at least."""
WEEKS = 26
"""Latest weeks that are looked at."""
FACTOR = 2.0
"""Least change that is told: twice the usual, or half of it."""
SPREADS = 4.0
"""Least distance from the usual, in robust standard deviations."""
BEYOND = 1.25
"""How far beyond the largest, or below the smallest, of the weeks before: what comes once a month is no swing."""
LEAST = 10.0
"""Rows a week usually has at least for its changes to mean anything."""


@dataclass(frozen=True)
class Swing:
    """Weeks with many fewer, or many more, rows than usual."""

    first: date
    """First day."""
    last: date
    """Last day."""
    rows: int
    """Rows in these days."""
    usual: float
    """Rows to be expected in them."""


def swings(counts: Counts, until: date) -> tuple[Swing, ...]:
    """Whole weeks up to a day that swing, neighbours of one direction taken together; the latest first."""
    if not counts:
        return ()
    weeks = _weeks(min(counts), until)
    found: list[Swing] = []
    strange = set[date]()
    for place in range(max(FEWEST, len(weeks) - WEEKS), len(weeks)):
        swing = _swing(counts, weeks[place], weeks[max(0, place - BEFORE) : place], strange)
        if swing is not None:
            found = _joined(found, swing)
            strange.add(weeks[place])
    return tuple(reversed(found))


def _weeks(first: date, until: date) -> list[date]:
    """Mondays of the whole weeks."""
    monday = first + timedelta(days=-first.weekday() % 7)
    return [monday + timedelta(weeks=n) for n in range(max(0, ((until - monday).days + 1) // 7))]


def _swing(counts: Counts, monday: date, before: Sequence[date], strange: Collection[date]) -> Swing | None:
    """Whether the week swings against those before; `strange`: those of them that swung themselves."""
    rows = _total(counts, monday)
    usual = sum(median(_on(counts, week, day) for week in before) for day in range(7))
    totals = [_total(counts, week) for week in before]
    spread = max(1.4826 * median(abs(total - median(totals)) for total in totals), max(usual, 1.0) ** 0.5)
    quiet = [_total(counts, week) for week in before if week not in strange] or totals
    far = abs(rows - usual) > SPREADS * spread and (rows > BEYOND * max(quiet) or rows * BEYOND < min(quiet))
    # An empty week is a gap, and told as such.
    if not rows or usual < LEAST or not far or usual / FACTOR < rows < usual * FACTOR:
        return None
    return Swing(monday, monday + timedelta(days=6), rows, usual)


def _joined(found: list[Swing], swing: Swing) -> list[Swing]:
    """The swing joined to the week before it, where that swings the same way."""
    last = found[-1] if found else None
    follows = last is not None and swing.first - last.last == timedelta(days=1)
    if last is None or not follows or (last.rows > last.usual) != (swing.rows > swing.usual):
        return [*found, swing]
    return [*found[:-1], Swing(last.first, swing.last, last.rows + swing.rows, last.usual + swing.usual)]


def _total(counts: Mapping[date, int], monday: date) -> int:
    return sum(_on(counts, monday, day) for day in range(7))


def _on(counts: Counts, monday: date, weekday: int) -> int:
    return counts.get(monday + timedelta(days=weekday), 0)
