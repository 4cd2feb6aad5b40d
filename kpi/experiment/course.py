"""The effect and its confidence sequence, day by day.

Invariant: what is told of a day is computed from that day and the days before it, and the prior from the time before
the start alone; so looking every day changes nothing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from kpi.experiment import noise, sequential
from kpi.experiment.arms import Arms, influence, placed

Array = np.ndarray[Any, Any]
FIRST_LOOK = 14
"""Days before anything is said: two of each weekday, and no verdict on a novelty."""


@dataclass(frozen=True)
class Look:
    """What is known after a number of days; arrays where there are many histories."""

    days: int
    """Days of the experiment."""
    effect: Any
    """B against A beyond what they differed by before: a difference of logarithms, or in the KPI's unit; NaN where an
    arm has nothing to compare."""
    error: Any
    """Its standard error."""
    independent: Any
    """How many independent days the data are worth."""
    freedom: Any
    """Degrees of freedom of the error."""
    reach: Any
    """Half the width of the confidence sequence."""

    @property
    def low(self) -> Any:
        """Lower end of the sequence."""
        return self.effect - self.reach

    @property
    def high(self) -> Any:
        """Upper end of the sequence."""
        return self.effect + self.reach


def weight(before: int, during: int) -> float:
    """How many days the comparison of two phases is worth, were days independent."""
    return before * during / (before + during) if before else float(during)


def phases(arms: Arms) -> list[Arms]:
    """The time before, where there is any, and the experiment."""
    first = Arms(arms.a.cut(0, arms.before), arms.b.cut(0, arms.before), arms.before, arms.scale)
    last = Arms(arms.a.cut(arms.before, None), arms.b.cut(arms.before, None), 0, arms.scale)
    return [first, last] if arms.before else [last]


def differences(arms: Arms) -> Array:
    """What each day adds to the difference between the arms; zero on average."""
    return influence(arms.b, arms.scale) - influence(arms.a, arms.scale)


def r_of(arms: Arms, planned: int) -> Any:
    """The prior, from the time before the start and the planned length."""
    before = arms.before
    if not before:
        return sequential.prior(float(planned))
    return sequential.prior(weight(before, planned) / noise.factor([differences(phases(arms)[0])], arms.fewest_units))


def look(arms: Arms, r: Any, alpha: float) -> Look:
    """What all days of these arms tell."""
    parts = phases(arms)
    series = [differences(part) for part in parts]
    effect = _gap(parts[-1]) - (_gap(parts[0]) if len(parts) > 1 else 0.0)
    factor = noise.factor(series, arms.fewest_units)
    independent = weight(arms.before, arms.during) / factor
    freedom = sum(part.shape[-1] for part in series) / factor - len(series)
    by_days = noise.day_variance(series) / independent
    by_units = noise.between_units([tuple(p.a for p in parts), tuple(p.b for p in parts)], arms.scale)
    error = np.sqrt(np.maximum(by_days, by_units))
    with np.errstate(invalid="ignore"):
        reach = sequential.reach(independent, freedom, r, alpha) * error
    told = np.isfinite(effect) & (error > 0)
    effect, reach = np.where(told, effect, np.nan), np.where(told, reach, np.inf)
    return Look(arms.during, effect, error, independent, freedom, reach)


def _gap(arms: Arms) -> Any:
    return placed(arms.b, arms.scale) - placed(arms.a, arms.scale)


def course(arms: Arms, planned: int, alpha: float, first: int = FIRST_LOOK) -> tuple[Look, ...]:
    """Every look there could have been, from the first on."""
    r = r_of(arms, planned)
    return tuple(look(arms.until(days), r, alpha) for days in range(first, arms.during + 1))
