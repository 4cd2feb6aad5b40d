"""Whatever is hidden of a map, each step that is shown can be reached from the beginning and reaches the end."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.process import Activity, Edge
from kpi.process.simplify import BEGIN, END, Move, Shown, simplified, usual_detail

CASES = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9), min_size=1, max_size=12)
Map = tuple[tuple[Activity, ...], tuple[Edge, ...]]


def counted(cases: list[list[str]]) -> Map:
    often, moves = Counter(x for case in cases for x in case), Counter(p for case in cases for p in pairwise(case))
    begins, ends = Counter(case[0] for case in cases), Counter(case[-1] for case in cases)
    steps = [Activity(name, n, n, begins[name], ends[name], 1.0) for name, n in often.most_common()]
    return tuple(steps), tuple(Edge(a, b, n, n, 1.0) for (a, b), n in moves.most_common())


def reached(moves: list[Move], start: str) -> set[str]:
    found, more = {start}, True
    while more:
        more = bool(new := {after for before, after in moves if before in found} - found)
        found |= new
    return found


@settings(max_examples=200, deadline=None)
@given(CASES, st.integers(1, 8), st.integers(0, 20))
def test_nothing_shown_hangs_in_the_air(cases: list[list[str]], most_steps: int, most_moves: int) -> None:
    steps, moves = counted(cases)
    shown = simplified(steps, moves, most_steps, most_moves)
    assert set(shown.steps) >= {step.name for step in steps[:most_steps]}
    assert set(shown.steps) <= reached(list(shown.moves), BEGIN)
    assert set(shown.steps) <= reached([(b, a) for a, b in shown.moves], END)
    every = {(move.before, move.after): move.count for move in moves}
    assert all(every[move] == shown.moves[move] for move in shown.between)
    assert shown.share == sum(every[m] for m in shown.between) / sum(every.values()) if every else shown.share == 1


@settings(max_examples=50, deadline=None)
@given(CASES)
def test_everything_asked_for_is_everything(cases: list[list[str]]) -> None:
    steps, moves = counted(cases)
    shown = simplified(steps, moves, len(steps), len(moves))
    assert shown.is_whole
    assert shown.share == 1
    assert sum(n for (before, _), n in shown.moves.items() if before == BEGIN) == len(cases)
    assert sum(n for (_, after), n in shown.moves.items() if after == END) == len(cases)


def spaghetti() -> Map:
    """30 steps, each followed by each, ever rarer."""
    names = [f"s{n:02}" for n in range(30)]
    steps = tuple(
        Activity(name, 900 - 10 * n, 100, 100 * (n == 0), 100 * (n == 29), 1.0) for n, name in enumerate(names)
    )
    pairs = [(a, b) for a in names for b in names if a != b]
    return steps, tuple(Edge(a, b, 1000 - n, 10, 1.0) for n, (a, b) in enumerate(pairs))


def test_a_large_map_is_small_at_first() -> None:
    steps, moves = spaghetti()
    shown: Shown = simplified(steps, moves, *usual_detail(steps, moves))
    assert len(shown.steps) <= 12
    assert len(shown.between) <= 26
    assert not shown.is_whole


def test_a_small_map_is_whole_at_first() -> None:
    steps, moves = counted([list("abcd"), list("abd")])
    assert simplified(steps, moves, *usual_detail(steps, moves)).is_whole
