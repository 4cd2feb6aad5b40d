"""The way of every arrow, from the edge of one box to the edge of another.

Invariant: an arrow leaves and enters a box upright, whatever the width it is drawn at, and passes a layer between its
boxes; x in widths of a box, y in pixels from the top.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kpi.charts.flow.layers import Arrow, Layered

HALF = 0.44
"""Half of a drawn box."""
PORTS = 0.66
"""Part of a box's edge on which arrows end."""
PORT = 0.16
"""Most between two ends."""
BENDS = 9
"""Points of a bend."""
AT_END = 0.05
"""Between two at the beginning or the end, which are dots."""
TIP = 5.0
"""Pixels from the tip of an arrow to the box."""

Point = tuple[float, float]
Kind = Literal["down", "up", "loop"]
Ports = dict[tuple[int, Arrow], float]
"""(box, arrow) → how far from the middle of the box the arrow ends."""


@dataclass(frozen=True)
class Route:
    """One arrow."""

    points: tuple[Point, ...]
    """Where it goes, from its beginning to its tip."""
    kind: Kind
    """down: with the flow; up: back; loop: to the box it came from."""


def routes(
    found: Layered,
    x: Sequence[float],
    tops: Sequence[float],
    heights: Sequence[float],
    loops: Sequence[int],
    weights: Mapping[Arrow, float],
) -> dict[Arrow, Route]:
    """The way of each arrow of `found.chains`, and of a loop at each box of `loops`.

    Of the arrows that end on one side of a box the heaviest ends in its middle where there is room.
    """
    upper, lower = _ports(found, x, weights)
    ways: dict[Arrow, Route] = {}
    for arrow, chain in found.chains.items():
        head, foot = chain[0], chain[-1]
        down = arrow[0] == head
        points = [(x[head] + lower[head, arrow], tops[found.layer_of[head]] + heights[found.layer_of[head]])]
        for item in chain[1:-1]:
            top = tops[found.layer_of[item]]
            points += [(x[item], top), (x[item], top + heights[found.layer_of[item]])]
        points.append((x[foot] + upper[foot, arrow], tops[found.layer_of[foot]]))
        way = points if down else points[::-1]
        ways[arrow] = Route(_bent(way), "down" if down else "up")
    for box in loops:
        ways[box, box] = _loop(x[box], tops[found.layer_of[box]], heights[found.layer_of[box]])
    return ways


def _ports(found: Layered, x: Sequence[float], weights: Mapping[Arrow, float]) -> tuple[Ports, Ports]:
    """How far from the middle of a box an arrow ends, at upper and at lower edges: in the order of where the arrows
    come from, so that they do not cross at the box."""
    upper: dict[int, list[tuple[float, Arrow]]] = defaultdict(list)
    lower: dict[int, list[tuple[float, Arrow]]] = defaultdict(list)
    for arrow, chain in found.chains.items():
        lower[chain[0]].append((x[chain[1]], arrow))
        upper[chain[-1]].append((x[chain[-2]], arrow))
    dots = frozenset((*found.rows[0], *found.rows[-1]))
    return _spread(upper, weights, dots), _spread(lower, weights, dots)


def _spread(
    ends: Mapping[int, Sequence[tuple[float, Arrow]]], weights: Mapping[Arrow, float], dots: frozenset[int]
) -> Ports:
    out: Ports = {}
    for box, tied in ends.items():
        arrows = [arrow for _, arrow in sorted(tied)]
        step = AT_END if box in dots else min(PORT, PORTS / max(len(tied) - 1, 1))
        middle = max(range(len(arrows)), key=lambda n: weights.get(arrows[n], 0.0))
        if max(middle, len(arrows) - 1 - middle) * step > PORTS / 2:
            middle = (len(arrows) - 1) // 2
        out |= {(box, arrow): (n - middle) * step for n, arrow in enumerate(arrows)}
    return out


def _bent(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points joined by bends that begin and end upright; the tip stops short of the box."""
    (end_x, end_y), before = points[-1], points[-2]
    tip = end_y - TIP if end_y > before[1] else end_y + TIP
    points = [*points[:-1], (end_x, tip)]
    out = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 == x2:
            out.append((x2, y2))
            continue
        middle = (y1 + y2) / 2
        out += [_bezier((x1, y1), (x1, middle), (x2, middle), (x2, y2), n / BENDS) for n in range(1, BENDS + 1)]
    return tuple(out)


def _loop(x: float, top: float, height: float) -> Route:
    """From the lower right of a box to its upper right."""
    edge, out = x + HALF, x + HALF + 0.22
    ends = (
        (edge, top + height * 0.76),
        (out, top + height * 0.84),
        (out, top + height * 0.16),
        (edge, top + height * 0.24),
    )
    return Route(tuple(_bezier(*ends, n / 16) for n in range(17)), "loop")


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    k = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        k[0] * a[0] + k[1] * b[0] + k[2] * c[0] + k[3] * d[0],
        k[0] * a[1] + k[1] * b[1] + k[2] * c[1] + k[3] * d[1],
    )
