"""From the statement's wide rows to tidy ones: one row per period, slice and KPI."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kpi.compile import Calendar, Compiled, Period, Resolution, elapsed, is_partial

DECIMALS = 9
"""Values are rounded here, below any figure that matters, so that equal data give equal digits."""
PEOPLE = {"people": "nn", "people_previous": "nb", "people_last_year": "ny"}
"""Column of respondents → the statement's."""
_MANY = np.iinfo("int64").max

Array = np.ndarray[Any, Any]
Columns = dict[str, Array]
Wide = Mapping[str, Any]
"""Column → array, as the Reader gives it (masked) or as it was counted in memory (NaN)."""


def tidy(wide: Wide, compiled: Compiled, resolutions: Sequence[Resolution], calendar: Calendar) -> Columns:
    """Rows with value, counts, comparisons and period; slices a KPI has no rows for are left out."""
    rows = _WideRows(wide, compiled)
    parts = [_kpi_rows(rows, i, resolution, calendar) for i, resolution in enumerate(resolutions)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


class _WideRows:
    """The statement's rows as arrays, with what all KPIs share."""

    def __init__(self, wide: Wide, compiled: Compiled) -> None:
        self.wide, self.compiled = wide, compiled
        self.leaf = {leaf: j for j, leaf in enumerate(compiled.leaves)}
        self.period: Array = np.ma.filled(wide["period"]).astype("datetime64[s]")
        self.is_total: Array = np.ma.filled(wide["is_total"], False).astype(bool)
        self.slice: Array = np.array(np.ma.getdata(wide["slice"]), dtype=object)
        self.slice[np.ma.getmaskarray(wide["slice"])] = None
        codes: Array = pd.factorize(self.slice, use_na_sentinel=False)[0]
        self.group = codes * 2 + self.is_total

    def numbers(self, name: str) -> Array:
        """A column of values, rounded."""
        values: Array = np.round(np.ma.filled(self.wide[name].astype(float), np.nan), DECIMALS)
        return np.where(np.isfinite(values), values, np.nan)

    def counts(self, letter: str, leaf: str) -> Array:
        """A column of counts: r selected, u used, e eligible, x eligible in any comparison, n… people."""
        cells = np.ma.filled(self.wide[f"{letter}{self.leaf[leaf]}"].astype(float), 0.0)
        counted: Array = np.where(np.isnan(cells), 0.0, cells).astype("int64")
        return counted


def _kpi_rows(rows: _WideRows, i: int, resolution: Resolution, calendar: Calendar) -> Columns:
    selected, used, eligible = _counts(rows, resolution)
    columns: Columns = {
        "period": rows.period,
        "is_total": rows.is_total,
        "slice": rows.slice,
        "kpi": np.full(len(rows.period), resolution.kpi.id, dtype=object),
        "value": rows.numbers(f"v{i}"),
        "rows": selected,
        "used": used,
        "eligible": eligible,
        "previous": rows.numbers(f"p{i}"),
        "last_year": rows.numbers(f"y{i}"),
        **{name: _people(rows, resolution, letter) for name, letter in PEOPLE.items()},
        **_periods(rows, calendar, resolution.kpi.id),
    }
    kept = rows.is_total | _has_rows(rows, resolution)
    return {name: column[kept] for name, column in columns.items()}


def _counts(rows: _WideRows, resolution: Resolution) -> tuple[Array, Array, Array]:
    """Counts of the base leaf; its eligible rows are stretched where another leaf could use a smaller share."""
    selected, used, eligible = (rows.counts(letter, resolution.base) for letter in "rue")
    share = np.ones(len(selected))
    for leaf in resolution.leaves:
        known, possible = rows.counts("u", leaf.id), rows.counts("e", leaf.id)
        share = np.minimum(share, np.divide(known, possible, out=np.ones(len(share)), where=possible > 0))
    stretched = np.divide(used, share, out=eligible.astype(float), where=share > 0)
    return selected, used, np.maximum(eligible, np.round(stretched)).astype("int64")


def _has_rows(rows: _WideRows, resolution: Resolution) -> Array:
    """Slices for which some leaf of the KPI has rows in some period, or in what it is compared with."""
    some = np.sum([rows.counts("x", leaf.id) for leaf in resolution.leaves], axis=0)
    found: Array = np.bincount(rows.group, weights=some)[rows.group] > 0
    return found


def _people(rows: _WideRows, resolution: Resolution, letter: str) -> Array:
    """Fewest respondents behind the KPI's staff answers; a large number where it has none."""
    counts = [rows.counts(letter, leaf.id) for leaf in resolution.leaves if leaf.id in rows.compiled.private]
    return np.minimum.reduce(counts) if counts else np.full(len(rows.period), _MANY)


def _periods(rows: _WideRows, calendar: Calendar, kpi: str) -> Columns:
    """End, running mark and elapsed share of each row's period."""
    now, reach = rows.compiled.now[kpi], rows.compiled.reach[kpi]
    known = np.array([p.start for p in calendar.periods], dtype="datetime64[s]")
    at = np.searchsorted(known, rows.period)
    ends = np.array([p.end for p in calendar.periods], dtype="datetime64[s]")
    partial = np.array([is_partial(p, now) for p in calendar.periods], dtype=bool)
    shares = np.array([_elapsed(p, reach) for p in calendar.periods], dtype=float)
    return {"period_end": ends[at], "is_partial": partial[at], "elapsed": shares[at]}


def _elapsed(period: Period, now: date) -> float:
    known = elapsed(period, now)
    return ((known.until - known.since).days + 1) / ((period.end - period.start).days + 1) if known else 0.0
