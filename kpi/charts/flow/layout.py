"""A graph laid out: every box with its middle and upper edge, every arrow with its way.

Invariant: no two boxes touch; every arrow of the graph has exactly one way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.charts.flow.layers import Arrow, layered
from kpi.charts.flow.places import places, width
from kpi.charts.flow.routes import Route, routes

DOT = 28.0
"""Pixels of the first and the last layer, which hold the beginning and the end."""
BOX = 58.0
"""Pixels of any other layer's boxes."""
GAP = 46.0
"""Pixels between two layers."""


@dataclass(frozen=True)
class Graph:
    """What is laid out; box 0 is the beginning, the last the end."""

    order: tuple[float, ...]
    """Per box how early it comes."""
    arrows: Mapping[Arrow, float]
    """(from, to) → weight, 0…1: heavy ones become straight."""


@dataclass(frozen=True)
class Layout:
    """Where everything stands; x in widths of a box, y in pixels."""

    x: tuple[float, ...]
    """Per box its middle."""
    top: tuple[float, ...]
    """Per box its upper edge."""
    height: tuple[float, ...]
    """Per box its height."""
    routes: Mapping[Arrow, Route]
    """Per arrow its way."""
    width: float
    """Of the whole."""
    depth: float
    """Of the whole."""


def layout(graph: Graph) -> Layout:
    """Lays a graph out."""
    boxes = len(graph.order)
    loops = frozenset(a for a, b in graph.arrows if a == b)
    found = layered(graph.order, {arrow: n for arrow, n in graph.arrows.items() if arrow[0] != arrow[1]})
    x = places(found, boxes, graph.arrows, loops)
    heights = [BOX] * len(found.rows)
    heights[0] = heights[-1] = DOT
    tops = _tops(heights)
    ways = routes(found, x, tops, heights, sorted(loops), graph.arrows)
    layers = found.layer_of[:boxes]
    return Layout(
        x[:boxes], tuple(tops[n] for n in layers), tuple(heights[n] for n in layers), ways,
        width(x, boxes, loops), tops[-1] + heights[-1],
    )  # fmt: skip


def _tops(heights: Sequence[float]) -> list[float]:
    tops = [0.0]
    for height in heights[:-1]:
        tops.append(tops[-1] + height + GAP)
    return tops
