"""Which members stand out, and how well a dimension explains a change.

A member of a share s in the whole does s·Δ of a change Δ that is everybody's alike. What it does beyond that, as a part
of the change, is by how much it stands out, where it is more than chance: in one of fifty changes that are nothing but
chance some member of the dimension would look like a cause (a one-sided test of 2 %, divided among its members: C. E.
Bonferroni, 1936; the variance of effect − s·Δ is (1 − 2s)·σ² + s²·Σσ², the members' chances being independent). A
dimension's score is its largest, half of the second and a third of the third: few members that carry much, corrected
for how large and how many they are. This joins the explanatory power and succinctness of
Adtributor (R. Bhagwan et al., NSDI 2014) with a threshold for chance instead of its fixed ones.

A change of the mix is nobody's alone: what one gains in share the others lose. It stands out as a whole, by the part of
the change that all mix effects are, where that is more than the shares move by chance.

Invariant: a dimension of one member, or whose members all changed alike, scores 0.
"""

from statistics import NormalDist
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
FEW = 3
"""Members that may carry a change for a dimension to explain it."""
ERROR = 0.02
"""How often chance alone may look like a cause."""


def standing_out(effect: Array, size: Array, chance: Array, change: float, least: float) -> Array:
    """By how much each member stands out, as a part of the change.

    `least`: the smallest change its effects are measured by: the standard error of the whole's. Below it the members
    may stand out in either direction, for there is none.
    """
    count = len(effect)
    scale = _scale(change, least)
    if count < 2 or not scale:
        return np.zeros(count)
    beyond = effect - size * change
    toward = beyond * np.sign(change) if abs(change) > _known(least) else np.abs(beyond)
    variance = np.nan_to_num(chance) ** 2
    error = np.sqrt(np.maximum((1 - 2 * size) * variance + size**2 * variance.sum(), 0.0))
    found: Array = np.where(toward > _errors(count) * error, np.maximum(toward, 0.0), 0.0) / scale
    return found


def mix_standing_out(mix: float, chance: float, change: float, least: float) -> float:
    """By how much the mix as a whole stands out, as a part of the change. `chance`: its standard error."""
    scale = _scale(change, least)
    if not scale or mix * change <= 0 or abs(mix) <= _errors(1) * chance:
        return 0.0
    return abs(mix) / scale


def _scale(change: float, least: float) -> float:
    return max(abs(change), _known(least))


def _known(least: float) -> float:
    return 0.0 if np.isnan(least) else least


def _errors(count: int) -> float:
    """Standard errors beyond which the largest of so many is more than chance."""
    return NormalDist().inv_cdf(1 - ERROR / count)


def score(standing: Array) -> float:
    """How well the dimension explains the change: 0 not at all, 1 about as well as one small member that did it all."""
    largest = np.sort(standing)[::-1][:FEW]
    return float((largest / np.arange(1, len(largest) + 1)).sum())
