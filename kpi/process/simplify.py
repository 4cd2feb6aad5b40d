"""The part of a map that is shown: the commonest steps and moves, and what keeps every shown step tied to both ends.

Invariant: from the beginning every shown step can be reached, and from every shown step the end, over shown moves.
Nothing is merged or invented: a shown move is one of the log with its own figures.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kpi.process.flow import Activity, Edge

STEPS = 9
"""Steps of a map that is read at first sight."""
MOVES = 14
"""Moves between steps of such a map, besides those that keep it in one piece."""
SHARE = 0.8
"""Share of the moves of the shown steps that it need not exceed."""
SMALL_STEPS, SMALL_MOVES = 12, 22
"""A log of no more is shown whole."""

BEGIN, END = "", "\0"
"""Names of the two ends; no activity is called so."""

Move = tuple[str, str]
"""From one step to another; from `BEGIN` or to `END` at the ends."""


@dataclass(frozen=True)
class Shown:
    """What is shown of a map."""

    steps: tuple[str, ...]
    """Activities, the commonest first."""
    moves: Mapping[Move, int]
    """Moves with how often each was made, the ends included."""
    all_steps: int
    """Activities of the log."""
    all_moves: int
    """Different moves between activities of the log."""
    share: float
    """Share of all moves made between activities that is shown, 0…1; 1 where there are none."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return len(self.steps) == self.all_steps and len(self.between) == self.all_moves

    @property
    def between(self) -> tuple[Move, ...]:
        """The moves between activities."""
        return tuple(move for move in self.moves if move[0] != BEGIN and move[1] != END)


def usual_detail(steps: tuple[Activity, ...], moves: tuple[Edge, ...]) -> tuple[int, int]:
    """How many steps and moves to show where nobody chose."""
    if len(steps) <= SMALL_STEPS and len(moves) <= SMALL_MOVES:
        return len(steps), len(moves)
    most = min(len(steps), STEPS)
    kept = {step.name for step in steps[:most]}
    counts = [move.count for move in moves if move.before in kept and move.after in kept]
    wanted, reached, number = SHARE * sum(counts), 0, 0
    while number < min(len(counts), MOVES) and reached < wanted:
        reached += counts[number]
        number += 1
    return most, number


def simplified(steps: tuple[Activity, ...], moves: tuple[Edge, ...], most_steps: int, most_moves: int) -> Shown:
    """The commonest steps and moves (both given the commonest first), and what ties them to the ends."""
    every = {(move.before, move.after): move.count for move in moves}
    ends = {(BEGIN, step.name): step.begins for step in steps if step.begins}
    ends |= {(step.name, END): step.ends for step in steps if step.ends}
    kept = {step.name for step in steps[: max(most_steps, 1)]}
    ranked = [move for move in every if move[0] in kept and move[1] in kept]
    chosen = set(ranked[:most_moves])
    for backwards in (False, True):
        chosen |= _tied(every | ends, kept, backwards=backwards)
    names = kept | {name for move in chosen for name in move if name not in (BEGIN, END)}
    rarest = every[ranked[most_moves - 1]] if 0 < most_moves < len(ranked) else 0
    chosen |= {move for move, count in ends.items() if count > rarest and names & set(move)}
    shown = {move: count for move, count in (every | ends).items() if move in chosen}
    made = sum(count for move, count in shown.items() if move in every)
    total = sum(every.values())
    order = tuple(step.name for step in steps if step.name in names)
    return Shown(order, shown, len(steps), len(every), made / total if total else 1.0)


def _tied(moves: Mapping[Move, int], kept: Iterable[str], *, backwards: bool) -> set[Move]:
    """Moves that tie every kept step to an end, over the commonest ways: of each way its rarest move is the commonest
    that can be; over kept steps only where that is possible."""
    names = set(kept)
    inside = {m: n for m, n in moves.items() if all(name in names or name in (BEGIN, END) for name in m)}
    end = END if backwards else BEGIN
    near, far = _tree(inside, end, backwards=backwards), _tree(moves, end, backwards=backwards)
    chosen: set[Move] = set()
    for name in names:
        tree = near if name in near else far
        while name != end:
            other = tree[name]
            chosen.add((name, other) if backwards else (other, name))
            name = other
    return chosen


def _tree(moves: Mapping[Move, int], end: str, *, backwards: bool) -> dict[str, str]:
    """Of every step the neighbour nearer to the end on its widest way (Dijkstra's search by the rarest move)."""
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (before, after), count in moves.items():
        here, there = (after, before) if backwards else (before, after)
        near[here].append((there, count))
    width, tree, queue = {end: float("inf")}, {end: end}, [(-float("inf"), 0, end)]
    done: set[str] = set()
    while queue:
        _, steps, here = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        for there, count in near[here]:
            found = min(width[here], count)
            if there not in done and found > width.get(there, 0):
                width[there], tree[there] = found, here
                heapq.heappush(queue, (-found, steps + 1, there))
    return tree
