"""Time to fill by both definitions, with the places that are still open.

Invariant: the median is the KPI's own (`time_to_fill_days`, `time_to_fill_published_days`): the same places, the same
estimator; beside it stands the median of those already filled, which alone would be too good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kpi.hiring.asking import Asking
from kpi.survival import Curve, Difference, curve, log_rank

From = Literal["opened", "published"]
FROM: tuple[From, ...] = ("opened", "published")
"""The two definitions: from the opening of the vacancy, from its publication."""
KPIS: Mapping[From, str] = {"opened": "time_to_fill_days", "published": "time_to_fill_published_days"}
FEWEST = 5
"""Filled places below which nobody is compared by their curve."""


@dataclass(frozen=True)
class Waits:
    """How long places wait."""

    member: str | None
    """Whose; None with `is_total` False: not filled in."""
    is_total: bool
    """Of all places."""
    curve: Curve
    """The share still open, day by day."""
    filled: int
    """Places filled."""
    filled_median: float
    """Median days of these; NaN: none."""
    open: int
    """Still open, counted as long as they have waited."""
    on_hold: int
    """Of vacancies put off: counted as open."""
    cancelled: int
    """Given up, counted until then."""
    closed: int
    """Closed without anybody, counted until then."""
    unknown: int
    """Of which it is not known how long they waited: left out."""

    @property
    def median(self) -> float:
        """Days after which half are filled; NaN while that is not known."""
        return self.curve.median

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the median."""
        return self.curve.interval()


def waits(asking: Asking, start: From = "opened", by: str | None = None) -> tuple[Waits, ...]:
    """Of all places of the period, then of each member of a dimension that places tell, most places first."""
    frame = durations(asking, start)
    found = [_waits(frame, None, is_total=True)]
    if by is not None and asking.tells(by, "places"):
        groups = frame[by].astype(object)
        for member in groups.value_counts(dropna=False).index:
            empty = member is None or member != member
            own = frame[groups.isna() if empty else groups == member]
            found.append(_waits(own, None if empty else str(member), is_total=False))
    return tuple(found)


def difference(asking: Asking, start: From, by: str) -> Difference:
    """Whether the members' curves differ: the log-rank test over those with enough filled places."""
    frame = durations(asking, start)
    known = frame[frame["days"].notna() & frame[by].notna()]
    counts = known[known["place"] == "filled"].groupby(by, observed=True).size()
    kept = known[known[by].isin(counts[counts >= FEWEST].index)]
    happened = (kept["place"] == "filled").to_numpy(bool)
    return log_rank(kept["days"].to_numpy(float), happened, kept[by].to_numpy(object).astype(str))


def durations(asking: Asking, start: From) -> pd.DataFrame:
    """The period's places with `days`: how long each waited, NaN where that is not known."""
    first = asking.wanted[f"{start}_at"]
    frame = asking.wanted[asking.within(first)].copy()
    now = pd.Timestamp(asking.now)
    began, ended = frame[f"{start}_at"], frame["accepted_at"].fillna(frame["ended_at"]).fillna(now)
    told = frame["place"].notna() & (began.dt.normalize() <= ended.dt.normalize())
    days = (ended - began).to_numpy("timedelta64[us]") / np.timedelta64(1, "D")
    return frame.assign(days=np.where(told, np.maximum(days, 0.0), np.nan))


def _waits(frame: pd.DataFrame, member: str | None, *, is_total: bool) -> Waits:
    known = frame[frame["days"].notna()]
    filled = known["place"] == "filled"
    own = known.loc[filled, "days"].to_numpy(float)
    counts = {state: int((known["place"] == state).sum()) for state in ("open", "on_hold", "cancelled", "closed")}
    return Waits(
        member, is_total, curve(known["days"].to_numpy(float), filled.to_numpy(bool)), int(filled.sum()),
        float(np.median(own)) if len(own) else float("nan"), counts["open"], counts["on_hold"], counts["cancelled"],
        counts["closed"], len(frame) - len(known),
    )  # fmt: skip
