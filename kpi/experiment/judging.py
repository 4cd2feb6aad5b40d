"""One KPI of an experiment, judged: who is better, by how much, and when it was told.

Invariant: a verdict follows from the confidence sequence of the day alone: an arm is better where all of it lies on one
side of zero; there is no difference that matters where all of it lies nearer to zero than what matters; else it is not
told yet. So over all days together the chance of naming a winner where there is none is at most alpha.
"""

import math
from dataclasses import dataclass
from typing import Literal

from data.store.entries import Design
from kpi.experiment.arms import Arm
from kpi.experiment.asking import Series
from kpi.experiment.course import FIRST_LOOK, Look, course, r_of

Verdict = Literal["a", "b", "none", "not_yet"]
GuardState = Literal["held", "broken", "worse", "not_yet"]
"""Surely not worse than allowed · surely worse than allowed · surely worse, perhaps within what is allowed · open."""


@dataclass(frozen=True)
class Judged:
    """A KPI in both arms with its confidence sequence."""

    series: Series
    """Its numbers."""
    looks: tuple[Look, ...]
    """The sequence, one look a day of the experiment; empty before the first."""
    r: float
    """The prior of the sequence."""

    @property
    def last(self) -> Look | None:
        """The latest look."""
        return self.looks[-1] if self.looks else None

    @property
    def rises(self) -> bool:
        """Whether more of it is better."""
        return self.series.kpi.better == "higher"

    @property
    def is_told(self) -> bool:
        """Whether there is an effect with an interval."""
        return self.last is not None and math.isfinite(self.last.effect) and math.isfinite(self.last.reach)

    def part(self, arm: str, during: bool) -> Arm:
        """The days of an arm before or during."""
        chosen: Arm = getattr(self.series.arms, arm)
        before = self.series.arms.before
        return chosen.cut(before, None) if during else chosen.cut(0, before)

    def level(self, arm: str, during: bool) -> float:
        """The KPI of an arm; of a sum a day. NaN where there is none."""
        part = self.part(arm, during)
        return float(part.level) if part.days else math.nan

    @property
    def own_level(self) -> float:
        """What B would have come to without the change."""
        effect = self.last.effect if self.last is not None else 0.0
        level = self.level("b", during=True)
        return level * math.exp(-effect) if self.series.arms.scale == "ratio" else level - effect

    def relative(self, value: float) -> float:
        """A place on the scale as a change in percent."""
        if self.series.arms.scale == "ratio":
            return 100 * math.expm1(value) if value < 700 else math.inf
        return 100 * value / abs(self.own_level) if self.own_level else math.nan

    def absolute(self, value: float) -> float:
        """A place on the scale as a change in the KPI's unit; of a sum a day."""
        if self.series.arms.scale == "ratio":
            return self.own_level * (math.expm1(value) if value < 700 else math.inf)
        return value


def judged(series: Series, design: Design, planned: int) -> Judged:
    """A KPI with every look there could have been; `planned`: days the experiment was planned for when it began."""
    r = float(r_of(series.arms, planned))
    return Judged(series, course(series.arms, planned, design.alpha / 100), r)


def bound(series: Series, design: Design) -> float:
    """The smallest difference that matters, on the scale of the arms; from the time before the start."""
    share = design.matters / 100
    before = series.arms.before or None
    parts = [arm.cut(0, before) for arm in (series.arms.a, series.arms.b)]
    bottoms = sum(float(part.bottoms.sum()) for part in parts)
    level = sum(float(part.tops.sum()) for part in parts) / bottoms if bottoms else math.nan
    if design.matters_in == "absolute":
        share = design.matters / abs(level) if level else math.nan
    return math.log1p(share) if series.arms.scale == "ratio" else share * abs(level)


def verdict(low: float, high: float, matters: float, *, rises: bool) -> Verdict:
    """What a confidence sequence says of a day."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "not_yet"
    if -matters < low and high < matters:
        return "none"
    if low > 0:
        return "b" if rises else "a"
    if high < 0:
        return "a" if rises else "b"
    return "not_yet"


def verdict_of(found: Judged, matters: float) -> Verdict:
    """What is known now."""
    last = found.last
    return "not_yet" if last is None else verdict(float(last.low), float(last.high), matters, rises=found.rises)


def told_after(found: Judged, matters: float) -> int | None:
    """Days after which anything was told for the first time."""
    for look in found.looks:
        if verdict(float(look.low), float(look.high), matters, rises=found.rises) != "not_yet":
            return look.days
    return None


def guard_state(found: Judged, allowed: float) -> GuardState:
    """Whether B is no worse than allowed (non-inferiority); `allowed` in percent."""
    if not found.is_told or found.last is None:
        return "not_yet"
    low, high = found.relative(float(found.last.low)), found.relative(float(found.last.high))
    best, worst = (high, low) if found.rises else (-low, -high)
    if worst > -allowed:
        return "held"
    if best < -allowed:
        return "broken"
    return "worse" if best < 0 else "not_yet"


def is_early(found: Judged) -> bool:
    """Whether too few days have passed for any look."""
    return found.series.arms.during < FIRST_LOOK
