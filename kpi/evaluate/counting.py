"""Aggregates over arrays: counts, sums, medians and distinct things of some rows, whole and by member.

Invariant: the same number DuckDB gives for the same rows: counts to the digit, sums of amounts exactly. Kept rows are
picked with `np.compress`, which takes a third of the time of a mask in brackets.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from data.access.columns import Codes, Values

Array = np.ndarray[Any, Any]
MOST_SEEN = 1 << 26
"""Bytes spent on noting what was seen; more different things are sorted instead."""


def counts(kept: Array | None, codes: Codes | None, rows: int) -> Array:
    """Rows kept: of all, then of every member and of none."""
    if codes is None:
        return np.array([rows if kept is None else np.count_nonzero(kept)], dtype=float)
    found = np.bincount(_picked(codes.codes, kept), minlength=codes.size + 1)
    return np.concatenate([[found.sum()], found]).astype(float)


def sums(values: Values, kept: Array | None, codes: Codes | None) -> Array:
    """Sum of the known values."""
    numbers = _picked(values.numbers, kept)
    if codes is None:
        return np.array([numbers.sum() / values.scale])
    by_member = np.bincount(_picked(codes.codes, kept), numbers, codes.size + 1)
    return np.concatenate([[numbers.sum()], by_member]) / values.scale


def distinct(things: Codes, kept: Array | None, codes: Codes | None) -> Array:
    """How many different things; empty cells are none."""
    filled = things.codes != things.size
    kept = filled if kept is None else kept & filled
    found, width = np.compress(kept, things.codes), things.size + 1
    total = float(np.count_nonzero(_seen(found, width)))
    if codes is None:
        return np.array([total])
    by_member = _pairs(np.compress(kept, codes.codes).astype(np.int64) * width + found, codes.size + 1, width)
    return np.concatenate([[total], by_member]).astype(float)


def _pairs(pairs: Array, members: int, width: int) -> Array:
    """How many different pairs each member has; a pair is member × width + thing."""
    if members * width > MOST_SEEN:
        return np.bincount(np.unique(pairs) // width, minlength=members)
    counted: Array = _seen(pairs, members * width).reshape(members, width).sum(axis=1)
    return counted


def medians(values: Values, kept: Array | None, codes: Codes | None) -> Array:
    """Middle of the known values; NaN where there is none."""
    return _by_member(_median, values, kept, codes)


def least(values: Values, kept: Array | None, codes: Codes | None) -> Array:
    """Smallest of the known values."""
    return _by_member(np.min, values, kept, codes)


def greatest(values: Values, kept: Array | None, codes: Codes | None) -> Array:
    """Largest of the known values."""
    return _by_member(np.max, values, kept, codes)


def medians_once(values: Values, keys: Codes, kept: Array | None, codes: Codes | None) -> Array:
    """The median where equal values of one key count once."""
    kept = _known(values, kept)
    parts = [_picked(array, kept) for array in (values.numbers, keys.codes)]
    member = None if codes is None else _picked(codes.codes, kept)
    total = _once([*parts])
    found = [_median(total) / values.scale if len(total) else np.nan]
    for place in range(codes.size + 1 if codes is not None else 0):
        own = _once([part[member == place] for part in parts])
        found.append(_median(own) / values.scale if len(own) else np.nan)
    return np.array(found)


def _once(parts: list[Array]) -> Array:
    """Values of different (key, value) pairs."""
    numbers, keys = parts
    order = np.lexsort((numbers, keys))
    numbers, keys = numbers[order], keys[order]
    fresh = np.ones(len(numbers), dtype=bool)
    fresh[1:] = (numbers[1:] != numbers[:-1]) | (keys[1:] != keys[:-1])
    chosen: Array = numbers[fresh]
    return chosen


def _picked(array: Array, kept: Array | None) -> Array:
    return array if kept is None else np.compress(kept, array)


def _seen(things: Array, size: int) -> Array:
    seen = np.zeros(size, dtype=bool)
    seen[things] = True
    return seen


def _known(values: Values, kept: Array | None) -> Array | None:
    if values.known is None:
        return kept
    return values.known if kept is None else kept & values.known


def _by_member(pick: Callable[[Array], Any], values: Values, kept: Array | None, codes: Codes | None) -> Array:
    kept = _known(values, kept)
    numbers = _picked(values.numbers, kept)
    found = np.full(1 + (codes.size + 1 if codes is not None else 0), np.nan)
    if len(numbers):
        found[0] = pick(numbers)
    if codes is not None and len(numbers):
        own = _picked(codes.codes, kept)
        grouped = numbers[np.argsort(own, kind="stable")]
        ends = np.cumsum(np.bincount(own, minlength=codes.size + 1))
        starts = np.concatenate([[0], ends[:-1]])
        for place in np.flatnonzero(ends > starts):
            found[place + 1] = pick(grouped[starts[place] : ends[place]])
    return found / values.scale


def _median(numbers: Array) -> float:
    middle = (len(numbers) - 1) // 2
    parted = np.partition(numbers, middle)
    low = parted[middle]
    return float(low if len(numbers) % 2 else low + (parted[middle + 1 :].min() - low) * 0.5)
