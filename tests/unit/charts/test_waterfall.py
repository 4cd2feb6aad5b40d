"""Bars of a waterfall are as long as their parts and begin where the one above ended."""

import json

import pytest
import vl_convert

from kpi.catalogue import catalogue
from kpi.charts import Ends, Step, waterfall
from kpi.charts.drawn import FIELDS
from kpi.language import language
from kpi.model import Bounds

STEPS = [
    Step("Ремонт <b>техники</b>", 3.2, "+3,2 п.п.", "5,4 % → 16,6 %", member=("Ремонт",)),
    Step("Барбершоп", -0.5, "−0,5 п.п.", is_chance=True, member=(None,)),
    Step("ещё 3", 0.3, "+0,3 п.п.", is_chance=True),
]
ENDS = Ends(2.9, 5.9, ("февраль 2026", "март 2026"), Bounds(good_high=3.0))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ru", "en"])
def test_bars_follow_each_other(theme: str, code: str) -> None:
    drawn = waterfall(STEPS, ENDS, catalogue().get("rework_rate"), "Rework", language(code), theme)  # type: ignore[arg-type]
    rows = drawn.frame.to_pylist()
    bars = [row for row in rows if row[FIELDS["kind"]] == "bar"]
    steps = [row for row in bars if row[FIELDS["series"]].startswith("m")]
    assert [row[FIELDS["x2"]] - row[FIELDS["x"]] for row in steps] == pytest.approx([3.2, -0.5, 0.3])
    ends = [row for row in bars if row[FIELDS["series"]] == "end"]
    assert [(row[FIELDS["x"]] + row[FIELDS["x2"]]) / 2 for row in ends] == pytest.approx([0.0, 3.0])
    assert [row[FIELDS["x"]] for row in steps] == pytest.approx([0.0, 3.2, 2.7])
    assert [row[FIELDS["state"]] for row in steps] == ["missed", "quiet", "quiet"]
    assert [row[FIELDS["x"]] for row in rows if row[FIELDS["kind"]] == "target"] == pytest.approx([0.1])
    assert drawn.members == ("Ремонт", None, None)


def test_it_can_be_printed() -> None:
    drawn = waterfall(STEPS, ENDS, catalogue().get("rework_rate"), "Rework", language("ru"), "light", "серым — случай")
    assert "</svg>" in vl_convert.vegalite_to_svg(json.dumps(drawn.standalone(640, "light")))


def test_a_target_far_away_is_told_but_not_drawn() -> None:
    far = Ends(2.9, 5.9, ("a", "b"), Bounds(good_high=80.0))
    drawn = waterfall(STEPS, far, catalogue().get("rework_rate"), "Rework", language("en"), "light")
    assert not [row for row in drawn.frame.to_pylist() if row[FIELDS["kind"]] == "target"]
    assert "80" in str(drawn.spec["title"]["subtitle"])


def test_nothing_moved() -> None:
    still = Ends(5.0, 5.0, ("a", "b"), Bounds())
    drawn = waterfall([], still, catalogue().get("revenue"), "Revenue", language("en"), "light")
    assert drawn.height > 0
