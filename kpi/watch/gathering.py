"""One line a story: the same signal seen in the whole, a branch, a team and its people is told once.

Invariant: what is told is the clearest of the signals it stands for; the others are named with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpi.watch.signal import Signal

COARSE = ("account", "branch", "team", "employee", "weekday")
"""Dimensions, the coarse ones first."""
MOST_ALSO = 8


def gathered(signals: Sequence[Signal], apart: Sequence[Signal]) -> tuple[Signal, ...]:
    """Every story once, the most telling first: moves that last, members apart and seasons, moves that are over."""
    changes = [s for s in signals if s.kind == "change"]
    seasons = [s for s in signals if s.kind == "season"]
    moves = [move for move in changes if not any(_of_season(move, one) for one in seasons)]
    told = [*_stories(moves, _same_move), *_stories(seasons, _same_kpi), *_apart(apart)]
    return tuple(sorted(told, key=_weight))


def _weight(signal: Signal) -> tuple[int, int, float]:
    group = {"change": 0 if signal.lasts else 2, "apart": 1, "season": 1}[signal.kind]
    return group, 1 if signal.good else 0, -signal.size


def _stories(signals: Sequence[Signal], same: Callable[[Signal, Signal], bool]) -> list[Signal]:
    """The clearest of each group of signals that are the same story."""
    groups: list[list[Signal]] = []
    for signal in sorted(signals, key=lambda s: (s.chance, _place(s))):
        home = next((group for group in groups if same(group[0], signal)), None)
        if home is None:
            groups.append([signal])
        else:
            home.append(signal)
    return [_told(group) for group in groups]


def _told(group: Sequence[Signal]) -> Signal:
    also = tuple(dict.fromkeys(s.scope for s in group[1:] if s.scope is not None and s.scope != group[0].scope))
    return replace(group[0], also=also[:MOST_ALSO])


def _place(signal: Signal) -> int:
    return COARSE.index(signal.scope[0]) if signal.scope and signal.scope[0] in COARSE else -1


def _of_season(move: Signal, season: Signal) -> bool:
    """Whether a move is what a season of the same KPI does every year."""
    up = (move.value > move.usual) == (season.value > season.usual)
    first, last = move.since, move.until
    long = (last.year - first.year) * 12 + last.month - first.month
    months = {(first.month + n - 1) % 12 + 1 for n in range(long + 1)}
    return move.kpi == season.kpi and up and months <= set(season.months)


def _same_kpi(one: Signal, other: Signal) -> bool:
    return one.kpi == other.kpi


def _same_move(one: Signal, other: Signal) -> bool:
    """Of one KPI, in one direction, at one time."""
    up = (one.value > one.usual) == (other.value > other.usual)
    return one.kpi == other.kpi and up and one.since <= other.until and other.since <= one.until


def _apart(signals: Sequence[Signal]) -> list[Signal]:
    """Of each KPI the dimension in which members stand apart; weekdays are told beside people and places."""
    groups: dict[tuple[str, bool], dict[str, list[Signal]]] = {}
    for signal in sorted(signals, key=_place):
        if signal.scope is not None:
            dimensions = groups.setdefault((signal.kpi.id, signal.scope[0] == "weekday"), {})
            dimensions.setdefault(signal.scope[0], []).append(signal)
    return [_told(sorted(_telling(list(g.values())), key=lambda s: -s.size)) for g in groups.values()]


def _telling(groups: Sequence[Sequence[Signal]]) -> Sequence[Signal]:
    """The coarsest dimension, unless a finer one says more of no more members: one person who makes a whole team so."""
    best = groups[0]
    for finer in groups[1:]:
        if len(finer) <= len(best) and max(s.size for s in finer) > max(s.size for s in best):
            best = finer
    return best
