"""Axes with round numbers, and places for labels that must not touch.

Invariant: a scale holds every value and target it is given; bars begin at zero.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A value axis."""

    low: float
    """Value at its beginning."""
    high: float
    """Value at its end."""
    ticks: tuple[float, ...]
    """Where it is labelled."""


def value_scale(values: Iterable[float], from_zero: bool, ceiling: float | None = None) -> Scale:
    """A scale with about four round steps; `ceiling` is a value nothing can exceed (100 of percentages)."""
    known = [v for v in values if math.isfinite(v)] or [0.0]
    low, high = min(known), max(known)
    if from_zero or 0 <= low < high * 0.5 or high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - abs(low) * 0.1, high + abs(high) * 0.1) if low else (0.0, 1.0)
    step = _round_step((high - low) / 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if last * step - high < step * 0.08 and not (ceiling is not None and last * step >= ceiling):
        last += 1
    ticks = tuple(round(i * step, 10) for i in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in STEPS if step * size >= rough * 0.999)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places moved apart to at least `gap`, in order, as little as possible and within low…high."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [min(max(places[i], low), high) for i in order]
    for n in range(1, len(moved)):
        moved[n] = max(moved[n], moved[n - 1] + gap)
    limit = high
    for n in reversed(range(len(moved))):
        moved[n] = min(moved[n], limit)
        limit = moved[n] - gap
    result = [0.0] * len(places)
    for place, i in zip(moved, order, strict=True):
        result[i] = place
    return result
