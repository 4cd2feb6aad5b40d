"""Recruiters, or sources: speed and quality side by side, never speed alone.

Invariant: every figure is the KPI's own value for the member, with the count behind it and an interval; who has too few
rows in either is marked, and is called neither fast nor slow. A member is called fast at the cost of quality only where
chance explains neither.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from kpi.evaluate.interval import wilson
from kpi.hiring.asking import Asking
from kpi.hiring.money import by_member, value
from kpi.hiring.waits import KPIS, Waits, waits

SPEED = KPIS["opened"]
STAY = "retention_90_hired"
QUALITY = "quality_of_hire"
_ASKED = (SPEED, "time_to_hire_days", STAY, QUALITY, "hires_made", "cost_per_hire", "applicants_per_hire")
_FEWEST_FOR_T = 4
"""Values below which a mean has no interval."""


@dataclass(frozen=True)
class Interval:
    """A figure and how sure it is."""

    value: float
    """The figure; NaN: there is none."""
    low: float
    """Lower end at 95 %; NaN: not known."""
    high: float
    """Upper end; infinite where it is open."""
    used: int
    """Rows behind it."""
    is_enough: bool
    """At least as many as the KPI asks for."""


@dataclass(frozen=True)
class Recruiter:
    """One member of what is compared."""

    member: str | None
    """Who; None with `is_total` False: not filled in."""
    is_total: bool
    """All together."""
    speed: Interval
    """Days to fill, of the places they were given."""
    time_to_hire: float
    """Median days from application to acceptance."""
    stay: Interval
    """Percent of their hires at least 90 days old who stayed 90 days."""
    quality: Interval
    """Mean quality of their hires, 0–100."""
    hires: int
    """Offers accepted."""
    young: int
    """Hires not yet 90 days old."""
    cost_per_hire: float
    """Money; NaN: not known."""
    applicants_per_hire: float
    """Applications for one hire."""
    verdict: str = ""
    """fast_but_leave, fast_and_stay, slow_but_stay, slow_and_leave; empty: not told apart from the others."""


def recruiters(asking: Asking, by: str = "employee") -> tuple[Recruiter, ...]:
    """All together, then each member with those of most hires first."""
    told = by_member(asking.values(_ASKED, by))
    speeds = {(one.is_total, one.member): one for one in waits(asking, "opened", by)}
    found = [_recruiter(asking, by, key, rows, speeds.get(key)) for key, rows in told.items()]
    ranked = sorted(found, key=lambda one: (not one.is_total, one.member is None, -one.hires, one.member or ""))
    whole = next((one for one in ranked if one.is_total), None)
    if whole is None:
        return tuple(ranked)
    return tuple(one if one.is_total else _judged(one, whole) for one in ranked)


def _recruiter(
    asking: Asking, by: str, key: tuple[bool, str | None], told: Mapping[str, Any], speed: Waits | None
) -> Recruiter:
    is_total, member = key
    own = _own(asking, by, member, is_total=is_total)
    days = value(told, SPEED)
    low, high = speed.interval if speed else (math.nan, math.nan)
    stayed, used = value(told, STAY), _used(told, STAY)
    ends = wilson(np.array([stayed / 100]), np.array([used or np.nan]))
    quality = own["quality"].to_numpy(float)
    return Recruiter(
        member, is_total,
        _interval(asking, SPEED, days, (low, high), _used(told, SPEED)),
        value(told, "time_to_hire_days"),
        _interval(asking, STAY, stayed, (100 * float(ends[0][0]), 100 * float(ends[1][0])), used),
        _interval(asking, QUALITY, value(told, QUALITY), mean_interval(quality), _used(told, QUALITY)),
        int(0 if math.isnan(made := value(told, "hires_made")) else made),
        int(own["hired_on"].notna().sum()) - used if STAY in told else 0,
        value(told, "cost_per_hire"), value(told, "applicants_per_hire"),
    )  # fmt: skip


def _own(asking: Asking, by: str, member: str | None, *, is_total: bool) -> pd.DataFrame:
    """The hires whose first day lies in the period, of one member."""
    frame = asking.ever[asking.within(asking.ever["hired_on"])]
    if is_total:
        return frame
    return frame[frame[by].isna() if member is None else frame[by] == member]


def _used(told: Mapping[str, Any], kpi: str) -> int:
    return int(told[kpi]["used"]) if kpi in told else 0


def _interval(asking: Asking, kpi: str, value: float, ends: tuple[float, float], used: int) -> Interval:
    return Interval(value, *ends, used, used >= asking.catalogue.get(kpi).min_rows)


def mean_interval(values: "np.ndarray[Any, np.dtype[np.float64]]") -> tuple[float, float]:
    """95 % interval of the mean of figures of 0…100, by Student's t; NaN of fewer than four."""
    known = values[~np.isnan(values)]
    if len(known) < _FEWEST_FOR_T:
        return math.nan, math.nan
    spread = student_t(len(known) - 1) * float(known.std(ddof=1)) / math.sqrt(len(known))
    return max(float(known.mean()) - spread, 0.0), min(float(known.mean()) + spread, 100.0)


def student_t(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, to a hundredth from three degrees of freedom on.

    By the expansion of M. Abramowitz, I. Stegun, 26.7.5.
    """
    z = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )  # fmt: skip
    return z + float(sum(term / float(freedom) ** (power + 1) for power, term in enumerate(terms)))


def _judged(one: Recruiter, whole: Recruiter) -> Recruiter:
    """With what can be said of speed and staying against all together."""
    speed, stay = _against(one.speed, whole.speed.value), _against(one.stay, whole.stay.value)
    if not stay and one.quality.is_enough:
        stay = _against(one.quality, whole.quality.value)
    if not speed or not stay:
        return one
    told = {(-1, -1): "fast_but_leave", (-1, 1): "fast_and_stay", (1, 1): "slow_but_stay", (1, -1): "slow_and_leave"}
    return Recruiter(**{**vars(one), "verdict": told[speed, stay]})


def _against(told: Interval, whole: float) -> int:
    """−1: surely below the whole; 1: surely above; 0: chance may explain it."""
    if not told.is_enough or math.isnan(told.low) or math.isnan(told.high):
        return 0
    return -1 if told.high < whole else 1 if told.low > whole else 0
