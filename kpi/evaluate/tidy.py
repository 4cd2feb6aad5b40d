"""From the statement's wide rows to tidy ones: one row per period, slice and KPI."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from kpi.compile import Calendar, Compiled, Period, Resolution, elapsed, is_partial

DECIMALS = 9
"""Values are rounded here, below any figure that matters, so that equal data give equal digits."""


def tidy(wide: pd.DataFrame, compiled: Compiled, resolutions: Sequence[Resolution], calendar: Calendar) -> pd.DataFrame:
    """Rows with value, counts, comparisons and period; slices a KPI has no rows for are left out."""
    parts = [_kpi_rows(wide, i, r, compiled, calendar) for i, r in enumerate(resolutions)]
    return pd.concat(parts, ignore_index=True)


def _kpi_rows(
    wide: pd.DataFrame, i: int, resolution: Resolution, compiled: Compiled, calendar: Calendar
) -> pd.DataFrame:
    rows, used, eligible = _counts(wide, resolution, compiled.leaves)
    now = compiled.now[resolution.kpi.id]
    frame = pd.DataFrame(
        {
            "period": wide["period"].astype("datetime64[s]"),
            "is_total": wide["is_total"].astype(bool),
            "slice": wide["slice"].astype(object).where(wide["slice"].notna(), None),
            "kpi": resolution.kpi.id,
            "value": np.round(wide[f"v{i}"].to_numpy(dtype=float), DECIMALS),
            "rows": rows,
            "used": used,
            "eligible": eligible,
            "previous": np.round(wide[f"p{i}"].to_numpy(dtype=float), DECIMALS),
            "last_year": np.round(wide[f"y{i}"].to_numpy(dtype=float), DECIMALS),
        }
    )
    frame["people"] = _people(wide, resolution, compiled)
    kept = frame["is_total"] | _has_rows(wide, resolution, compiled.leaves)
    return _with_periods(frame[kept], calendar, now)


def _counts(
    wide: pd.DataFrame, resolution: Resolution, leaves: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts of the base leaf; its eligible rows are stretched where another leaf could use a smaller share."""
    j = leaves.index(resolution.base)
    rows, used, eligible = (_whole(wide[f"{letter}{j}"]) for letter in "rue")
    share = np.ones(len(wide))
    for leaf in resolution.leaves:
        k = leaves.index(leaf.id)
        known, possible = _whole(wide[f"u{k}"]), _whole(wide[f"e{k}"])
        share = np.minimum(share, np.divide(known, possible, out=np.ones(len(wide)), where=possible > 0))
    stretched = np.divide(used, share, out=eligible.astype(float), where=share > 0)
    return rows, used, np.maximum(eligible, np.round(stretched)).astype("int64")


def _whole(column: "pd.Series[float]") -> np.ndarray:
    return column.fillna(0).to_numpy(dtype="int64")


def _has_rows(wide: pd.DataFrame, resolution: Resolution, leaves: Sequence[str]) -> "pd.Series[bool]":
    """Slices for which some leaf of the KPI has rows in some period."""
    columns = [f"e{leaves.index(leaf.id)}" for leaf in resolution.leaves]
    some = wide[columns].fillna(0).sum(axis=1)
    return some.groupby([wide["is_total"], wide["slice"]], dropna=False).transform("sum") > 0


def _people(wide: pd.DataFrame, resolution: Resolution, compiled: Compiled) -> np.ndarray:
    """Fewest respondents behind the KPI's staff answers; a large number where it has none."""
    counts = [
        _whole(wide[f"n{compiled.leaves.index(leaf.id)}"]) for leaf in resolution.leaves if leaf.id in compiled.private
    ]
    return np.minimum.reduce(counts) if counts else np.full(len(wide), np.iinfo("int64").max)


def _with_periods(frame: pd.DataFrame, calendar: Calendar, now: date) -> pd.DataFrame:
    about: Mapping[pd.Timestamp, tuple[pd.Timestamp, bool, float]] = {
        pd.Timestamp(p.start): (pd.Timestamp(p.end), is_partial(p, now), _elapsed(p, now)) for p in calendar.periods
    }
    found = [about[start] for start in frame["period"]]
    frame = frame.copy()
    frame["period_end"] = pd.Series([f[0] for f in found], index=frame.index, dtype="datetime64[s]")
    frame["is_partial"] = np.array([f[1] for f in found], dtype=bool)
    frame["elapsed"] = np.array([f[2] for f in found], dtype=float)
    return frame


def _elapsed(period: Period, now: date) -> float:

    known = elapsed(period, now)
    return ((known.until - known.since).days + 1) / ((period.end - period.start).days + 1) if known else 0.0
