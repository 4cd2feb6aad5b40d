"""Any graph laid out: boxes apart, every arrow with one way, ends where they belong; a map drawn in full."""

import json
from collections.abc import Mapping

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.charts.drawn import FIELDS
from kpi.charts.flow import Graph, Layout, layout
from kpi.charts.flow.layers import MOST, crossings
from kpi.charts.process_labels import NARROW, WIDE, fitted, labels
from kpi.charts.process_map import MapMove, MapStep, process_map
from kpi.language import language

Arrows = Mapping[tuple[int, int], float]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Steps 1…n between the ends 0 and n+1; every step tied to both ends by some way."""
    n = draw(st.integers(1, 9))
    step, weight = st.integers(1, n), st.floats(0.01, 1)
    arrows = draw(st.dictionaries(st.tuples(step, step), weight, max_size=25))
    arrows |= {(0, a): w for a, w in draw(st.dictionaries(step, weight, min_size=1, max_size=3)).items()}
    arrows |= {(a, n + 1): w for a, w in draw(st.dictionaries(step, weight, min_size=1, max_size=3)).items()}
    order = [draw(st.floats(0, 1)) for _ in range(n)]
    return Graph((0.0, *order, 2.0), arrows)


def overlaps(found: Layout, one: int, other: int) -> bool:
    apart_across = abs(found.x[one] - found.x[other]) >= 1 - 1e-6
    low, high = sorted((one, other), key=lambda box: found.top[box])
    return not apart_across and found.top[low] + found.height[low] > found.top[high]


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_any_graph(graph: Graph) -> None:
    found, last = layout(graph), len(graph.order) - 1
    boxes = range(last + 1)
    assert not [(a, b) for a in boxes for b in boxes if a < b and overlaps(found, a, b)]
    assert set(found.routes) == set(graph.arrows)
    assert max(sum(found.top[a] == found.top[b] for a in boxes) for b in boxes) <= MOST
    assert all(found.top[0] < found.top[box] < found.top[last] for box in range(1, last))
    for (before, after), way in found.routes.items():
        (x, y), (tip_x, tip_y) = way.points[0], way.points[-1]
        assert abs(x - found.x[before]) <= 0.5
        assert abs(tip_x - found.x[after]) <= 0.5
        if before == after:
            assert way.kind == "loop"
        else:
            assert way.kind == ("down" if found.top[before] < found.top[after] else "up")
            assert found.top[before] <= y <= found.top[before] + found.height[before]
            assert found.top[after] - 6 <= tip_y <= found.top[after] + found.height[after] + 6
        assert all(-0.2 <= px <= found.width + 0.2 and 0 <= py <= found.depth for px, py in way.points)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_labels_lie_over_no_box_and_no_other_label(graph: Graph) -> None:
    found = layout(graph)
    ways = list(found.routes.values())
    texts = [f"{n * 731} · {n},5 h" for n in range(len(ways))]
    unit = NARROW.unit(found.width, 230)
    spots = dict(labels(texts, [1.0] * len(ways), ways, found, unit))
    taken = [
        ((x - 0.44) * unit, top, (x + 0.44) * unit, top + height)
        for x, top, height in zip(found.x, found.top, found.height, strict=True)
    ]
    for n, (x, y) in spots.items():
        half = len(texts[n]) * 3.4
        box = (x * unit - half, y - 7, x * unit + half, y + 7)
        assert all(box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1] for o in taken)
        taken.append(box)


def test_the_commonest_way_is_one_straight_column() -> None:
    arrows = {(n, n + 1): 1.0 for n in range(6)} | {(1, 4): 0.1, (3, 2): 0.05}
    found = layout(Graph(tuple(range(7)), arrows))
    assert max(found.x) - min(found.x) < 0.05
    assert found.routes[3, 2].kind == "up"


def test_a_step_stands_below_the_one_it_is_mostly_come_to_from() -> None:
    order = (0.0, 0.1, 0.9, 0.05, 2.0)  # step 3 comes early in long cases, but always after step 2
    found = layout(Graph(order, {(0, 1): 1, (1, 2): 1, (2, 3): 0.4, (3, 2): 0.4, (2, 4): 1}))
    assert found.top[3] > found.top[2]


def test_crossings_are_counted() -> None:
    assert crossings([[0, 1], [2, 3]], {0: [3], 1: [2]}) == 1
    assert crossings([[0, 1], [2, 3]], {0: [2], 1: [3]}) == 0


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Repair", ["Repair"]), ("Second call to client", ["Second call", "to client"]),
        ("Reconfirmation of receipt by the head", ["Reconfirmat", "ion of…"]),
    ],
)  # fmt: skip
def test_names_fit(text: str, lines: list[str]) -> None:
    assert fitted(text, 11, 2) == lines


def a_map(names: list[str]) -> tuple[list[MapStep], list[MapMove]]:
    steps = [MapStep("beginning", "", 0, is_end=True)]
    steps += [
        MapStep(name, "12 · 3 min", n / 9, on_path=n < 2, note="superfluous" * (n == 2), told=("12", "9", "3 min"))
        for n, name in enumerate(names)
    ]
    steps += [MapStep("end", "", 2, is_end=True)]
    pairs = [(0, 1), (1, 2), (2, 3), (3, 1), (2, 2), (3, 4)]
    moves = [MapMove(a, b, 0.5, n / 5, f"{n} · 2 h", str(n), "path" if n < 2 else "", ("1", "1", "2 h"))
             for n, (a, b) in enumerate(pairs)]  # fmt: skip
    return steps, moves


@pytest.mark.parametrize("width", [340, 900])
def test_a_map_is_drawn(width: int) -> None:
    names = ["Заявка <b>", '💥 \\n "it\'s" ${datum}', "Очень длинное название шага, которое никуда не помещается"]
    steps, moves = a_map(names)
    found = process_map(steps, moves, "Map", "note", language("ru"), "dark")
    kinds = found.frame[FIELDS["kind"]].to_pylist()
    assert kinds.count("touch_box") == len(names)
    assert kinds.count("box_needless") == 1
    lines = {
        key
        for kind, key in zip(kinds, found.frame[FIELDS["series"]].to_pylist(), strict=True)
        if kind in ("line", "back")
    }
    assert len(lines) == len(moves)
    svg = vl_convert.vegalite_to_svg(json.dumps(found.standalone(width, "dark")))
    assert "NaN" not in svg
    assert "undefined" not in svg
    shown = WIDE if width > 620 else NARROW
    assert svg.count("superfluous") >= 1, shown
