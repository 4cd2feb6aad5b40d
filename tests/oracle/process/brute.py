"""A process log counted with plain Python, case by case and minute by minute."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from data.calendar import is_working
from data.store.entries import WorkingHours

STEP = timedelta(minutes=15)
"""Every moment of these logs lies on it."""
HOLIDAYS = (date(2026, 5, 1), date(2026, 5, 9))
"""Of the days of these logs; 9 May is a Saturday, so Monday the 11th is off as well."""


@dataclass(frozen=True)
class Row:
    """One row of a log."""

    case: str
    activity: str
    at: datetime
    lifecycle: str | None = None
    started_at: datetime | None = None
    employee: str | None = None
    needless: bool | None = None
    cost: float | None = None


@dataclass
class Done:
    """One execution."""

    row: Row
    started: datetime | None
    nth: int


def executions(rows: Sequence[Row]) -> dict[str, list[Done]]:
    """Case → what was done, in order."""
    ends = any(row.lifecycle == "complete" for row in rows)
    found: dict[str, list[Done]] = defaultdict(list)
    begun: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    count: dict[tuple[str, str], int] = defaultdict(int)
    ordered = sorted(rows, key=lambda row: row.at)  # stable: ties as in the file
    for row in ordered:
        if row.lifecycle == "start" and ends:
            begun[row.case, row.activity].append(row.at)
    for row in ordered:
        neither = row.lifecycle in ("assign", "suspend") or (row.lifecycle == "start" and ends)
        if neither:
            continue
        key = (row.case, row.activity)
        count[key] += 1
        own = begun[key][count[key] - 1] if len(begun[key]) >= count[key] else None
        started = row.started_at or own
        found[row.case].append(Done(row, started if started and started <= row.at else None, count[key]))
    return found


def worked(since: datetime, until: datetime, hours: WorkingHours | None) -> float:
    """Hours of working time between two moments, a quarter of an hour at a time."""
    if hours is None:
        return (until - since) / timedelta(hours=1)
    total, at = 0.0, since
    while at < until:
        minute = at.hour * 60 + at.minute
        total += 0.25 if is_open(at.date(), hours) and hours.begins <= minute < hours.ends else 0
        at += STEP
    return total


def is_open(day: date, hours: WorkingHours) -> bool:
    """Whether somebody works that day."""
    if not hours.holidays:
        return day.isoweekday() in hours.weekdays
    if day in HOLIDAYS:
        return False
    if day.isoweekday() <= 5:
        return day.isoweekday() in hours.weekdays and is_working(day)
    return day.isoweekday() in hours.weekdays or (set(hours.weekdays) >= {1, 2, 3, 4, 5} and is_working(day))


def union(done: Sequence[Done]) -> list[tuple[datetime, datetime]]:
    """The times somebody worked, without counting any moment twice."""
    spans = sorted((one.started, one.row.at) for one in done if one.started is not None)
    merged: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@dataclass(frozen=True)
class Figures:
    """One case."""

    events: int
    repeats: int
    superfluous: int
    throughput_hours: float
    has_loop: bool
    has_ping_pong: bool
    handovers: int | None
    work_hours: float | None
    superfluous_cost: float | None


def figures(done: Sequence[Done], marks: Sequence[str], hours: WorkingHours | None, an_hour: float) -> Figures:
    """A case in figures."""
    path = [one.row.activity for one in done]
    people = [one.row.employee for one in done]
    wasted = [one for one in done if one.row.needless or one.row.activity in marks or one.nth > 1]
    spans = union(done)
    costs = [cost_of(one, hours, an_hour) for one in wasted]
    known = [cost for cost in costs if cost is not None]
    return Figures(
        len(done), sum(one.nth > 1 for one in done), len(wasted),
        worked(min(one.started or one.row.at for one in done), done[-1].row.at, hours),
        any(a == b for a, b in pairwise(path)),
        any(path[n] == path[n + 2] != path[n + 1] for n in range(len(path) - 2)),
        sum(a is not None and b is not None and a != b for a, b in pairwise(people)) if any(people) else None,
        sum(worked(start, end, hours) for start, end in spans) if spans else None,
        sum(known) if known else None if wasted else 0,
    )  # fmt: skip


def cost_of(one: Done, hours: WorkingHours | None, an_hour: float) -> float | None:
    """Roubles of an execution."""
    if one.row.cost is not None:
        return one.row.cost
    return None if one.started is None else worked(one.started, one.row.at, hours) * an_hour
