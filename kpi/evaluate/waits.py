"""Survival medians: the Kaplan–Meier estimate in the place that the plan left for it.

Invariant: of every period, what it is compared with and every slice, the estimate is made of exactly the rows that the
plan counted there as used; counts, windows and slices stay the plan's.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data.access.reader import Reader
from kpi import survival
from kpi.compile import KINDS, Compiled, Resolution, Window, compile_waits, outline
from kpi.evaluate.tidy import Columns

Array = np.ndarray[Any, Any]
_PLACES = ("value", "previous", "last_year")
"""Column of the estimate, one a kind of row of the spine."""


def with_estimates(columns: Columns, resolution: Resolution, compiled: Compiled, reader: Reader) -> Columns:
    """The tidy rows with the estimates of one KPI."""
    windows = _windows(resolution, compiled)
    if not windows:
        return columns
    source = reader.sources()[resolution.relations[0]]
    days = outline(windows.values())
    rows = pd.DataFrame(reader.columns(compile_waits(resolution.kpi, compiled.plan.query, source, days))[0])
    groups = _groups(rows)
    found = {name: columns[name].copy() for name in _PLACES}
    for at in np.flatnonzero(columns["kpi"] == resolution.kpi.id):
        member = True if columns["is_total"][at] else columns["slice"][at]
        start = pd.Timestamp(columns["period"][at])
        for kind, name in enumerate(_PLACES):
            found[name][at] = _median(groups.get(member), windows.get((start, kind)))
    return {**columns, **found}


def _windows(resolution: Resolution, compiled: Compiled) -> Mapping[tuple[pd.Timestamp, int], Window]:
    """(first day of the period, kind) → the days that are counted for it."""
    plan, by_number = compiled.plan, {number: window for window, number in compiled.plan.ids.items()}
    place = plan.horizon(resolution.relations[0])
    return {
        (pd.Timestamp(spot.period), spot.kind): by_number[number]
        for spot in plan.spine
        if spot.kind < len(KINDS) and (number := spot.windows[place]) is not None
    }


def _groups(rows: pd.DataFrame) -> dict[Any, tuple[Array, Array, Array]]:
    """Member (True: everybody) → its days, ascending, how long it waited and whether that is over."""

    def arrays(own: pd.DataFrame) -> tuple[Array, Array, Array]:
        return own["day"].to_numpy("datetime64[D]"), own["waited"].to_numpy(float), own["happened"].to_numpy(bool)

    members = rows["slice"].astype(object).where(rows["slice"].notna(), None)
    found: dict[Any, tuple[Array, Array, Array]] = {True: arrays(rows)}
    for member in members.unique():
        found[member] = arrays(rows[members.isna() if member is None else members == member])
    return found


def _median(group: tuple[Array, Array, Array] | None, window: Window | None) -> float:
    if group is None or window is None:
        return np.nan
    day, waited, happened = group
    first, last = np.searchsorted(day, [np.datetime64(window.since), np.datetime64(window.until) + 1])
    return survival.median(waited[first:last], happened[first:last])
