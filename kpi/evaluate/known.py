"""A plan carried out on what was counted ahead.

Invariant: the answer is the one the plan's Statement gives. What rollups do not hold whole raises `NotHeld`, as they do
when they have changed since the plan was made.
"""

from typing import Any

import numpy as np

from data.access.columns import NotHeld
from data.access.reader import Reader
from kpi.compile import Compiled, Plan, Scan
from kpi.evaluate.answer import Aggregated, Counted, answer, laid_out, require_arithmetic

Array = np.ndarray[Any, Any]


def from_rollups(compiled: Compiled, reader: Reader) -> tuple[dict[str, Any], int]:
    """The answer's columns, NaN is unknown, and the data version they belong to. Raises `NotHeld`."""
    require_arithmetic(compiled.plan)
    found, version = aggregates_from_rollups(compiled, reader)
    return answer(compiled.plan, found), version


def aggregates_from_rollups(compiled: Compiled, reader: Reader) -> tuple[Aggregated, int]:
    """What is counted, for every spot and slice, and the data version. Raises `NotHeld`."""
    statement = compiled.known
    if statement is None:
        raise NotHeld
    rows, version = reader.columns(statement)
    plan = compiled.plan
    return laid_out(plan, [_counted(plan, scan, number, rows) for number, scan in enumerate(plan.scans)]), version


def _counted(plan: Plan, scan: Scan, number: int, rows: dict[str, Any]) -> Counted:
    mine = np.flatnonzero(np.ma.getdata(rows["scan"]) == number)
    names = np.array(np.ma.getdata(rows["slice"]), dtype=object)[mine]
    names[np.ma.getmaskarray(rows["slice"])[mine]] = None
    total = np.ma.getdata(rows["is_total"])[mine].astype(bool)
    members = tuple(sorted({name for name in names.tolist() if name is not None}))
    at = {**{name: place + 1 for place, name in enumerate(members)}, None: len(members) + 1}
    places = np.where(total, 0, [at[name] for name in names.tolist()]).astype(int)
    shape = (len(plan.ids) + 1, len(members) + 2)
    columns = {}
    for aggregate, name in scan.aggregates.columns.items():
        empty = 0.0 if aggregate.is_zero else np.nan
        table = np.full(shape, empty)
        cells = np.ma.filled(rows[name].astype(float), np.nan)[mine]
        table[np.ma.getdata(rows["wid"])[mine], places] = np.where(np.isnan(cells), empty, cells)
        columns[name] = table
    present = np.zeros(len(members) + 1, dtype=bool)
    present[places[~total] - 1] = True
    return Counted(members, present, columns)
