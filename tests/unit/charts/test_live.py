"""A chart on a page: its specification stays when its data, titles and axes change, and the picture is the same."""

import json
import re
from typing import Any

import pytest
import vl_convert

from kpi.charts import Drawn, breakdown, small_multiples, trend
from kpi.charts.drawn import FIELDS, PLACE, SOURCE
from kpi.language import language
from tests.unit.charts.frames import HIGHER, a_frame, a_kpi

WORDS = language("ru")
LOW, HIGH = [4.0, 5.5, 6.2, None, 4.4, 3.0, 2.5, 4.9], [410.0, 300.0, 250.0, 900.0, 120.0]
PAIRS: dict[str, list[Drawn]] = {
    "line": [trend(a_frame(v), a_kpi(), WORDS, "light") for v in (LOW, HIGH)],
    "bars": [trend(a_frame(v), a_kpi("Revenue", "money", True), WORDS, "light") for v in (LOW, HIGH)],
    "small": [small_multiples(a_frame(v, list("abcd")), a_kpi(), WORDS, "light", "M") for v in (LOW, HIGH)],
    "breakdown": [
        breakdown(a_frame([4.0], list("abc")), a_kpi(), "Master", WORDS, "light", period="май 2026"),
        breakdown(a_frame([90.0], list("xyz"), HIGHER), a_kpi(), "Team", WORDS, "light", period="июнь 2026"),
    ],
}


@pytest.mark.parametrize("name", PAIRS)
def test_only_the_data_change(name: str) -> None:
    (first, data), (second, others) = (drawn.live for drawn in PAIRS[name])
    assert json.dumps(first) == json.dumps(second)
    assert data.schema == others.schema
    assert data != others


def of_members(names: str, room: int) -> dict[str, Any]:
    frame = a_frame([4.0], list(names))
    return breakdown(frame, a_kpi(), "Master", WORDS, "light", room=room).live[0]


def test_room_for_more_members_changes_the_height_only() -> None:
    few, many = of_members("ab", 8), of_members("ab", 12)
    assert few["height"] < many["height"]
    assert {**few, "height": 0} == {**many, "height": 0}


def test_what_a_filter_leaves_changes_nothing_but_the_data() -> None:
    assert of_members("abcdefgh", 8) == of_members("b", 8)
    assert of_members("abcdefgh", 0)["height"] > of_members("b", 0)["height"]


@pytest.mark.parametrize("name", PAIRS)
def test_it_says_and_draws_what_the_standalone_chart_does(name: str) -> None:
    for drawn in PAIRS[name]:
        spec, data = drawn.live
        shown = {
            **spec,
            "data": {"name": SOURCE, "values": data.to_pylist()},
            "width": 640,
            "padding": 16,
            "autosize": "pad",
        }
        alone = {**drawn.standalone(640, "light"), "autosize": "pad"}
        assert texts(shown) == texts(alone)
        assert len(texts(shown)) > 3


@pytest.mark.parametrize("name", PAIRS)
def test_no_more_is_sent_than_is_drawn_and_each_mark_is_told_from_the_others(name: str) -> None:
    spec, data = PAIRS[name][0].live
    written = json.dumps(spec)
    assert all(re.search(rf"\b{column}\b", written) for column in data.column_names)
    assert FIELDS["period"] not in data.column_names
    marks = [(row[FIELDS["kind"]], row[PLACE]) for row in data.to_pylist() if row[FIELDS["kind"]] != "parameter"]
    assert len(set(marks)) == len(marks)


def test_a_tooltip_and_what_is_said_of_a_mark_are_of_the_same_texts() -> None:
    layers = trend(a_frame(LOW), a_kpi("Revenue", "money", True), WORDS, "light").spec["layer"]
    (hit,) = [layer["encoding"] for layer in layers if "tooltip" in layer["encoding"]]
    assert hit["tooltip"]["value"]["expr"].startswith('{" ": datum.c7, "Значение": datum.c8, "Изменение": datum.c11, ')
    assert hit["description"]["value"]["expr"].startswith('"" + datum.c7 + "; Значение: " + datum.c8 + ')


def texts(spec: dict[str, Any]) -> list[str]:
    """What is written in the picture, in the order it is drawn."""
    return re.findall(r"<text[^>]*>(.*?)</text>", vl_convert.vegalite_to_svg(json.dumps(spec)))
