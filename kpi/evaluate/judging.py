"""Targets and status onto tidy rows."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kpi.model import Bounds, Kpi, Query, Status, Target
from kpi.targets import TargetBook, judge, nearer_side, running_status

LEAST_SHARE = 0.5
"""Below this share of usable rows a value gets no status."""
_SIDES = ("good_low", "good_high", "ok_low", "ok_high")
_NO_BOUNDS = (math.nan,) * 5
_JUDGED = ("target", *_SIDES, "target_kind", "due", "pace", "status")
_READ = ("kpi", "period", "period_end", "slice", "is_total", "is_partial", "elapsed", "value", "used", "eligible")


@dataclass(frozen=True)
class Row:
    """One tidy row, as judging needs it."""

    kpi: str
    """KPI id."""
    start: date
    """First day of the period."""
    end: date
    """Last day of the period."""
    slice: str | None
    """The member."""
    is_total: bool
    """Over all members."""
    is_partial: bool
    """The period is not over."""
    elapsed: float
    """Share of the period that has data."""
    value: float
    """The KPI's value."""
    used: int
    """Rows used."""
    eligible: int
    """Rows that could have been."""


@dataclass(frozen=True)
class Judge:
    """What rows are judged by."""

    kpis: Mapping[str, Kpi]
    """KPI id → its definition."""
    query: Query
    """What was asked."""
    book: TargetBook
    """The targets in force."""
    warm_from: Mapping[str, date]
    """KPI id → first day from which it can be judged, for those that need history."""
    now: Mapping[str, date] = field(default_factory=dict)
    """KPI id → until when its facts go."""
    open_end: bool = False
    """No last day was asked for: the last period goes on until its own end."""


def rows_of(columns: Mapping[str, Any] | pd.DataFrame) -> Iterator[Row]:
    """The tidy rows, in order, of a frame or of arrays by column."""
    cells = {name: columns[name].tolist() for name in _READ}
    days = {moment: moment.date() for moment in {*cells["period"], *cells["period_end"]}}
    for kpi, start, end, *rest in zip(*cells.values(), strict=True):
        yield Row(kpi, days[start], days[end], *rest)


def verdicts(columns: Mapping[str, Any] | pd.DataFrame, judge_by: Judge) -> dict[str, list[Any]]:
    """target, bounds, kind, due, pace and status of tidy rows."""
    rows = [_judgement(row, judge_by) for row in rows_of(columns)]
    found = zip(*rows, strict=True) if rows else ((),) * len(_JUDGED)
    return dict(zip(_JUDGED, map(list, found), strict=True))


def members(query: Query, row: Row) -> dict[str, str | None]:
    """What a row is narrowed to: dimension → member, None where it is several."""
    narrowed: dict[str, str | None] = {d: (m[0] if len(m) == 1 else None) for d, m in query.where}
    if query.by and not row.is_total:
        narrowed[query.by] = row.slice
    return narrowed


def _judgement(row: Row, by: Judge) -> tuple[object, ...]:
    kpi = by.kpis[row.kpi]
    target = _target(row, kpi, by)
    running = row.is_partial and kpi.additive and row.elapsed > 0
    pace = row.value / row.elapsed if running else math.nan
    status = _status(row, kpi, target, pace, by.warm_from.get(row.kpi))
    if target is None:
        return (*_NO_BOUNDS, None, math.nan, pace, status)
    sides = (math.nan if side is None else side for side in (getattr(target, name) for name in _SIDES))
    threshold = nearer_side(target, row.value)
    due = threshold * row.elapsed if running else math.nan
    return (threshold, *sides, target.kind, due, pace, status)


def _target(row: Row, kpi: Kpi, by: Judge) -> Target | None:
    """What judges the row: the target in force on its last day, as it was known when the row's period closed.

    A period without a calendar length that ends where the data end goes on with them.
    """
    day = row.end if by.open_end else min(row.end, by.query.until or row.end)
    goes_on = by.query.grain == "total" and row.end >= by.now.get(row.kpi, date.max)
    known = date.max if goes_on else row.end
    return by.book.of_period(kpi, (row.start, row.end), members(by.query, row), day, known)


def _status(row: Row, kpi: Kpi, bounds: Bounds | None, pace: float, warm_from: date | None) -> Status:
    thin = row.used < kpi.min_rows or (row.eligible > 0 and row.used / row.eligible < LEAST_SHARE)
    cold = warm_from is not None and row.start < warm_from
    if thin or cold or (math.isnan(row.value) and bounds is not None):
        return "too_few"
    if bounds is None:
        return "no_target"
    if row.is_partial:
        return running_status(kpi, row.value, pace, row.elapsed, bounds)
    return judge(row.value, bounds)


def warm(kpis: Mapping[str, Kpi], first_days: Mapping[str, date]) -> Mapping[str, date]:
    """KPI id → first day from which it can be judged, for those that need history."""
    return {
        id_: date.fromordinal(first_days[id_].toordinal() + kpi.warmup_days)
        for id_, kpi in kpis.items()
        if kpi.warmup_days and id_ in first_days
    }
