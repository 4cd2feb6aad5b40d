"""Every chart in both languages and themes: valid, plain names, drawn by the renderer, the same height for any data."""

import itertools
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import jsonschema
import pytest
import vl_convert

from kpi.charts import (
    PALETTES,
    Drawn,
    Natural,
    Naturals,
    Overlay,
    Theme,
    breakdown,
    control,
    small_multiples,
    sparkline,
    trend,
)
from kpi.charts.drawn import FIELDS, Mark
from kpi.language import Language, language
from tests.unit.charts.frames import HIGHER, LOWER, OPEN, a_frame, a_kpi

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
WAVE = [4.0, 5.5, 6.2, None, 4.4, 3.0, 2.5, 4.9, 7.0, 6.6, 5.2, 4.1, 3.3]
SUMS = [900_000.0 + 20_000 * n for n in range(24)]
PEOPLE = ["Иван", "Мария Константинопольская-Задунайская", "Ольга", None]


def naturals(values: Sequence[float | None]) -> Naturals:
    """Limits of all periods but the running one, with a signal and a change of process."""
    firsts = a_frame(values)["period"].tolist()
    return {
        first: Natural(5, 2 + n / 10, 8, int(n > 5), "missed" if n == 8 else "", "far out" if n == 8 else "")
        for n, first in enumerate(firsts[:-1])
        if values[n] is not None
    }


