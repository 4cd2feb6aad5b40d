"""Who stays 90 days: of those hired long enough ago to tell, and who is not old enough yet.

Invariant: the share is the KPI `retention_90_hired` of the member; somebody not here for 90 days yet is in no share,
whether they left already or not, and is counted beside it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from kpi.evaluate.interval import wilson
from kpi.hiring.asking import Asking

DAYS = 90


@dataclass(frozen=True)
class Staying:
    """What became of the hires whose first day lies in the period."""

    member: str | None
    """Whose; None with `is_total` False: not filled in."""
    is_total: bool
    """Of all."""
    old: int
    """Hired at least 90 days ago."""
    stayed: int
    """Those of them who stayed 90 days."""
    share: float
    """Percent; NaN: nobody is old enough."""
    low: float
    """Lower end of its 95 % Wilson interval."""
    high: float
    """Upper end."""
    young: int
    """Not old enough yet: in no share."""
    young_left: int
    """Those of them who have left already."""


def staying(asking: Asking, by: str | None = None) -> tuple[Staying, ...]:
    """Of all hires, then of each member, those with most hires first; empty where it is not told who left."""
    if not (asking.tells("hired_on") and asking.tells("left_on")):
        return ()
    frame = asking.ever[asking.within(asking.ever["hired_on"])]
    last = asking.reader.relations()["hires"].data_until
    assert last is not None
    told = pd.DataFrame(
        {
            "old": frame["hired_on"] + timedelta(days=DAYS) <= pd.Timestamp(last),
            "stays": ~(frame["left_on"] < frame["hired_on"] + timedelta(days=DAYS)),
            "left": frame["left_on"].notna(),
        }
    )
    found = [_staying(told, None, is_total=True)]
    if by is not None:
        groups = frame[by].astype(object)
        for member in groups.value_counts(dropna=False).index:
            empty = member is None or member != member
            own = told[groups.isna() if empty else groups == member]
            found.append(_staying(own, None if empty else str(member), is_total=False))
    return tuple(found)


def _staying(told: pd.DataFrame, member: str | None, *, is_total: bool) -> Staying:
    old, stayed = int(told["old"].sum()), int((told["old"] & told["stays"]).sum())
    share: Any = np.array([stayed / old if old else np.nan])
    low, high = wilson(share, np.array([old or np.nan]))
    young = told[~told["old"]]
    return Staying(
        member, is_total, old, stayed, 100 * float(share[0]), 100 * float(low[0]), 100 * float(high[0]), len(young),
        int(young["left"].sum()),
    )  # fmt: skip
