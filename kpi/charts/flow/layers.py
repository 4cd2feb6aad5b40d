"""Which layer a box stands in, and what stands beside it there (after Sugiyama, Tagawa and Toda, 1981).

Invariant: an arrow's ends never share a layer; no layer holds more than `MOST` boxes; an arrow that passes layers has a
place in each of them, so that it can go between the boxes.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST = 2
"""Boxes in a layer: what a phone has room for."""
SWEEPS = 16
"""Times the layers are put in order, down and up."""

Arrow = tuple[int, int]
"""From one box to another."""


@dataclass(frozen=True)
class Layered:
    """Boxes and the places of passing arrows, layer by layer; boxes are 0…n−1, places follow."""

    layer_of: tuple[int, ...]
    """Item → its layer from the top."""
    rows: tuple[tuple[int, ...], ...]
    """Per layer its items from the left."""
    chains: Mapping[Arrow, tuple[int, ...]]
    """Arrow → the items it goes through from the top, its ends included."""


def layered(order: Sequence[float], weights: Mapping[Arrow, float]) -> Layered:
    """The layers of a graph of weighted arrows; the first box stands at the top, the last below.

    `order` tells how early each box comes; a box stands below the one it is mostly come to from, whatever the order.
    """
    layer_of = _ranks(_early(order, weights), weights)
    chains: dict[Arrow, tuple[int, ...]] = {}
    for before, after in weights:
        top, bottom = sorted((before, after), key=lambda box: layer_of[box])
        passing = range(layer_of[top] + 1, layer_of[bottom])
        first = len(layer_of)
        layer_of.extend(passing)
        chains[before, after] = (top, *range(first, first + len(passing)), bottom)
    rows: list[list[int]] = [[] for _ in range(max(layer_of) + 1)]
    for item, layer in enumerate(layer_of):
        rows[layer].append(item)
    return Layered(tuple(layer_of), _fewest_crossings(rows, list(chains.values())), chains)


def _early(order: Sequence[float], weights: Mapping[Arrow, float]) -> list[int]:
    """The boxes one after another: as early as `order` says, but each after its neighbour on the widest way to it."""
    last = len(order) - 1
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _widest_ways(weights).items():
        children[parent].append(child)
    placed, waiting = [0], [(order[box], box) for box in children[0] if box != last]
    heapq.heapify(waiting)
    while waiting:
        _, box = heapq.heappop(waiting)
        placed.append(box)
        for child in children[box]:
            if child != last:
                heapq.heappush(waiting, (order[child], child))
    unreached = [box for box in range(1, last) if box not in set(placed)]
    return [*placed, *sorted(unreached, key=lambda box: order[box]), last]


def _widest_ways(weights: Mapping[Arrow, float]) -> dict[int, int]:
    """Box → the one before it on the way from box 0 whose lightest arrow is the heaviest there can be."""
    before: dict[int, int] = {}
    queue = [(-1e300, 0, 0)]
    done: set[int] = set()
    while queue:
        width, box, parent = heapq.heappop(queue)
        if box in done:
            continue
        done.add(box)
        before[box] = parent
        for (here, there), weight in weights.items():
            if here == box and there not in done:
                heapq.heappush(queue, (max(width, -weight), there, box))
    return {box: parent for box, parent in before.items() if box}


def _ranks(early: Sequence[int], arrows: Iterable[Arrow]) -> list[int]:
    """Each box below those it follows that come before it, where there is room and no neighbour beside it."""
    near: dict[int, set[int]] = defaultdict(set)
    for before, after in arrows:
        near[before].add(after)
        near[after].add(before)
    rank: dict[int, int] = {0: 0}
    filled: dict[int, int] = defaultdict(int)
    for box in early[1:-1]:
        above = [rank[a] for a, b in arrows if b == box and a in rank]
        mine = max(above, default=0) + 1
        while filled[mine] == MOST or any(rank.get(other) == mine for other in near[box]):
            mine += 1
        rank[box] = mine
        filled[mine] += 1
    rank[early[-1]] = max(rank.values()) + 1
    return [rank[box] for box in range(len(early))]


def _fewest_crossings(rows: Sequence[Sequence[int]], chains: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The best of several orders, each item at the mean place of those it is tied to in the layer passed before."""
    above: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for chain in chains:
        for top, bottom in pairwise(chain):
            above[bottom].append(top)
            below[top].append(bottom)
    best: Sequence[list[int]] = [list(row) for row in rows]
    now = best
    fewest = crossings(best, below)
    for sweep in range(SWEEPS):
        ties = above if sweep % 2 == 0 else below
        now = _swept(now, ties, down=sweep % 2 == 0)
        found = crossings(now, below)
        if found < fewest:
            best, fewest = now, found
    return tuple(map(tuple, best))


def _swept(rows: Sequence[Sequence[int]], ties: Mapping[int, Sequence[int]], *, down: bool) -> list[list[int]]:
    done: dict[int, float] = {}
    out: dict[int, list[int]] = {}
    for layer in range(len(rows)) if down else reversed(range(len(rows))):
        row = rows[layer]
        stays = {item: (n + 0.5) / len(row) for n, item in enumerate(row)}
        wish = {item: _mean([done[other] for other in ties.get(item, ())], stays[item]) for item in row}
        out[layer] = sorted(row, key=lambda item: (wish[item], stays[item]))
        done |= {item: (n + 0.5) / len(row) for n, item in enumerate(out[layer])}
    return [out[layer] for layer in range(len(rows))]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def crossings(rows: Sequence[Sequence[int]], below: Mapping[int, Sequence[int]]) -> int:
    """How many pairs of ties between neighbouring layers cross."""
    found = 0
    for row, following in pairwise(rows):
        place = {item: n for n, item in enumerate(following)}
        ends = [place[other] for item in row for other in sorted(below.get(item, ()), key=lambda one: place[one])]
        found += sum(ends[i] > ends[j] for i in range(len(ends)) for j in range(i + 1, len(ends)))
    return found
