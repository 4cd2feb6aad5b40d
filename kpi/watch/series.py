"""One KPI's periods as a course: the complete ones that hold enough, cut where a change of process was marked.

Invariant: left out are the running period, periods with too few rows, and the first one where the data begin inside it.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pandas as pd

from data.store.entries import Mark
from kpi.model import Bounds, Grain, Kpi
from kpi.signals import Assurance, Course, Shift, State, assurance, course, shift, state

Scope = tuple[str, str]


@dataclass(frozen=True)
class Watched:
    """One series against its natural limits."""

    kpi: Kpi
    """The KPI."""
    grain: Grain
    """Length of its periods."""
    scope: Scope | None
    """(dimension, member) it is of; None: of all that was asked for."""
    days: tuple[tuple[date, date], ...]
    """First and last day of each period of the course."""
    course: Course
    """The periods against their limits."""
    sizes: tuple[int, ...] | None
    """Rows behind each period, where the KPI is a share."""
    bounds: Bounds
    """The target in force in the latest period, scaled to it."""
    marks: tuple[Mark, ...]
    """Changes of process that begin a stretch, by day."""
    left_out: int
    """Complete periods with too few rows."""

    @property
    def seasons(self) -> list[Hashable] | None:
        """The season of each period; None: periods of this length have none."""
        return seasons(self.grain, self.days)

    @property
    def state(self) -> State:
        """The word for the latest period."""
        return state(self.course, self.kpi.better, self.bounds)

    @property
    def assurance(self) -> Assurance | None:
        """Whether the target will be kept; None: no target, or no limits."""
        limits = self.course.last.limits if self.course.readings else None
        return assurance(limits, self.bounds) if limits is not None else None

    @property
    def shift(self) -> Shift | None:
        """What the latest marked change did."""
        return shift(self.course)


class Seen(NamedTuple):
    """One row of the evaluator, as it is watched."""

    kpi: str
    """KPI id."""
    member: str | None
    """The member; None: not filled in, or the whole."""
    is_total: bool
    """Over all members."""
    first: datetime
    """First day of the period."""
    last: datetime
    """Last day of the period."""
    is_partial: bool
    """The period is not over."""
    value: float
    """The KPI's value, or NaN."""
    rows: int
    """Rows the definition selects."""
    used: int
    """Rows that entered the value."""
    status: str
    """One of Status."""
    low: float
    """NaN where the KPI is no share."""
    good_low: float
    """The target in force."""
    good_high: float
    """The target in force."""


def seen(frame: pd.DataFrame) -> list[Seen]:
    """The rows of an answer, in their order."""
    names = ("kpi", "slice", "is_total", "period", "period_end", *Seen._fields[5:])
    cells = [frame[name].tolist() for name in names]
    cells[1] = [member if isinstance(member, str) else None for member in cells[1]]
    return [Seen(*row) for row in zip(*cells, strict=True)]


def watched(
    rows: Sequence[Seen],
    kpi: Kpi,
    grain: Grain,
    *,
    first_day: date | None = None,
    marks: Sequence[Mark] = (),
    scope: Scope | None = None,
    narrowed: Sequence[Scope] = (),
) -> Watched:
    """The course of one series: rows of the evaluator of one KPI and one member, or of the whole, periods ascending.

    `first_day`: the first loaded day. `narrowed`: members the whole is filtered to, whose marks count too.
    """
    over = [
        row
        for row in (_active(rows) if scope else rows)
        if not row.is_partial and not math.isnan(row.value) and (first_day is None or row.first.date() >= first_day)
    ]
    enough = [row for row in over if row.status != "too_few"]
    days = tuple((row.first.date(), row.last.date()) for row in enough)
    sizes = tuple(row.used for row in enough) if enough and not any(math.isnan(row.low) for row in enough) else None
    told = _told(marks, kpi, [*narrowed, *([scope] if scope else [])], days)
    found = course(
        [row.value for row in enough],
        sizes=sizes, starts=tuple(told), seasons=seasons(grain, days), times=kpi.additive,
    )  # fmt: skip
    bounds = _bounds(enough[-1]) if enough else Bounds()
    return Watched(kpi, grain, scope, days, found, sizes, bounds, tuple(told.values()), len(over) - len(enough))


def _active(rows: Sequence[Seen]) -> Sequence[Seen]:
    """The periods in which a member was there; one that came or left on the way has a first or last month cut short."""
    there = [place for place, row in enumerate(rows) if row.rows]
    if not there:
        return []
    begin = there[0] + 1 if there[0] else 0
    end = there[-1] if there[-1] < len(rows) - 1 and not rows[there[-1] + 1].is_partial else there[-1] + 1
    return rows[begin:end]


def _bounds(row: Seen) -> Bounds:
    low, high = (None if math.isnan(side) else side for side in (row.good_low, row.good_high))
    return Bounds(low, high)


def seasons(grain: Grain, days: Sequence[tuple[date, date]]) -> list[Hashable] | None:
    """The season of each period: its month, quarter or weekday; of weeks and years there is none."""
    if grain == "month":
        return [first.month for first, _ in days]
    if grain == "quarter":
        return [(first.month + 2) // 3 for first, _ in days]
    return [first.isoweekday() for first, _ in days] if grain == "day" else None


def _told(
    marks: Sequence[Mark], kpi: Kpi, members: Sequence[Scope], days: Sequence[tuple[date, date]]
) -> Mapping[int, Mark]:
    """Place of the first period after it → the change of process that was marked for this KPI and these members."""
    mine = [
        mark
        for mark in marks
        if mark.kind == "process_change"
        and mark.kpi in (None, kpi.id)
        and (mark.scope is None or mark.scope in members)
    ]
    placed = {_first_after(mark.day, days): mark for mark in sorted(mine, key=lambda mark: mark.day)}
    return {place: mark for place, mark in placed.items() if 0 < place < len(days)}


def _first_after(day: date, days: Sequence[tuple[date, date]]) -> int:
    """The first period of which at least half lies after the change."""
    for place, (first, last) in enumerate(days):
        if day <= first + timedelta(days=((last - first).days + 1) // 2):
            return place
    return len(days)
