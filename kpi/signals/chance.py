"""Chances: how likely something is where nothing happened.

Invariant: pure functions of numbers, exact to about 1e-10; no simulation. Source of the continued fraction: Press et
al., Numerical Recipes, 6.4; of the adjustment: Benjamini & Hochberg 1995.
"""

import math
from collections.abc import Sequence

_TINY = 1e-300
_STEPS = 400


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _apart(1 + term * d)
            c = _apart(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return value


def _apart(value: float) -> float:
    """The value, kept away from zero."""
    return value if abs(value) > _TINY else _TINY


def t_chance(t: float, freedom: float) -> float:
    """Chance that Student's t lies as far from zero or farther, on both sides."""
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) if math.isfinite(t) else 0.0


def f_chance(f: float, above: float, below: float) -> float:
    """Chance that Fisher's F is as large or larger."""
    return incomplete_beta(below / 2, above / 2, below / (below + above * f)) if math.isfinite(f) else 0.0


def binomial_chance(count: int, size: int, share: float) -> float:
    """Chance, on the side where it lies, of a count as far out or farther among `size`; `share` is 0…1."""
    if size <= 0 or not 0 < share < 1:
        return 1.0
    if count >= share * size:
        return incomplete_beta(count, size - count + 1, share) if count > 0 else 1.0
    return incomplete_beta(size - count, count + 1, 1 - share)


def discoveries(chances: Sequence[float], rate: float) -> tuple[bool, ...]:
    """Which of many findings stand, at most a share `rate` of them false (Benjamini–Hochberg)."""
    ranked = sorted(chances)
    line = max((p for rank, p in enumerate(ranked, 1) if p <= rate * rank / len(ranked)), default=-1.0)
    return tuple(p <= line for p in chances)
