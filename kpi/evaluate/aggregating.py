"""The numerators and denominators behind values: a plan's aggregates, from memory or from DuckDB.

Invariant: what is given was counted of the Reader's own scope, and is the same wherever it was counted.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from data.access.columns import NotHeld
from data.access.reader import Reader
from kpi.compile import KINDS, Plan, aggregates_statement
from kpi.evaluate.answer import Aggregated
from kpi.evaluate.in_memory import aggregates_from_memory

Array = np.ndarray[Any, Any]


def aggregates(plan: Plan, reader: Reader, *, without: bool = False) -> Aggregated:
    """The aggregates of every spot and slice. Staff answers must not be asked for.

    `without`: see `aggregates_from_memory`; it raises `NotHeld` where the memory does not hold what it takes.
    """
    if plan.private:
        raise NotHeld
    try:
        return aggregates_from_memory(plan, reader, without=without)
    except NotHeld:
        if without:
            raise
    return _asked(plan, reader.columns(aggregates_statement(plan))[0])


def _asked(plan: Plan, wide: Mapping[str, Any]) -> Aggregated:
    spots = len(plan.calendar.periods) * len(KINDS)
    slices = len(wide["period"]) // spots
    members = np.array(np.ma.getdata(wide["slice"]), dtype=object)
    members[np.ma.getmaskarray(wide["slice"])] = None
    totals = np.ma.filled(wide["is_total"], False).astype(bool)
    columns = {
        name: np.ma.filled(wide[name].astype(float), np.nan).reshape(slices, spots).T
        for scan in plan.scans
        for name in scan.aggregates.columns.values()
    }
    for h in range(len(plan.horizons)):
        days = [np.nan if spot.days[h] is None else spot.days[h] for spot in plan.spine]
        columns[f"days{h}"] = np.array(days, dtype=float)[:, None]
    named = zip(totals[::spots].tolist(), members[::spots].tolist(), strict=True)
    return Aggregated(tuple(named), columns)
