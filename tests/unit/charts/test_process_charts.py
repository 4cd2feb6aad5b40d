"""The pictures of a process: valid, drawn for any log in both languages and themes, and live as they are standalone."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import altair as alt
import jsonschema
import pytest
import vl_convert

from kpi.charts import Drawn, Theme
from kpi.charts.drawn import FIELDS, SOURCE
from kpi.charts.process_map import process_map
from kpi.charts.process_time import Dot, Named, Rule, Week, dots, histogram, weeks
from kpi.language import Language, language
from tests.unit.charts.test_flow import a_map

START = datetime(2026, 8, 3, 9)
NAMED = Named("Сколько длятся дела", "часы от первого момента до последнего, и ещё слова, чтобы строк было две")
TERM = [Rule(12.5, "половина — до 12,5 ч"), Rule(30, "срок 30 ч", is_target=True), Rule(9000, "далеко")]
EDGES = [n * 2.5 for n in range(21)]
Chart = Callable[[Language, Theme], Drawn]


def week(n: int) -> Week:
    return Week(START + timedelta(weeks=n), float("nan") if n == 3 else 20.0 + n, n, n != 13)


def dot(n: int) -> Dot:
    return Dot(START + timedelta(hours=7 * n), n // 4, ("bar", "missed", "accent")[n % 3], f"№ {n} · <шаг>")


CHARTS: dict[str, Chart] = {
    "map": lambda w, t: process_map(*a_map(["Заявка", "Выезд <b>", "Оплата"]), "Как идут дела", "пояснение", w, t),
    "map of one": lambda w, t: process_map(a_map(["a"])[0], a_map(["a"])[1][:1], "", "", w, t),
    "times": lambda w, t: histogram(EDGES, [[n % 7 for n in range(20)]], TERM, NAMED, w, t),
    "before and after": lambda w, t: histogram(EDGES, [[n % 7 for n in range(20)], [3] * 20], TERM, NAMED, w, t),
    "nothing takes time": lambda w, t: histogram([0.0, 1.0], [[5]], [Rule(0.0, "половина")], NAMED, w, t),
    "weeks": lambda w, t: weeks([week(n) for n in range(14)], TERM[:2], NAMED, w, t),
    "one week": lambda w, t: weeks([week(1)], [], NAMED, w, t),
    "dots": lambda w, t: dots([dot(n) for n in range(200)], 50, NAMED, w, t),
    "one dot": lambda w, t: dots([dot(0)], 1, NAMED, w, t),
}


@pytest.fixture(scope="module")
def vega_lite() -> Any:
    return jsonschema.Draft7Validator(alt.load_schema())


@pytest.mark.parametrize(("code", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", CHARTS)
def test_drawn(name: str, code: str, theme: Theme, vega_lite: Any) -> None:
    drawn = CHARTS[name](language(code), theme)
    spec = drawn.standalone(640, theme)
    vega_lite.validate(spec)
    picture = vl_convert.vegalite_to_svg(json.dumps(spec, allow_nan=False))
    assert not re.search("NaN|undefined|Infinity", picture)
    assert set(fields(drawn.spec)) <= set(drawn.frame.column_names)
    assert "Выезд" not in json.dumps(drawn.spec, ensure_ascii=False)


@pytest.mark.parametrize("name", ["map", "before and after", "weeks", "dots"])
def test_live_as_standalone(name: str) -> None:
    drawn = CHARTS[name](language("ru"), "light")
    spec, data = drawn.live
    rows = [{**row, FIELDS["period"]: None} for row in data.to_pylist()]
    shown = {**spec, "data": {"name": SOURCE, "values": rows}, "width": 640, "padding": 16, "autosize": "pad"}
    alone = {**drawn.standalone(640, "light"), "autosize": "pad"}
    assert texts(shown) == texts(alone)
    assert len(texts(alone)) > 3


def test_bars_begin_at_zero_and_hold_every_case() -> None:
    drawn = CHARTS["before and after"](language("ru"), "light")
    bars = [row for row in drawn.frame.to_pylist() if row[FIELDS["kind"]] == "bar"]
    assert {row[FIELDS["y"]] for row in bars} == {0}
    assert sum(row[FIELDS["y2"]] for row in bars) == sum(n % 7 for n in range(20)) + 60
    assert sorted(bars, key=lambda row: row[FIELDS["x"]])[0][FIELDS["state"]] == "quiet"


def test_a_rule_beyond_the_picture_is_left_out() -> None:
    written = texts(CHARTS["times"](language("ru"), "light").standalone(640, "light"))
    assert "срок 30 ч" in written
    assert "далеко" not in written


def fields(spec: Any) -> list[str]:
    if isinstance(spec, dict):
        own = [spec["field"]] if isinstance(spec.get("field"), str) else []
        return own + [found for part in spec.values() for found in fields(part)]
    return [found for part in spec for found in fields(part)] if isinstance(spec, list) else []


def texts(spec: dict[str, Any]) -> list[str]:
    return re.findall(r"<text[^>]*>(.*?)</text>", vl_convert.vegalite_to_svg(json.dumps(spec)))
