"""KPIs that are pure functions of other KPIs' results, for what SQL says badly."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from kpi.compile.windows import floor
from kpi.model import Query

Evaluate = Callable[[Query], pd.DataFrame]
"""Query → tidy judged rows."""

_JUDGED = ("good", "acceptable", "missed")


def goals_met(query: Query, personal: tuple[str, ...], evaluate: Evaluate) -> pd.DataFrame:
    """Share of person × complete period × KPI with a personal target that is good or acceptable.

    Counted by month (by the query's own grain where that is shorter); a week or month belongs to the period it begins
    in. Rows: period, is_total, slice, value (percent), rows, used, eligible.
    """
    grain = query.grain if query.grain in ("day", "week") else "month"
    asked = replace(query, kpis=tuple(k for k in personal if k != "goals_met"), grain=grain, by="employee", compare=())
    found = evaluate(asked)
    mine = found[~found["is_total"] & found["has_own_target"] & ~found["is_partial"] & found["status"].isin(_JUDGED)]
    marks = pd.DataFrame(
        {
            "period": [_period(start, query) for start in mine["period"]],
            "slice": mine["slice"],
            "met": mine["status"].isin(("good", "acceptable")),
        }
    )
    total = _shares(marks, ["period"]).assign(is_total=True, slice=None)
    if query.by != "employee":
        return total
    return pd.concat([total, _shares(marks, ["period", "slice"]).assign(is_total=False)], ignore_index=True)


def _period(start: pd.Timestamp, query: Query) -> pd.Timestamp:
    if query.grain == "total" and query.since:
        return pd.Timestamp(query.since)
    return pd.Timestamp(floor(start.date(), query.grain))


def _shares(marks: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    grouped = marks.groupby(by)["met"].agg(["sum", "count"]).reset_index()
    counted = grouped["count"].astype("int64")
    return grouped[by].assign(
        value=100.0 * grouped["sum"] / grouped["count"], rows=counted, used=counted, eligible=counted
    )
