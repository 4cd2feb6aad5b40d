"""The word for where a KPI stands: improved, sustained, worsened, no real change; and whether it will keep its target.

Invariant: only the latest complete period speaks, and only a signal makes it say more than «no real change». Words:
NHS England, Making Data Count (improved, sustained, deteriorated; will pass, will fail, hit and miss).
"""

import math
from dataclasses import dataclass
from typing import Literal

from kpi.model import Better, Bounds
from kpi.signals.chance import t_chance
from kpi.signals.course import Course
from kpi.signals.limits import FEWEST, Limits

State = Literal["improved", "sustained", "worsened", "changed", "no_change", "too_few"]
Assurance = Literal["will_pass", "will_fail", "hit_and_miss"]

ENOUGH = 10
"""Periods below which no word is said (NHS England: SPC from ten points)."""
HELD = 12
"""Periods on the good side of the centre after which an improvement is called sustained."""
SURE = 0.01
"""Chance below which the level after a marked change is another one."""


@dataclass(frozen=True)
class Shift:
    """What a marked change of process did to the level."""

    before: float
    """Centre before it."""
    after: float
    """Centre since."""
    real: bool
    """More than noise does to two means."""


def state(course: Course, better: Better, bounds: Bounds | None = None) -> State:
    """The word for the latest period. Of a band (`bounds`), nearer to it is better; without one it only changed."""
    if not course.readings or course.last.limits is None or len(course.readings) < ENOUGH:
        return "too_few"
    last, limits = course.last, course.last.limits
    good = favour(last.side, limits.mean, last.value, better, bounds)
    if last.side:
        if good is None:
            return "changed"
        return ("sustained" if course.run() >= HELD else "improved") if good else "worsened"
    moved = shift(course)
    if moved is not None and moved.real:
        way = 1 if moved.after > moved.before else -1
        good = favour(way, moved.before, moved.after, better, bounds)
        return "changed" if good is None else "sustained" if good else "worsened"
    return "no_change"


def favour(side: int, before: float, after: float, better: Better, bounds: Bounds | None) -> bool | None:
    """Whether a move to that side is good; None: nobody said what is."""
    if better != "band":
        return (side > 0) == (better == "higher")
    if bounds is None or bounds.good_low is None or bounds.good_high is None:
        return None
    return _beyond(after, bounds) < _beyond(before, bounds)


def _beyond(value: float, bounds: Bounds) -> float:
    """How far outside a band a value lies."""
    low, high = bounds.good_low, bounds.good_high
    return max((low - value) if low is not None else 0.0, (value - high) if high is not None else 0.0, 0.0)


def shift(course: Course) -> Shift | None:
    """What the latest marked change did; None: none was marked, or too few periods on one side of it.

    Welch's test of two means, with the deviations of their own stretches.
    """
    if len(course.starts) < 2:
        return None
    a, b = course.starts[-2:]
    before, after = course.readings[a:b], course.readings[b:]
    if min(len(before), len(after)) < FEWEST:
        return None
    first, second = before[-1].limits, after[-1].limits
    if first is None or second is None:
        return None
    values = [[r.value for r in side] for side in (before, after)]
    means = [sum(side) / len(side) for side in values]
    errors = [
        sum((v - mean) ** 2 for v in side) / (len(side) - 1) / len(side)
        for side, mean in zip(values, means, strict=True)
    ]
    error = math.sqrt(sum(errors))
    if error == 0:
        return Shift(means[0], means[1], means[0] != means[1])
    freedom = sum(errors) ** 2 / sum(e**2 / (len(v) - 1) for e, v in zip(errors, values, strict=True))
    return Shift(means[0], means[1], t_chance((means[1] - means[0]) / error, freedom) < SURE)


def assurance(limits: Limits, bounds: Bounds) -> Assurance | None:
    """Whether a process within these limits keeps a target always, never or now and then; None: no target."""
    low = -math.inf if bounds.good_low is None else bounds.good_low
    high = math.inf if bounds.good_high is None else bounds.good_high
    if math.isinf(low) and math.isinf(high):
        return None
    if low <= limits.lower and limits.upper <= high:
        return "will_pass"
    return "will_fail" if limits.upper < low or limits.lower > high else "hit_and_miss"
