"""How far to the right every item of a layer stands.

Invariant: items of a layer keep their order and at least their own room; within that each is as near as can be to what
it is tied to (least squares: isotonic regression by pooling neighbours), so heavy ties become straight.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from kpi.charts.flow.layers import Arrow, Layered

BOX = 0.5
"""Half of a box with its air, in widths of a box."""
PASSING = 0.08
"""Half of the room of an arrow that passes a layer."""
LOOP = 0.28
"""Room to the right of a box that follows itself."""
ROUNDS = 120
"""Times the places are improved."""
STRAIGHT = 6.0
"""How much more a passing arrow wants to be straight."""

HEAVY = 20.0
"""How much more a heavy arrow does."""

PASSES = 4
"""Times columns are made straight: one that makes room lets the next be."""
MAIN = 1.0
"""Weight from which an arrow is of the main way, which stands in one column where it can."""


def places(found: Layered, boxes: int, weights: Mapping[Arrow, float], loops: frozenset[int]) -> tuple[float, ...]:
    """The middle of every item, from the left end of the map."""
    ties = _ties(found, boxes, weights)

    def left(item: int) -> float:
        return BOX if item < boxes else PASSING

    def right(item: int) -> float:
        return left(item) + (LOOP if item in loops else 0.0)

    x = dict.fromkeys(range(len(found.layer_of)), 0.0)
    for row in found.rows:
        x |= _apart(row, [float(n) for n in range(len(row))], [1.0] * len(row), left, right)
    for turn in range(ROUNDS):
        for row in found.rows if turn % 2 == 0 else reversed(found.rows):
            wishes = [_wish(x[item], [(x[other], weight) for other, weight in ties[item]]) for item in row]
            x |= _apart(row, [wish for wish, _ in wishes], [weight for _, weight in wishes], left, right)
    for column in _columns(found, boxes, weights) * PASSES:
        x |= _straight(column, found, x, left, right)
    edge = min(x[item] - left(item) for item in x)
    return tuple(x[item] - edge for item in range(len(x)))


def width(x: Sequence[float], boxes: int, loops: frozenset[int]) -> float:
    """Of the whole map, in widths of a box."""
    return max(
        x[item] + (BOX if item < boxes else PASSING) + (LOOP if item in loops else 0.0) for item in range(len(x))
    )


def _ties(found: Layered, boxes: int, weights: Mapping[Arrow, float]) -> Mapping[int, list[tuple[int, float]]]:
    ties: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for arrow, chain in found.chains.items():
        for top, bottom in pairwise(chain):
            passing = (top >= boxes) + (bottom >= boxes)
            weight = (0.05 + weights.get(arrow, 0.0) ** 2 * HEAVY) * (1, 1, STRAIGHT)[passing]
            ties[top].append((bottom, weight))
            ties[bottom].append((top, weight))
    return ties


def _columns(found: Layered, boxes: int, weights: Mapping[Arrow, float]) -> list[list[int]]:
    """Items that would stand below each other: those of the main way, then the places of each arrow that passes."""
    main: dict[int, int] = {}
    for arrow, chain in found.chains.items():
        if weights.get(arrow, 0.0) >= MAIN and chain[0] == arrow[0]:
            for item in chain:
                main.setdefault(found.layer_of[item], item)
    passing = [[item for item in chain if item >= boxes] for chain in found.chains.values()]
    mine = set(main.values())
    return [list(main.values()), *(chain for chain in passing if len(chain) > 1 and not mine & set(chain))]


def _straight(
    column: Sequence[int], found: Layered, x: Mapping[int, float], left: Callable[[int], float],
    right: Callable[[int], float],
) -> dict[int, float]:  # fmt: skip
    """The items of a column on one line, where their neighbours leave one free; else where they are."""
    low, high = float("-inf"), float("inf")
    for item in column:
        row = found.rows[found.layer_of[item]]
        place = row.index(item)
        if place > 0:
            low = max(low, x[row[place - 1]] + right(row[place - 1]) + left(item))
        if place + 1 < len(row):
            high = min(high, x[row[place + 1]] - left(row[place + 1]) - right(item))
    if not column or low > high:
        return {}
    middle = min(max(median(x[item] for item in column), low), high)
    return dict.fromkeys(column, middle)


def _wish(now: float, tied: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where an item would stand, and how much it matters."""
    total = sum(weight for _, weight in tied)
    if not total:
        return now, 0.01
    return sum(x * weight for x, weight in tied) / total, total


def _apart(
    row: Sequence[int], wishes: Sequence[float], weights: Sequence[float],
    left: Callable[[int], float], right: Callable[[int], float],
) -> dict[int, float]:  # fmt: skip
    """The wishes, moved as little as the order and the room of each allow."""
    offsets = [0.0]
    for before, after in pairwise(row):
        offsets.append(offsets[-1] + right(before) + left(after))
    blocks: list[tuple[float, float, int]] = []  # mean, weight, items
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        mean, heavy, size = wish - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other, its, many = blocks.pop()
            mean, heavy, size = (mean * heavy + other * its) / (heavy + its), heavy + its, size + many
        blocks.append((mean, heavy, size))
    means = [mean for mean, _, size in blocks for _ in range(size)]
    return {item: mean + offset for item, mean, offset in zip(row, means, offsets, strict=True)}
