"""The funnel: how many came how far, how many of them went on, and how long each step took.

Invariant: who is known to have reached a later stage has reached the earlier ones, so no yield exceeds 100 %; a step's
time is told only of those for whom both its moments are recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpi.evaluate.interval import wilson
from kpi.hiring.asking import Asking

DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Step:
    """One stage of the funnel."""

    stage: str
    """Column of its moment."""
    reached: int
    """Applications that came at least so far."""
    share: float
    """Percent of those who reached the stage before; NaN of the first, and where nobody did."""
    low: float
    """Lower end of its 95 % Wilson interval."""
    high: float
    """Upper end."""
    of_all: float
    """Percent of all applications."""
    days: float
    """Median days from the stage before; NaN where no two moments are recorded."""
    timed: int
    """Applications behind the median."""
    rejected: int
    """Rejected here, before any later stage."""
    waiting: int
    """Neither rejected nor further: still here."""


@dataclass(frozen=True)
class Funnel:
    """The way of some applications."""

    member: str | None
    """Whose; None with `is_total` False: not filled in."""
    is_total: bool
    """Of all applications."""
    steps: tuple[Step, ...]
    """The stages that are loaded, in order."""

    @property
    def applied(self) -> int:
        """Applications."""
        return self.steps[0].reached if self.steps else 0

    @property
    def hired(self) -> int:
        """Those accepted."""
        return self.steps[-1].reached if self.steps and self.steps[-1].stage == "accepted_at" else 0


def funnel(asking: Asking, by: str | None = None) -> tuple[Funnel, ...]:
    """Of all applications of the period, then of each member of a dimension, those with most applications first."""
    frame, stages = asking.applications, asking.stages
    found = [Funnel(None, is_total=True, steps=steps(frame, stages))]
    if by is not None:
        groups = frame[by].astype(object).where(frame[by].notna(), None)
        members = groups.value_counts(dropna=False).index
        for member in members:
            own = frame[groups.isna() if member is None or member != member else groups == member]
            name = None if member is None or member != member else str(member)
            found.append(Funnel(name, is_total=False, steps=steps(own, stages)))
    return tuple(found)


def reached(frame: pd.DataFrame, stages: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Applications × stages: whether it, or a later one, is recorded. The first is reached by all."""
    known = frame[list(stages)].notna().to_numpy(bool)
    found = np.logical_or.accumulate(known[:, ::-1], axis=1)[:, ::-1].copy()
    found[:, 0] = True
    return found


def steps(frame: pd.DataFrame, stages: Sequence[str]) -> tuple[Step, ...]:
    """The stages of some applications."""
    if not stages:
        return ()
    there = reached(frame, stages)
    counts, gone = there.sum(axis=0), frame["rejected_at"].notna().to_numpy(bool)
    found = []
    for place, stage in enumerate(stages):
        before = int(counts[place - 1]) if place else 0
        share = counts[place] / before if before else np.nan
        low, high = wilson(np.array([share]), np.array([before or np.nan]))
        last_here = there[:, place] & ~(there[:, place + 1] if place + 1 < len(stages) else False)
        stays = last_here if stage != "accepted_at" else np.zeros(len(frame), dtype=bool)
        days = _days(frame, stages[place - 1], stage) if place else np.empty(0)
        found.append(
            Step(
                stage, int(counts[place]), 100 * float(share), 100 * float(low[0]), 100 * float(high[0]),
                100 * float(counts[place]) / len(frame) if len(frame) else float("nan"),
                float(np.median(days)) if len(days) else float("nan"), len(days),
                int((stays & gone).sum()), int((stays & ~gone).sum()),
            )
        )  # fmt: skip
    return tuple(found)


def _days(frame: pd.DataFrame, before: str, after: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Days between two moments, of those that have both, in their order."""
    gap = (frame[after] - frame[before]).dropna().to_numpy("timedelta64[us]") / DAY
    passed: np.ndarray[tuple[int], np.dtype[np.float64]] = np.maximum(gap[gap > -1], 0.0)
    return passed
