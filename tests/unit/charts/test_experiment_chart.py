"""The charts of an experiment: drawn for any course, without NaN, with zero and what matters in sight."""

import json
from datetime import date, timedelta

import pytest
import vl_convert

from kpi.charts import Theme
from kpi.charts.experiment import HEIGHT, Day, Step, arms_chart, effect_chart
from kpi.language import language
from tests.unit.charts.frames import a_kpi

START = date(2026, 10, 1)
COURSES = {
    "narrowing": [Day(START + timedelta(days=n), 12 - n / 5, -900 / (n + 3), 3000 / (n + 1)) for n in range(40)],
    "one day": [Day(START, -3.0, -20.0, 15.0)],
    "far from zero": [Day(START + timedelta(days=n), 80.0, 60.0, 110.0) for n in range(3)],
}
STEPS = {
    "both": [
        Step(START + timedelta(days=7 * n), START + timedelta(days=7 * n + 6), 5 + n / 9, 6.0, n < 4) for n in range(9)
    ],
    "a gap": [Step(START, START, None, 4.0, True), Step(START, START, 3.0, None, False)],
    "no time before": [Step(START, START + timedelta(days=3), 0.0, 0.0, False)],
}


def drawn(spec: dict[str, object]) -> str:
    return str(vl_convert.vegalite_to_svg(json.dumps(spec, allow_nan=False)))


@pytest.mark.parametrize(("code", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", COURSES)
def test_the_effect_is_drawn(name: str, code: str, theme: Theme) -> None:
    chart = effect_chart(COURSES[name], (-9.1, 10.0), a_kpi(), language(code), theme)
    picture = drawn(chart.standalone(640, theme))
    assert "NaN" not in picture
    assert "undefined" not in picture
    assert chart.height == HEIGHT


@pytest.mark.parametrize("name", COURSES)
def test_zero_and_what_matters_are_in_sight_and_nothing_is_outside(name: str) -> None:
    chart = effect_chart(COURSES[name], (-9.1, 10.0), a_kpi(), language("en"), "light")
    low, high = (next(p["value"] for p in chart.spec["params"] if p["name"] == side) for side in ("y_low", "y_high"))
    assert low <= -9.1 < 0 < 10.0 <= high
    for row in chart.frame.to_pylist():
        if row["c0"] != "hit":
            assert all(low <= row[cell] <= high for cell in ("c3", "c4") if row[cell] is not None), row
    last = COURSES[name][-1]
    assert low <= last.low < last.high <= high  # the latest is never cut


@pytest.mark.parametrize(("code", "theme"), [("ru", "dark"), ("en", "light")])
@pytest.mark.parametrize("name", STEPS)
def test_the_arms_are_drawn(name: str, code: str, theme: Theme) -> None:
    chart = arms_chart(
        STEPS[name], ("as before", "new <b>titles"), a_kpi(), language(code), theme, a_day=name == "a gap"
    )
    picture = drawn(chart.standalone(640, theme))
    assert "NaN" not in picture
    assert "undefined" not in picture


def test_the_start_lies_between_before_and_since() -> None:
    chart = arms_chart(STEPS["both"], ("a", "b"), a_kpi(), language("en"), "light")
    assert [row["c1"] for row in chart.frame.to_pylist() if row["c0"] == "start"] == [4.0]


def test_only_the_data_change() -> None:
    first, second = (
        effect_chart(COURSES[name], (-5.0, 5.0), a_kpi(), language("ru"), "light").live
        for name in ("narrowing", "one day")
    )
    assert json.dumps(first[0]) == json.dumps(second[0])
