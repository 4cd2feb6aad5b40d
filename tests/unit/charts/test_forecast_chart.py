"""The chart of a running period: drawn for any course, without NaN, in both languages and themes."""

import json
from datetime import date, timedelta

import pytest
import vl_convert

from kpi.charts import Theme
from kpi.charts.forecast import HEIGHT, Line, Running, forecast_chart
from kpi.language import language
from tests.unit.charts.frames import a_kpi

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
DAYS = [SINCE + timedelta(days=n) for n in range(30)]


def a_sum(passed: int) -> Running:
    known = tuple((day, 10.0 * (n + 1)) for n, day in enumerate(DAYS[:passed]))
    rest = tuple((day, 10.0 * (n + 1)) for n, day in enumerate(DAYS) if n >= passed - 1)
    lines = [Line("plan", tuple((day, 11.0 * (n + 1)) for n, day in enumerate(DAYS)), "target 330")]
    lines += [Line("fact", known, ""), Line("expected", rest, "300")]
    return Running(
        SINCE, UNTIL, tuple(line for line in lines if line.points), tuple((d, v - 5, v + 5) for d, v in rest)
    )


COURSES = {
    "running": a_sum(10),
    "begun": a_sum(0),
    "value": Running(SINCE, UNTIL, (Line("fact", ((DAYS[3], 4.0),), ""), Line("expected", ((UNTIL, 5.0),), "5 %")), ()),
}


@pytest.mark.parametrize(("code", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", COURSES)
def test_it_is_drawn(name: str, code: str, theme: Theme) -> None:
    drawn = forecast_chart(COURSES[name], a_kpi(additive=name != "value"), language(code), theme)
    picture = vl_convert.vegalite_to_svg(json.dumps(drawn.standalone(640, theme), allow_nan=False))
    assert "NaN" not in picture
    assert "undefined" not in picture
    assert drawn.height == HEIGHT


def test_only_the_data_change() -> None:
    kpi, words = a_kpi("Revenue", "money", True), language("ru")
    first, second = (forecast_chart(COURSES[name], kpi, words, "light").live for name in ("running", "begun"))
    assert json.dumps(first[0]) == json.dumps(second[0])
    assert first[1] != second[1]


def test_a_day_says_what_was_known_what_is_expected_and_within_what() -> None:
    rows = forecast_chart(COURSES["running"], a_kpi("Jobs", "count", True), language("en"), "light").frame.to_pylist()
    hits = [row for row in rows if row["c0"] == "hit"]
    assert len(hits) == 30
    texts = [[cell for cell in row.values() if isinstance(cell, str)] for row in hits]
    assert "50" in texts[4]
    assert "1\u00a0Nov\u00a02026" in texts[0]
    assert any("expected" in cell for cell in texts[20])
    assert any("205" in cell and "215" in cell for cell in texts[20])
