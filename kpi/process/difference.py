"""By how much two groups of cases differ, and how sure that is, at 95 %.

Of medians: the bootstrap of both (Efron, 1979), drawn without drawing the cases — the m-th smallest of n values drawn
anew is the value at a place whose share of the ranks is Beta(m, n − m + 1) distributed, so its distribution is the
bootstrap's for any number of cases. Of shares: Newcombe's hybrid score interval (1998, method 10). Of ratios of sums
(waiting of throughput): the linearised variance over cases (Cochran, 1977).

Invariant: pure; the same cases give the same interval (a fixed seed).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kpi.evaluate.interval import Z, wilson

DRAWS = 4000
"""Bootstrap draws of a median."""
SEED = 20_261_101
FEWEST = 20
"""Fewest cases of a group of which a difference is told."""
NAN = float("nan")

Array = np.ndarray[Any, Any]
Verdict = Literal["too_few", "none", "less", "more"]


@dataclass(frozen=True)
class Difference:
    """What a figure is in two groups."""

    first: float
    """In the first group; NaN where it is not known."""
    second: float
    """In the second."""
    low: float
    """Lower end of the interval of second − first; NaN where nothing can be said."""
    high: float
    """Upper end of it."""
    cases: tuple[int, int]
    """Cases of each group of which the figure is known."""

    @property
    def verdict(self) -> Verdict:
        """Whether there is a difference beyond chance, and which."""
        if min(self.cases) < FEWEST or not self.low <= self.high:
            return "too_few"
        if self.low <= 0 <= self.high:
            return "none"
        return "more" if self.low > 0 else "less"


def of_medians(first: Array, second: Array) -> Difference:
    """Of the medians of two groups of values."""
    one, other = _known(first), _known(second)
    if not (len(one) and len(other)):
        return _unknown(one, other, _median)
    chance = np.random.default_rng(SEED)
    moved = _medians(other, chance) - _medians(one, chance)
    low, high = np.quantile(moved, (0.025, 0.975))
    return Difference(_median(one), _median(other), float(low), float(high), (len(one), len(other)))


def of_shares(first: Array, second: Array) -> Difference:
    """Of the shares of true values, 0…1."""
    one, other = _known(first), _known(second)
    if not (len(one) and len(other)):
        return _unknown(one, other, lambda group: float(group.mean()))
    p, q = float(one.mean()), float(other.mean())
    (low_p, high_p), (low_q, high_q) = (
        (float(low[0]), float(high[0]))
        for low, high in (wilson(np.array([share]), np.array([n])) for share, n in ((p, len(one)), (q, len(other))))
    )
    low = q - p - np.hypot(q - low_q, high_p - p)
    high = q - p + np.hypot(high_q - q, p - low_p)
    return Difference(p, q, float(low), float(high), (len(one), len(other)))


def of_ratios(first: tuple[Array, Array], second: tuple[Array, Array]) -> Difference:
    """Of ratios of sums, 0…1: per case (part, whole)."""
    (p, error_p, n), (q, error_q, m) = _ratio(*first), _ratio(*second)
    spread = Z * np.hypot(error_p, error_q)
    return Difference(p, q, float(q - p - spread), float(q - p + spread), (n, m))


def _ratio(part: Array, whole: Array) -> tuple[float, float, int]:
    """The ratio, its standard error, and of how many cases."""
    known = np.isfinite(part) & np.isfinite(whole)
    a, b = part[known].astype(float), whole[known].astype(float)
    n, total = len(a), float(b.sum())
    if n < 2 or total <= 0:
        return float("nan"), float("nan"), n
    ratio = float(a.sum()) / total
    error = float(np.sqrt(n / (n - 1) * np.square(a - ratio * b).sum()) / total)
    return ratio, error, n


def _known(values: Array) -> Array:
    numbers = np.asarray(values, dtype=float)
    return np.sort(numbers[np.isfinite(numbers)])


def _unknown(one: Array, other: Array, value: Callable[[Array], float]) -> Difference:
    """What is known of the group that has cases."""
    first, second = (value(group) if len(group) else NAN for group in (one, other))
    return Difference(first, second, NAN, NAN, (len(one), len(other)))


def _median(ordered: Array) -> float:
    return float(np.median(ordered))


def _medians(ordered: Array, chance: np.random.Generator) -> Array:
    """Medians of `DRAWS` samples of n values each, drawn with replacement from n ordered ones."""
    n = len(ordered)
    middle = (n + 1) // 2
    below = chance.beta(middle, n - middle + 1, DRAWS)
    at = ordered[np.minimum((below * n).astype(int), n - 1)]
    if n % 2:
        return at  # type: ignore[no-any-return]
    above = below + (1 - below) * chance.beta(1, n - middle, DRAWS)
    return (at + ordered[np.minimum((above * n).astype(int), n - 1)]) / 2  # type: ignore[no-any-return]
