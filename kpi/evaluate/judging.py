"""Targets and status onto tidy rows."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kpi.model import Bounds, Kpi, Query, Status
from kpi.targets import TargetBook, judge, months, nearer_side, running_status, scaled

LEAST_SHARE = 0.5
"""Below this share of usable rows a value gets no status."""
_SIDES = ("good_low", "good_high", "ok_low", "ok_high")
_NO_BOUNDS = (math.nan,) * 5
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


def rows_of(columns: Mapping[str, Any] | pd.DataFrame) -> Iterator[Row]:
    """The tidy rows, in order, of a frame or of arrays by column."""
    cells = {name: columns[name].tolist() for name in _READ}
    days = {moment: moment.date() for moment in {*cells["period"], *cells["period_end"]}}
    for kpi, start, end, *rest in zip(*cells.values(), strict=True):
        yield Row(kpi, days[start], days[end], *rest)


def verdicts(columns: Mapping[str, Any] | pd.DataFrame, judge_by: Judge) -> dict[str, list[Any]]:
    """target, bounds, pace and status of tidy rows."""
    rows = [_judgement(row, judge_by) for row in rows_of(columns)]
    names = ("target", *_SIDES, "pace", "status")
    found = zip(*rows, strict=True) if rows else ((),) * len(names)
    return dict(zip(names, map(list, found), strict=True))


def members(query: Query, row: Row) -> dict[str, str | None]:
    """What a row is narrowed to: dimension → member, None where it is several."""
    narrowed: dict[str, str | None] = {d: (m[0] if len(m) == 1 else None) for d, m in query.where}
    if query.by and not row.is_total:
        narrowed[query.by] = row.slice
    return narrowed


def _judgement(row: Row, by: Judge) -> tuple[object, ...]:
    kpi = by.kpis[row.kpi]
    bounds = _bounds(row, kpi, by)
    running = row.is_partial and kpi.additive and row.elapsed > 0
    pace = row.value / row.elapsed if running else math.nan
    status = _status(row, kpi, bounds, pace, by.warm_from.get(row.kpi))
    if bounds is None:
        return (*_NO_BOUNDS, pace, status)
    sides = (math.nan if side is None else side for side in (getattr(bounds, name) for name in _SIDES))
    return (nearer_side(bounds, row.value), *sides, pace, status)


def _bounds(row: Row, kpi: Kpi, by: Judge) -> Bounds | None:
    until = by.query.until or row.end
    target = by.book.target(kpi, min(row.end, until), members(by.query, row))
    if target is None:
        return None
    return scaled(target, months(row.start, row.end)) if kpi.additive else target


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
