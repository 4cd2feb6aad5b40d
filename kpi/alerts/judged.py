"""The latest complete and the running period of every KPI that has a target: of the whole, and of who has one of their
own.

Invariant: statuses are the evaluator's; which target judges a member is asked of the target book, never guessed.
"""

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kpi.alerts.inquiry import Inquiry
from kpi.compile.windows import floor, step
from kpi.evaluate import evaluate
from kpi.model import Bounds, Grain, Kpi, Query, Result

PERIODS = 7
"""Periods looked at: the running one and those before, to count how often in a row a target was missed."""
LATE = 2
"""Calendar periods before the running one in which the latest complete one must lie to be news."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One period of one KPI."""

    first: date
    """First day."""
    last: date
    """Last day."""
    value: float
    """The value, so far where the period is running."""
    target: float
    """The threshold of good."""
    status: str
    """One of Status."""
    pace: float
    """Of a running sum: what it comes to; else NaN."""
    good: Bounds
    """What is good."""
    acceptable: Bounds
    """What is not missed."""


@dataclass(frozen=True)
class Judged:
    """One KPI of the whole or of a member."""

    kpi: Kpi
    """The KPI."""
    grain: Grain
    """Length of its periods."""
    member: tuple[str, str] | None
    """(dimension, member); None: the whole."""
    complete: tuple[Row, ...]
    """Complete periods, the latest last."""
    latest: Row | None
    """The latest complete period, where it is recent enough to be news."""
    running: Row | None
    """The running period, where it has begun in the data."""
    elapsed: float
    """Share of the running period that has data."""

    @property
    def over(self) -> Row:
        """The latest complete period, of which there is one."""
        assert self.latest is not None
        return self.latest

    @property
    def now(self) -> Row:
        """The running period, of which there is one."""
        assert self.running is not None
        return self.running


def judgements(asked: Inquiry) -> Iterator[Judged]:
    """Every KPI, of the whole, then of the members that have targets of their own."""
    for grain, kpis in _grains(asked):
        yield from _asked(asked, grain, kpis, None)
        for dimension in asked.rule.dimensions:
            own = tuple(id_ for id_ in kpis if _owners(asked, id_, dimension))
            if own and dimension not in dict(asked.look.where):
                yield from _asked(asked, grain, own, dimension)


def months_running(one: Judged) -> int:
    """How many of the latest complete periods missed their target, one after the other."""
    statuses = [row.status for row in reversed(one.complete)]
    return next((n for n, status in enumerate(statuses) if status != "missed"), len(statuses))


def _grains(asked: Inquiry) -> Iterator[tuple[Grain, tuple[str, ...]]]:
    """Months for all; other lengths for the KPIs that have plans of such a length."""
    yield "month", asked.look.kpis
    for grain in ("week", "quarter", "year"):
        planned = {t.kpi for t in asked.look.targets.targets if t.grain == grain and t.undone is None}
        kpis = tuple(id_ for id_ in asked.look.kpis if id_ in planned)
        if kpis:
            yield grain, kpis


def _owners(asked: Inquiry, kpi: str, dimension: str) -> frozenset[str]:
    """Members of a dimension that a target of their own was set for."""
    return frozenset(
        t.scope[1]
        for t in asked.look.targets.targets
        if t.kpi == kpi and t.scope is not None and t.scope[0] == dimension and t.undone is None and t.kind != "none"
    )


def _asked(asked: Inquiry, grain: Grain, kpis: Sequence[str], dimension: str | None) -> Iterator[Judged]:
    look, start = asked.look, floor(asked.today, grain)
    query = Query(
        tuple(kpis), step(start, grain, 1 - PERIODS), step(start, grain, 1) - DAY, grain, dimension, look.where, ()
    )
    result = evaluate(look.reader, look.catalogue, query, look.targets)
    frame = result.frame[result.frame["is_total"].astype(bool) == (dimension is None)]
    for (id_, member), rows in frame.groupby(["kpi", "slice"], dropna=False, sort=False):
        kpi = look.catalogue.get(str(id_))
        whose = (dimension, str(member)) if dimension is not None and isinstance(member, str) else None
        if dimension is None or (whose is not None and _is_own(asked, kpi, whose, rows)):
            yield _judged(kpi, grain, whose, rows, result, start)


def _is_own(asked: Inquiry, kpi: Kpi, member: tuple[str, str], rows: pd.DataFrame) -> bool:
    """Whether the member is judged by a target that was set for it, in the latest period."""
    last = rows.iloc[-1]
    days = (last["period"].date(), last["period_end"].date())
    narrowed = {name: (found[0] if len(found) == 1 else None) for name, found in asked.look.where}
    target = asked.look.targets.of_period(kpi, days, narrowed | {member[0]: member[1]})
    return target is not None and target.scope == member


def _judged(
    kpi: Kpi, grain: Grain, member: tuple[str, str] | None, rows: pd.DataFrame, result: Result, start: date
) -> Judged:
    complete = tuple(_row(row) for row in rows[~rows["is_partial"].astype(bool)].to_dict("records"))
    latest = complete[-1] if complete and complete[-1].first >= step(start, grain, -LATE) else None
    partial = [_row(row) for row in rows[rows["is_partial"].astype(bool)].to_dict("records")]
    now = result.now.get(kpi.id)
    running = next((row for row in partial if now is not None and row.first <= now <= row.last), None)
    days = (min(now, running.last) - running.first).days + 1 if running and now else 0
    whole = (running.last - running.first).days + 1 if running else 1
    return Judged(kpi, grain, member, complete, latest, running, days / whole)


def _row(cells: dict[Hashable, Any]) -> Row:
    def number(name: str) -> float:
        return float(cells[name])

    def side(name: str) -> float | None:
        return None if math.isnan(number(name)) else number(name)

    first, last = (cells[name].date() for name in ("period", "period_end"))
    low, high = side("good_low"), side("good_high")
    ok_low, ok_high = side("ok_low"), side("ok_high")
    acceptable = Bounds(low if ok_low is None else ok_low, high if ok_high is None else ok_high)
    return Row(
        first, last, number("value"), number("target"), str(cells["status"]), number("pace"), Bounds(low, high),
        acceptable,
    )  # fmt: skip