CHARTS: dict[str, Callable[[Language, Theme], Drawn]] = {
    "line": lambda words, theme: trend(a_frame(WAVE), a_kpi(), words, theme),
    "bars": lambda words, theme: trend(
        a_frame(SUMS, bounds=HIGHER), a_kpi("Revenue", "money", True), words, theme
    ),
    "weeks": lambda words, theme: trend(a_frame(WAVE, freq="W"), a_kpi(), words, theme),
    "band": lambda words, theme: trend(
        a_frame(WAVE, bounds=LOWER.__class__(3, 5, 2, 6)), a_kpi(), words, theme
    ),
    "many": lambda words, theme: trend(a_frame(WAVE, PEOPLE), a_kpi(), words, theme, "Master"),
    "small": lambda words, theme: trend(a_frame(WAVE, list("abcdefghij")), a_kpi(), words, theme, "Master"),
    "breakdown": lambda words, theme: breakdown(a_frame(WAVE[-1:], PEOPLE), a_kpi(), "Master", words, theme),
    "negative": lambda words, theme: breakdown(
        a_frame([-3.0], list("abcdef"), OPEN), a_kpi("Profit", "money", True), "Master", words, theme
    ),
    "sparkline": lambda words, theme: sparkline(a_frame(WAVE), words, theme),
    "empty": lambda words, theme: trend(a_frame([None, None]), a_kpi(), words, theme),
    "limits": lambda words, theme: trend(
        a_frame(WAVE), a_kpi(), words, theme, overlay=Overlay(naturals=naturals(WAVE))
    ),
    "limits of bars": lambda words, theme: trend(
        a_frame(SUMS, bounds=HIGHER), a_kpi("Revenue", "money", True), words, theme,
        overlay=Overlay(naturals=naturals(SUMS)),
    ),
    "control": lambda words, theme: control(
        a_frame(WAVE), a_kpi(), words, theme, naturals(WAVE), {a_frame(WAVE)["period"][6]: "<b>Prices & more</b>" * 3}
    ),
    "control of nothing": lambda words, theme: control(a_frame([None, None]), a_kpi(), words, theme, {}, {}),
    "one": lambda words, theme: trend(a_frame([4.0]), a_kpi(), words, theme),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def our_font() -> None:
    vl_convert.register_font_directory(str(FONTS))


@pytest.mark.parametrize(("code", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn(name: str, code: str, theme: Theme) -> None:
    drawn = CHARTS[name](language(code), theme)
    spec = drawn.standalone(640, theme)
    assert json.loads(json.dumps(spec)) == spec
    picture = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert "NaN" not in picture
    assert "undefined" not in picture
    assert len(re.findall("<path|<text", picture)) > 1


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_valid_vega_lite(name: str) -> None:
    validator = vega_lite()
    for code, theme in itertools.product(("ru", "en"), PALETTES):
        validator.validate(CHARTS[name](language(code), theme).standalone(640, theme))


@cache
def vega_lite() -> Any:
    return jsonschema.Draft7Validator(alt.load_schema())


@pytest.mark.parametrize("name", ["line", "breakdown"])
def test_pictures_as_png(name: str) -> None:
    picture = vl_convert.vegalite_to_png(json.dumps(CHARTS[name](language("ru"), "light").standalone(350, "light")))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000


@pytest.mark.parametrize("name", CHARTS)
def test_fields_have_neutral_names_only(name: str) -> None:
    drawn = CHARTS[name](language("ru"), "light")
    assert all(re.fullmatch(r"c\d+", column) for column in drawn.frame.column_names)
    assert set(_values(drawn.spec, "field")) <= set(drawn.frame.column_names)
    assert list(FIELDS) == list(Mark.__dataclass_fields__)


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_person_is_in_the_specification(name: str) -> None:
    said = json.dumps(CHARTS[name](language("ru"), "light").spec, ensure_ascii=False)
    assert not [person for person in PEOPLE if person and person in said]


def test_dates_are_timestamps() -> None:
    assert str(CHARTS["line"](language("ru"), "light").frame.schema.field(FIELDS["period"]).type).startswith(
        "timestamp"
    )


def test_the_template_is_built_once() -> None:
    first, second = (CHARTS["line"](language("en"), "light") for _ in range(2))
    assert first.spec == second.spec
    assert first.spec is not second.spec
    first.spec["title"]["text"].append("changed")
    assert CHARTS["line"](language("en"), "light").spec == second.spec


def test_a_row_of_charts_has_one_height() -> None:
    words = language("ru")
    assert (
        len({CHARTS[name](words, "light").height for name in ("line", "bars", "weeks", "band", "many", "empty")}) == 1
    )


def test_the_running_period_is_hollow_and_dashed() -> None:
    kinds = _kinds(CHARTS["line"](language("ru"), "light"))
    assert kinds.count("hollow") == 1
    assert kinds.count("running") == 2
    bars = _kinds(CHARTS["bars"](language("ru"), "light"))
    assert bars.count("hollow") == 1
    assert bars.count("bar") == 23


def test_bars_begin_at_zero() -> None:
    drawn = CHARTS["bars"](language("ru"), "light")
    assert _param(drawn, "y_low") == 0
    assert {row["c4"] for row in drawn.frame.to_pylist() if row["c0"] == "bar"} == {0}


def test_the_target_is_named_at_its_rule() -> None:
    labels = [row["c5"] for row in CHARTS["line"](language("ru"), "light").frame.to_pylist() if row["c0"] == "label"]
    assert "цель 5\u00a0%" in labels
    band = [row["c5"] for row in CHARTS["band"](language("ru"), "light").frame.to_pylist() if row["c0"] == "label"]
    assert {"цель 3\u00a0%", "цель 5\u00a0%"} <= set(band)


def test_a_target_that_changed_is_a_step() -> None:
    frame = a_frame(WAVE)
    frame.loc[frame.index[:6], "good_high"] = 4.0
    rows = [row for row in trend(frame, a_kpi(), language("ru"), "light").frame.to_pylist() if row["c0"] == "target"]
    assert [(row["c1"], row["c3"]) for row in rows] == [(0, 4), (6, 4), (6, 5), (13, 5)]


def test_tooltips_say_value_target_count_and_change() -> None:
    rows = CHARTS["line"](language("ru"), "light").frame.to_pylist()
    hit = next(row for row in rows if row["c0"] == "hit")
    said = (hit["c7"], hit["c8"], hit["c9"], hit["c10"], hit["c11"])
    assert said == ("ноябрь 2025", "4\u00a0%", "не больше 5\u00a0%", "120", "без изменений")
    assert [row["c7"] for row in rows if row["c0"] == "hit"][-1] == "ноябрь 2026, ещё идёт"


def test_labels_keep_their_distance() -> None:
    drawn = trend(a_frame([5.0] * 13, ["a", "b", "c"]), a_kpi(), language("ru"), "light", "Master")
    heights = sorted(row["c3"] for row in drawn.frame.to_pylist() if row["c0"] == "label")
    assert len(heights) == 5
    assert min(b - a for a, b in itertools.pairwise(heights)) > 0.2


def test_more_than_six_series_become_small_multiples() -> None:
    words = language("ru")
    frame = a_frame(WAVE, list("abcdefg"))
    assert trend(frame, a_kpi(), words, "light").spec == small_multiples(frame, a_kpi(), words, "light").spec
    assert "line" in _kinds(trend(a_frame(WAVE, list("abcdef")), a_kpi(), words, "light"))


def test_bars_are_sorted_by_value_with_the_unknown_last() -> None:
    drawn = breakdown(a_frame([3.0], ["low", None, "mid", "high"]), a_kpi(), "Master", language("ru"), "light")
    assert drawn.members == ("high", "mid", "low", None)
    names = [row for row in drawn.frame.to_pylist() if row["c0"] == "name"]
    assert (names[-1]["c5"], names[-1]["c6"]) == ("не указано", "muted")


def test_of_many_members_the_two_ends_and_what_lies_between() -> None:
    members = [f"m{n:02}" for n in range(26)]
    drawn = breakdown(a_frame([3.0], [*members, None]), a_kpi(), "Master", language("ru"), "light")
    assert drawn.members == (*reversed(members[16:]), None, *reversed(members[:10]), None)
    rest = next(row["c5"] for row in drawn.frame.to_pylist() if row["c0"] == "rest")
    assert rest == "ещё 6: от 13\u00a0% до 18\u00a0%"
    assert drawn.spec["title"]["subtitle"][-1] == "10 наибольших и 10 наименьших из 26"


def test_in_their_own_order_the_first_twenty() -> None:
    members = [f"{n:02}" for n in range(26)]
    drawn = breakdown(a_frame([3.0], members), a_kpi(), "Hour", language("ru"), "light", ordered=True)
    assert drawn.members == tuple(members[:20])
    assert drawn.spec["title"]["subtitle"][-1] == "и ещё 6"


def test_weekdays_keep_their_order_and_have_names() -> None:
    words = language("ru")
    drawn = breakdown(
        a_frame([3.0], list("1234567")), a_kpi(), "Weekday", words, "light", names=words.weekday, ordered=True
    )
    assert next(row["c5"] for row in drawn.frame.to_pylist() if row["c0"] == "name") == "понедельник"


def test_a_picked_bar_is_a_member() -> None:
    drawn = breakdown(a_frame([3.0], ["a", "b"]), a_kpi(), "Master", language("ru"), "light")
    assert drawn.picked({"picked": [{"c12": "m1"}]}) == ("a",)
    assert drawn.picked({"picked": []}) is None
    assert drawn.picked({}) is None


def _kinds(drawn: Drawn) -> list[str]:
    return [str(kind) for kind in drawn.frame.column("c0").to_pylist()]


def _param(drawn: Drawn, name: str) -> Any:
    return next(param["value"] for param in drawn.spec["params"] if param["name"] == name)


def _values(spec: Any, key: str) -> list[str]:
    if isinstance(spec, dict):
        own = [spec[key]] if isinstance(spec.get(key), str) else []
        return own + [found for part in spec.values() for found in _values(part, key)]
    return [found for part in spec for found in _values(part, key)] if isinstance(spec, list) else []
