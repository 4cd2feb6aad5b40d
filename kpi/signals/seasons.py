"""Seasons: what comes back every year, or every week, and is no news.

Invariant: a season is taken out only where the data show it: least squares of a level a stretch, one common trend and
an effect a season; the effects together must be significant at 1 % by the F test. Source: regression with seasonal
indicators, Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 7.4.
"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kpi.signals.chance import f_chance

SURE = 0.01
"""Chance that no season makes effects so large, below which there is one."""
TWICE = 2
"""Seasons that may have been seen only once; all others are seen twice at least."""
ROUNDING = 1e-20
"""Part of the sum of squares that is only rounding."""
FREE = 6
"""Least degrees of freedom that the fit leaves."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Season:
    """What each season does to a KPI."""

    effects: Mapping[Hashable, float]
    """Season → what it adds; where `times`, the factor it multiplies by."""
    times: bool
    """The effects are factors."""
    chance: float
    """How often noise alone shows seasons as strong."""
    widening: float
    """What a mean moving range without the effects is multiplied by, for the freedom their fit has cost."""

    def without(self, value: float, name: Hashable) -> float:
        """The value as it would be in a season without effect."""
        return value / self.effects[name] if self.times else value - self.effects[name]

    def put_back(self, value: float, name: Hashable) -> float:
        """The value as it is in the season."""
        return value * self.effects[name] if self.times else value + self.effects[name]


def season(
    values: Sequence[float], names: Sequence[Hashable], stretches: Sequence[int], *, times: bool = False
) -> Season | None:
    """The seasons of a series, if it has any.

    `names` gives each value its season, `stretches` the number of its stretch between two changes of process. `times`:
    effects are factors, for sums that grow; it needs positive values, else effects are added.
    """
    counts = Counter(names)
    if len(counts) < 2 or sum(n < 2 for n in counts.values()) > TWICE:
        return None
    times = times and min(values) > 0
    y = np.log(np.array(values)) if times else np.array(values, dtype=float)
    plain = _columns(len(y), stretches)
    full = np.column_stack([plain, _indicators(names, counts)])
    free = len(y) - int(np.linalg.matrix_rank(full))
    taken = len(y) - int(np.linalg.matrix_rank(plain)) - free
    if free < FREE or taken < 1:
        return None
    (_, before), (fitted, after) = _fit(plain, y), _fit(full, y)
    if before <= ROUNDING * float(y @ y):
        return None  # a straight line, but for rounding
    chance = f_chance(max(before - after, 0.0) / taken / (after / free), taken, free) if after else 0.0
    if chance > SURE:
        return None
    return _season(fitted[-len(counts) + 1 :], names, counts, times, chance, math.sqrt((free + taken) / free))


def _season(
    fitted: Array, names: Sequence[Hashable], counts: Counter[Hashable], times: bool, chance: float, widening: float
) -> Season:
    effects = dict(zip(counts, (0.0, *fitted.tolist()), strict=True))
    middle = sum(effects[name] for name in names) / len(names)
    centred = {name: effect - middle for name, effect in effects.items()}
    if not times:
        return Season(centred, times, chance, widening)
    factors = {name: math.exp(effect) for name, effect in centred.items()}
    mean = sum(factors[name] for name in names) / len(names)
    return Season({name: factor / mean for name, factor in factors.items()}, times, chance, widening)


def _columns(n: int, stretches: Sequence[int]) -> Array:
    """A level for each stretch; of one stretch, a trend as well: beside levels that change with the years it would be
    told from effects of months only by chance.
    """
    levels = [[float(s == k) for s in stretches] for k in sorted(set(stretches))]
    return np.column_stack([*levels, np.linspace(-1, 1, n)] if len(levels) == 1 else levels)


def _indicators(names: Sequence[Hashable], counts: Counter[Hashable]) -> Array:
    """One column a season but the first."""
    return np.column_stack([[float(name == season) for name in names] for season in list(counts)[1:]])


def _fit(columns: Array, y: Array) -> tuple[Array, float]:
    """Least squares: coefficients and the sum of squares left."""
    found = np.linalg.lstsq(columns, y, rcond=None)[0]
    left = y - columns @ found
    return found, float(left @ left)
