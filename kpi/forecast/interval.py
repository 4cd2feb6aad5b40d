"""How far off the method was before, and the interval made of it (pure).

Invariant: the interval is empirical: it is as wide as the method's own past misses over as many days ahead, made
wider where these are few (conformal prediction: Vovk et al. 2005; Lei et al. 2018, «Distribution-free predictive
inference for regression»). A miss is counted in the level of its time, so that a business that grew is not judged by
what it was.
"""

import math
from dataclasses import dataclass

import numpy as np

from kpi.forecast.daily import FEWEST, METHODS
from kpi.forecast.model import SHARE, Array, Days, Method

LEVEL_DAYS = 56
"""Days whose mean size is the level misses are counted in."""
MOST_ORIGINS = 104
"""Weeks back that misses are taken from."""
FEWEST_MISSES = 4
"""Misses that do not overlap which an 80 % interval needs: with fewer, the largest seen bounds it no more."""


@dataclass(frozen=True, eq=False)
class Misses:
    """What the method missed by, from days that were the same weekday as now."""

    paths: Array
    """A row a time, the latest first; column h: the sum of h + 1 days less what was expected, in levels of its time."""
    level: float
    """Today's level."""
    ahead: int
    """Days forecast."""

    @property
    def independent(self) -> float:
        """How many of them do not overlap."""
        return 1 + (len(self.paths) - 1) * 7 / max(7, self.ahead) if len(self.paths) else 0.0

    def half(self) -> Array:
        """Half the width of the interval after each day ahead, in the KPI's unit."""
        return reach(np.abs(self.paths), self.independent) * self.level

    def sizes(self) -> Array:
        """Sizes of misses at the end that are equally likely, in the KPI's unit; SHARE of them are within `half`."""
        sizes: Array = np.abs(self.paths[:, -1]) * self.level
        usual = float(np.quantile(sizes, SHARE, method="higher"))
        return sizes * (float(self.half()[-1]) / usual) if usual > 0 else sizes


def reach(sizes: Array, independent: float) -> Array:
    """The distance that holds SHARE of new misses, by column, from the sizes of past ones.

    The (n + 1) · SHARE-th smallest of n; where n is too small for that the largest, and wider as the root of what
    is lacking.
    """
    rank = SHARE * (1 + 1 / independent)
    wider = max(1.0, math.sqrt(FEWEST_MISSES / independent))
    quantile: Array = np.quantile(sizes, min(rank, 1.0), axis=0, method="higher")
    return quantile * wider


def misses(days: Days, method: Method, passed: int, ahead: int) -> Misses | None:
    """The method's misses over so many days ahead, every week back; None: no week is far enough back."""
    rows, now = [], len(days.values)
    first = -(-ahead // 7)
    for weeks in range(first, first + MOST_ORIGINS):
        place = now - 7 * weeks
        if place < FEWEST:
            break
        expected = METHODS[method](days, place, passed, ahead)
        level = level_at(days, place)
        if expected is not None and level > 0:
            rows.append(np.cumsum(days.values[place : place + ahead] - expected) / level)
    return Misses(np.array(rows), level_at(days, now), ahead) if rows else None


def level_at(days: Days, place: int) -> float:
    """Mean size of a day in the eight weeks before a place."""
    return float(np.abs(days.values[max(place - LEVEL_DAYS, 0) : place]).mean())


def held(found: Misses) -> float | None:
    """Share of past misses that lay within the interval made of those known by then; None: fewer than eight to tell."""
    sizes, gap = np.abs(found.paths[:, -1]), -(-found.ahead // 7)
    inside = []
    for place in range(len(sizes) - gap - FEWEST_MISSES):
        before = Misses(found.paths[place + gap :], 1.0, found.ahead)
        inside.append(sizes[place] <= before.half()[-1])
    return float(np.mean(inside)) if len(inside) >= 8 else None
