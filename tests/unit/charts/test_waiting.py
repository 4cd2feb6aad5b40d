"""Survival curves: steps where something was filled, ticks where a wait was broken off, names that stand apart."""

import json
import math
from itertools import pairwise

import pytest
import vl_convert

from kpi.charts import Drawn
from kpi.charts.waiting import Curve, waiting
from kpi.language import language

NAN = math.nan


def a_curve(name: str, *, is_total: bool = False, until: float = 40.0, broken: tuple[float, ...] = (12.0,)) -> Curve:
    steps = ((5.0, 75.0, 60.0, 90.0), (10.0, 50.0, 30.0, 70.0), (20.0, 0.0, NAN, NAN))
    return Curve(name, is_total, steps, broken, until, 15.0, 4)


def drawn(*curves: Curve, code: str = "ru") -> Drawn:
    return waiting(curves, "Ещё открытые места, 2026", language(code), "light")


def rows(chart: Drawn, kind: str) -> list[dict[str, object]]:
    return [row for row in chart.frame.to_pylist() if row["c0"] == kind]


def test_a_curve_begins_with_everybody_waiting_and_steps_down() -> None:
    chart = drawn(a_curve("Все", is_total=True))
    assert [(row["c1"], row["c3"]) for row in rows(chart, "whole")] == [
        (0, 100), (5, 75), (10, 50), (20, 0), (40, 0),
    ]  # fmt: skip


def test_a_wait_broken_off_is_a_tick_on_its_curve() -> None:
    chart = drawn(a_curve("Все", is_total=True, broken=(2.0, 12.0)))
    assert [(row["c1"], row["c3"]) for row in rows(chart, "tick")] == [(2, 100), (12, 50)]


def test_the_interval_is_of_the_whole_alone() -> None:
    chart = drawn(a_curve("Все", is_total=True), a_curve("Анна"))
    assert [(row["c1"], row["c3"], row["c4"]) for row in rows(chart, "band")] == [
        (0, 100, 100),
        (5, 60, 90),
        (10, 30, 70),
    ]


def test_members_have_dashes_of_their_own_and_names_apart() -> None:
    names = ["Анна", "Борис", "Вера", "Глеб", "Дина", "Ева"]
    chart = drawn(a_curve("Все", is_total=True), *(a_curve(name) for name in names))
    assert [bool(rows(chart, f"line{n}")) for n in range(5)] == [True] * 5
    labels = rows(chart, "label")
    assert len(labels) == 6  # the whole and the first five
    places = sorted(float(str(row["c3"])) for row in labels)
    assert all(above - below > 4 for below, above in pairwise(places))
    assert not [row for row in labels if "Ева" in str(row["c5"])]


def test_a_long_or_naughty_name_breaks_nothing() -> None:
    chart = drawn(a_curve("Все", is_total=True), a_curve("<b>datum['c0']\n" + "ы" * 60))
    label = str(rows(chart, "label")[1]["c5"])
    assert label.startswith("15\u00a0дн. · ")
    assert len(label) < 30
    assert "\n" not in label


def test_nothing_filled_is_a_flat_line() -> None:
    flat = Curve("All", True, (), (3.0, 9.0), 9.0, NAN, 2)
    chart = drawn(flat, code="en")
    assert [(row["c1"], row["c3"]) for row in rows(chart, "whole")] == [(0, 100), (9, 100)]
    assert rows(chart, "label")[0]["c5"] == "All"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ru", "en"])
def test_it_can_be_drawn(theme: str, code: str) -> None:
    chart = waiting([a_curve("All", is_total=True), a_curve("Ann")], "Places", language(code), theme)  # type: ignore[arg-type]
    assert vl_convert.vegalite_to_svg(json.dumps(chart.standalone(520, theme))).startswith("<svg")  # type: ignore[arg-type]
