"""Before the start: how long it takes, and what can be seen by when.

Everything comes from the time before the start: how much a day of the difference between these very arms moves by
chance (`noise`), and how many rows a day has. Two answers stand beside each other: how many days one look at the end
would take, n = (z₁₋α/₂ + z₁₋β)²·S² / m² with S² the variance of an independent day and m the difference that matters
(Cohen 1988; agrees with the normal power of statsmodels), and how many it takes at most when it is looked at daily.
The experiment is compared with the time before, so its days count as n·b / (n + b): with b days before, less than b
can ever be gained.

Invariant: a duration is told only where it is reached; else it is None, never a very large number.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from kpi.experiment import noise, sequential
from kpi.experiment.arms import Arms, unit_influence
from kpi.experiment.course import FIRST_LOOK, differences, weight

Array = np.ndarray[Any, Any]
LONGEST = 1826
"""Days looked ahead: five years."""
SHOWN = (14, 28, 42, 56, 84)
"""Days for which it is told what could be seen by then."""


@dataclass(frozen=True)
class Base:
    """The noise of the time before."""

    variance: float
    """Variance of an independent day of the difference between the arms, S²."""
    factor: float
    """Days that weigh as much as one independent day."""
    before: int
    """Days it was taken from."""


def base(arms: Arms) -> Base:
    """What the days before the start tell; `arms` holds nothing else."""
    series = differences(arms)
    factor = noise.factor([series], arms.fewest_units)
    by_days = float(noise.day_variance([series]) * factor)
    return Base(max(by_days, _by_units(arms)), float(factor), arms.a.days)


def _by_units(arms: Arms) -> float:
    """The same, told by how differently the members moved between the halves of the time before."""
    if arms.fewest_units < 2:
        return 0.0
    half, total = arms.a.days // 2, 0.0
    for arm in (arms.a, arms.b):
        moved = unit_influence(arm.cut(half, None), arms.scale) - unit_influence(arm.cut(0, half), arms.scale)
        total += float((moved**2).sum()) * arm.units / (arm.units - 1)
    return total * half * (arms.a.days - half) / arms.a.days if math.isfinite(total) else 0.0


def _z(chance: float) -> float:
    return NormalDist().inv_cdf(chance)


def independent_days(variance: float, matters: float, alpha: float, power: float) -> float:
    """Independent days one look at the end takes."""
    return (_z(1 - alpha / 2) + _z(power)) ** 2 * variance / matters**2


def days_once(of: Base, matters: float, alpha: float, power: float) -> int | None:
    """Days of the experiment where it is looked at once; None: not within five years."""
    needed = independent_days(of.variance, matters, alpha, power)
    if needed >= of.before:
        return None
    days = math.ceil(needed * of.before / (of.before - needed))
    return max(days, FIRST_LOOK) if days <= LONGEST else None


def detectable(of: Base, days: int, alpha: float, power: float) -> float:
    """The smallest difference found with that chance by then, when looked at daily; on the scale of the arms."""
    return float(_detectable(of, np.array([days]), alpha, power)[0])


def _detectable(of: Base, days: Array, alpha: float, power: float) -> Array:
    worth = of.before * days / (of.before + days)
    error = np.sqrt(of.variance / worth)
    independent = worth / of.factor
    freedom = (of.before + days) / of.factor - 2
    return np.asarray(
        (sequential.reach(independent, freedom, sequential.prior(independent), alpha) + _z(power)) * error
    )


def days_daily(of: Base, matters: float, alpha: float, power: float) -> int | None:
    """Days it takes at most when looked at daily; None: not within five years."""
    days = np.arange(FIRST_LOOK, LONGEST + 1)
    enough = np.flatnonzero(_detectable(of, days, alpha, power) <= matters)
    return int(days[enough[0]]) if enough.size else None


def days_left(
    before: int, during: int, factor: float, variance: float, effect: float, matters: float, r: float, alpha: float
) -> int | None:
    """Days still needed if the effect stays what it is now: until it is told from zero, or from what matters."""
    days = np.arange(during + 1, LONGEST + 1)
    worth = np.array([weight(before, int(n)) for n in days])
    freedom = (before + days) / factor - (2 if before else 1)
    reach = sequential.reach(worth / factor, freedom, r, alpha) * np.sqrt(variance / worth)
    enough = np.flatnonzero(reach < max(abs(effect), matters - abs(effect)))
    return int(days[enough[0]]) - during if enough.size else None
