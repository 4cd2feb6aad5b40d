"""What each part of a formula did to the change of its value.

Shapley's value (L. S. Shapley, 1953; for decompositions A. F. Shorrocks, 2013): the effect of a part is what replacing
its old value by the new does, averaged over every order in which the parts can be replaced. For a sum that is the plain
difference, for a product of two the middle of both ways.

Invariant: the effects add up to the change; parts that did not change have none.
"""

import math
from collections.abc import Callable, Sequence
from itertools import combinations

MOST = 8
"""Most parts: 2⁸ values are computed."""


def shapley(value: Callable[[Sequence[float]], float], before: Sequence[float], after: Sequence[float]) -> list[float]:
    """The effect of every part. `value`: the formula, of the parts' values in order; NaN where it has none."""
    count = len(before)
    moved = [place for place in range(count) if before[place] != after[place]]
    values = {
        chosen: value([after[place] if place in chosen else before[place] for place in range(count)])
        for size in range(len(moved) + 1)
        for chosen in combinations(moved, size)
    }
    found = [0.0] * count
    for place in moved:
        others = [other for other in moved if other != place]
        found[place] = math.fsum(
            _weight(len(chosen), len(moved)) * (values[tuple(sorted((*chosen, place)))] - values[chosen])
            for size in range(len(moved))
            for chosen in combinations(others, size)
        )
    return found


def _weight(chosen: int, of: int) -> float:
    """Share of the orders in which exactly these come before."""
    return 1.0 / (of * math.comb(of - 1, chosen))
