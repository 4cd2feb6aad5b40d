"""How sure a ratio of two sums is, and the difference of two such ratios, from day to day.

The ratio estimator with days as clusters (Cochran, Sampling Techniques, 3rd ed., §6.3 and §9): of R = Σy / Σx the
residual of a day is y − R·x; its variance is n / (n − 1) · Σ residual² / (Σx)², widened by what a day has of the one
before. Of a difference the residuals of one day are subtracted, so that a day that was good for everybody counts for
nobody.

Invariant: pure functions of arrays (a row a member, a column a day); below FEWEST clusters there is no interval.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kpi.people.training import t_quantile

Array = np.ndarray[Any, Any]

FEWEST = 14
"""Clusters below which nothing is said about chance: two weeks of days."""
MOST_ALIKE = 0.9
"""Correlation of neighbouring days beyond which it is not followed."""
LONG = 70
"""Days from which a week is one cluster: days of one week are alike."""


@dataclass(frozen=True)
class Estimate:
    """A row a member."""

    value: Array
    """The ratio, or the difference; NaN where it is not known."""
    error: Array
    """Its standard error; NaN where it cannot be told."""
    clusters: Array
    """Clusters behind it."""


@lru_cache(maxsize=4096)
def reach(clusters: int) -> float:
    """Standard errors from the middle to an end of a 95 % interval."""
    return t_quantile(clusters - 1)


def ratio(above: Array, below: Array, clusters: Array, counts: Array) -> Estimate:
    """Σ above / Σ below of each member over the days that count; `clusters`: by member and day, as days since 1970."""
    y, x = np.where(counts, above, 0.0), np.where(counts, below, 0.0)
    sums = x.sum(axis=1)
    value = _over(y.sum(axis=1), sums)
    residual = _over(y - value[:, None] * x, sums[:, None])
    return _estimate(value, residual, clusters, counts)


def difference(
    above: Array, below: Array, clusters: Array, counts: Array, *, weekly: bool = True
) -> tuple[Estimate, Array, Array]:
    """Each member's ratio less that of all others together over the days that count for it, and both ratios.

    `above`, `below`: the members' figures; `clusters`: by day; `counts`: days on which a member and somebody else have
    rows. `weekly`: many days are taken by weeks.
    """
    rest_y, rest_x = above.sum(axis=0) - above, below.sum(axis=0) - below
    y, x, other_y, other_x = (np.where(counts, part, 0.0) for part in (above, below, rest_y, rest_x))
    sums, other_sums = x.sum(axis=1), other_x.sum(axis=1)
    own, others = _over(y.sum(axis=1), sums), _over(other_y.sum(axis=1), other_sums)
    residual = _over(y - own[:, None] * x, sums[:, None]) - _over(
        other_y - others[:, None] * other_x, other_sums[:, None]
    )
    found = _estimate(own - others, residual, np.broadcast_to(clusters, above.shape), counts, weekly=weekly)
    return found, own, others


def _estimate(value: Array, residual: Array, clusters: Array, counts: Array, *, weekly: bool = True) -> Estimate:
    """With the standard error that the residuals of the clusters give."""
    sums, sizes = _by_cluster(residual, clusters, counts)
    if weekly and (many := sizes >= LONG).any():
        sums[many], sizes[many] = _by_cluster(residual[many], (clusters[many] + 3) // 7, counts[many])
    known = np.isfinite(value) & (sizes >= FEWEST)
    with np.errstate(invalid="ignore"):
        error = np.sqrt(sizes / np.maximum(sizes - 1, 1) * sums)
    return Estimate(value, np.where(known, error, np.nan), np.where(np.isfinite(value), sizes, 0))


def _by_cluster(residual: Array, clusters: Array, counts: Array) -> tuple[Array, Array]:
    """Of each member: the squares of its clusters' sums added up, widened, and how many clusters it has."""
    rows, (names, codes) = len(residual), np.unique(clusters, return_inverse=True)
    places = (codes.reshape(clusters.shape) + np.arange(rows)[:, None] * len(names))[counts]
    size = rows * len(names)
    sums = np.bincount(places, residual[counts], size).reshape(rows, len(names))
    sizes = (np.bincount(places, minlength=size).reshape(rows, len(names)) > 0).sum(axis=1)
    return (sums**2).sum(axis=1) * _widened(sums, sizes), sizes


def _widened(sums: Array, sizes: Array) -> Array:
    """How much larger the variance is because a day is like the one before: (1 + ρ) / (1 − ρ).

    ρ is the correlation of neighbours, by (1 + 3ρ) / n larger than it looks in n days (Kendall 1954), and at least 0.
    """
    squares = (sums**2).sum(axis=1)
    looks = _over((sums[:, :-1] * sums[:, 1:]).sum(axis=1), squares)
    alike = np.nan_to_num(np.clip(looks + (1 + 3 * looks) / np.maximum(sizes, 1), 0.0, MOST_ALIKE))
    return np.asarray((1 + alike) / (1 - alike))


def _over(above: Array, below: Array) -> Array:
    """A division that gives NaN by nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)
