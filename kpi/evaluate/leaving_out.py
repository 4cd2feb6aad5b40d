"""What a number would be without one member's rows, for numbers that are no sum of their members'.

Invariant: each answer is the number counted anew over everybody else's rows; one sorting serves all members.
"""

import math
from typing import Any

import numpy as np

from data.access.columns import Codes, Values
from kpi.formula import Function

Array = np.ndarray[Any, Any]


def ordered(function: Function, values: Values, kept: Array | None, codes: Codes) -> Array:
    """The median, minimum or maximum of all rows, then without each member's, then without those of none."""
    places = _known(values, kept)
    numbers = values.numbers[places]
    order = np.argsort(numbers, kind="stable")
    numbers, own = numbers[order], codes.codes[places][order]
    found = np.full(codes.size + 2, _at(function, numbers, np.empty(0, dtype=np.int64)))
    grouped, counts = np.argsort(own, kind="stable"), np.bincount(own, minlength=codes.size + 1)
    ends = np.cumsum(counts)
    for member in np.flatnonzero(counts):
        taken = grouped[ends[member] - counts[member] : ends[member]]
        found[member + 1] = _at(function, numbers, taken)
    return found / values.scale


def distinct(things: Codes, kept: Array | None, codes: Codes) -> Array:
    """How many different things all rows have, then without each member's rows, then without those of none."""
    filled = things.codes != things.size
    kept = filled if kept is None else kept & filled
    width = things.size + 1
    pairs = np.unique(np.compress(kept, codes.codes).astype(np.int64) * width + np.compress(kept, things.codes))
    owners = np.bincount(pairs % width, minlength=width)
    only = np.bincount(pairs[owners[pairs % width] == 1] // width, minlength=codes.size + 1)
    total = float(np.count_nonzero(owners))
    return np.concatenate([[total], total - only])


def median_error(values: Values, kept: Array | None) -> float:
    """Standard error of the median, from the order of the values alone; NaN below two.

    Half the distance between the values √n/2 places either side of it: the distribution-free interval of one standard
    error (W. J. Conover, Practical Nonparametric Statistics, 3.2).
    """
    numbers = values.numbers[_known(values, kept)]
    n = len(numbers)
    if n < 2:
        return math.nan
    low, high = max(math.floor((n - math.sqrt(n)) / 2), 0), min(math.ceil((n + math.sqrt(n)) / 2), n - 1)
    parted = np.partition(numbers, [low, high])
    return float(parted[high] - parted[low]) / 2 / values.scale


def _known(values: Values, kept: Array | None) -> Any:
    if values.known is None:
        return slice(None) if kept is None else kept
    return values.known if kept is None else kept & values.known


def _at(function: Function, numbers: Array, taken: Array) -> float:
    """The order statistic of sorted numbers but for those at the taken places, ascending."""
    left = len(numbers) - len(taken)
    if not left:
        return math.nan
    first, last = {"minimum": (0, 0), "maximum": (left - 1, left - 1)}.get(function, ((left - 1) // 2, left // 2))
    before = taken - np.arange(len(taken))
    low, high = (float(numbers[rank + np.searchsorted(before, rank, "right")]) for rank in (first, last))
    return low + (high - low) * 0.5
