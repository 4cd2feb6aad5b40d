"""The texts of a map: names that fit their boxes, labels of arrows that lie over nothing.

Invariant: pure. A label lies over no box and no other label at the width it was placed for, and so at any greater one
of its form; what finds no place gets none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

import numpy as np

from kpi.charts.flow import Layout, Route

TURN = 620
"""Width of the plot from which the texts for wide ones are shown."""
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
"""Parts of an arrow's way where its label may stand, in the order they are tried."""
BESIDE = 5.0
"""Pixels between an arrow and its label."""

Array = np.ndarray[Any, Any]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Form:
    """Texts for plots of one size."""

    name: str
    """Which marks are shown."""
    width: float
    """Least pixels of such a plot."""
    size: int
    """Pixels of a name's letters."""
    line: float
    """Pixels of its lines."""
    lines: int
    """Lines of a name at most."""

    def unit(self, width: float, most: float) -> float:
        """Pixels of a box's width on the narrowest such plot, for a map as wide as this."""
        return min(self.width / width, most)

    def letters(self, pixels: float) -> int:
        """Letters of a name that so many pixels hold."""
        return max(int((pixels - 8) / (self.size * 0.58)), 4)


NARROW = Form("narrow", 300, 11, 13, 3)
WIDE = Form("wide", TURN, 13, 16, 2)


def fitted(text: str, letters: int, lines: int) -> list[str]:
    """The text in lines of at most so many letters; longer words are parted, what is too much ends in «…»."""
    words = [word[n : n + letters] for word in text.split() for n in range(0, len(word), letters)]
    out: list[str] = []
    for word in words:
        if out and len(out[-1]) + 1 + len(word) <= letters:
            out[-1] += f" {word}"
        else:
            out.append(word)
    if len(out) > lines:
        out = [*out[: lines - 1], out[lines - 1][: letters - 1].rstrip() + "…"]
    return out


def labels(
    texts: Sequence[str], weights: Sequence[float], ways: Sequence[Route], found: Layout, unit: float
) -> Iterator[tuple[int, Point]]:
    """Places of the labels, those of heavy arrows first; x in widths of a box, y in pixels.

    Beside its arrow and over no other where that is possible, else on it.
    """
    taken = [
        ((x - 0.46) * unit, top - 2, (x + 0.46) * unit, top + height + 2)
        for x, top, height in zip(found.x, found.top, found.height, strict=True)
    ]
    lines = [_along_all(way, unit) for way in ways]
    for n in sorted(range(len(texts)), key=lambda n: -weights[n]):
        half = len(texts[n]) * 3.4 + 3
        spots = [(x, y, (x * unit - half, y - 8, x * unit + half, y + 8)) for x, y in _spots(ways[n], half, unit)]
        free = [
            spot for spot in spots
            if texts[n] and spot[2][0] >= 0 and spot[2][2] <= found.width * unit and _is_free(spot[2], taken)
        ]  # fmt: skip
        alone = (spot for spot in free if not any(_holds(spot[2], line) for m, line in enumerate(lines) if m != n))
        best = next(alone, free[0] if free else None)
        if best is not None:
            taken.append(best[2])
            yield n, (best[0], best[1])


def _spots(way: Route, half: float, unit: float) -> Iterator[Point]:
    """Points beside the way, then on it; half: of the label, in pixels."""
    aside = (half + BESIDE) / unit
    middle = [_along(way.points, share, unit) for share in ALONG]
    if way.kind == "loop":
        yield from ((max(x for x, _ in way.points) + aside, y) for _, y in middle)
        return
    yield from ((x + side, y) for x, y in middle for side in (aside, -aside))
    yield from middle


def _along(points: Sequence[Point], share: float, unit: float) -> Point:
    """The point that has this share of the way's length behind it."""
    lengths = [hypot((b[0] - a[0]) * unit, b[1] - a[1]) for a, b in pairwise(points)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length:
            return a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length
        left -= length
    return points[-1]


def _along_all(way: Route, unit: float) -> Array:
    """Points of the way near each other, in pixels: one row each for across and down."""
    ends = np.array(way.points) * (unit, 1.0)
    shares = np.arange(9)[:, None, None] / 8
    between: Array = ends[:-1] + (ends[1:] - ends[:-1]) * shares
    return between.reshape(-1, 2).T


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    return all(box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in taken)


def _holds(box: Box, line: Array) -> bool:
    x, y = line
    return bool(((box[0] < x) & (x < box[2]) & (box[1] < y) & (y < box[3])).any())
