"""What is drawn besides the values: what a chart stands beside, the chosen period, events, and nothing unasked."""

import json

import pandas as pd
import pytest

from kpi.charts import Compared, Drawn, Flag, Overlay, breakdown, small_multiples, trend
from kpi.charts.drawn import FIELDS
from kpi.language import language
from tests.unit.charts.frames import a_frame, a_kpi

WORDS = language("ru")
MONTHS = pd.period_range(end="2026-11", periods=13, freq="M")
WAVE = [4.0, 5.5, 6.2, None, 4.4, 3.0, 2.5, 4.9, 7.0, 6.6, 5.2, 4.1, 3.3]
YEAR_AGO = Compared("год назад", {month.start_time: 5.0 + n for n, month in enumerate(MONTHS) if n not in (4, 6)})


def rows(drawn: Drawn, kind: str) -> list[dict[str, object]]:
    return [row for row in drawn.frame.to_pylist() if row["c0"] == kind]


def a_trend(overlay: Overlay, additive: bool = False) -> Drawn:
    return trend(a_frame(WAVE), a_kpi(additive=additive), WORDS, "light", overlay=overlay)


def test_nothing_is_added_where_nothing_is_asked() -> None:
    assert a_trend(Overlay()).spec == trend(a_frame(WAVE), a_kpi(), WORDS, "light").spec
    assert not {"compared", "chosen", "flag"} & set(a_trend(Overlay()).frame.column("c0").to_pylist())


def test_neighbours_are_a_line_and_a_lone_value_is_a_dash_as_long_as_its_period() -> None:
    marks = rows(a_trend(Overlay(YEAR_AGO)), "compared")
    runs = {key: [mark for mark in marks if mark["c12"] == key] for key in dict.fromkeys(m["c12"] for m in marks)}
    assert [len(run) for run in runs.values()] == [4, 2, 6]
    lone = list(runs.values())[1]
    assert [mark["c1"] for mark in lone] == [5.1, 5.9]
    assert {mark["c3"] for mark in lone} == {10.0}


@pytest.mark.parametrize("additive", [False, True])
def test_it_is_named_at_its_end_and_told_with_its_value(additive: bool) -> None:
    drawn = a_trend(Overlay(YEAR_AGO), additive)
    assert "год назад" in [row["c5"] for row in rows(drawn, "label")]
    first = rows(drawn, "hit")[0]
    assert first["c11"] == "−1 п.п. (год назад: 5 %)".replace(" ", "\u00a0").replace("\u00a0(", " (").replace(
        "год\u00a0назад:\u00a05", "год назад: 5"
    )


def test_the_axis_holds_what_stands_beside() -> None:
    drawn = a_trend(Overlay(Compared("x", {MONTHS[0].start_time: 60.0})))
    assert next(param["value"] for param in drawn.spec["params"] if param["name"] == "y_high") >= 60


def test_the_chosen_period_is_shaded() -> None:
    shade = rows(a_trend(Overlay(chosen=(MONTHS[3].start_time, MONTHS[4].end_time))), "chosen")
    assert [(row["c1"], row["c2"]) for row in shade] == [(3, 5)]


def test_flags_stand_in_their_period_and_tell_what_happened() -> None:
    flags = (Flag(MONTHS[2].start_time, ("promotion",), "5 окт.: скидка"), Flag(pd.Timestamp("2030-01-01"), (), "x"))
    found = rows(a_trend(Overlay(flags=flags)), "flag")
    assert [(row["c1"], row["c7"], row["c8"]) for row in found] == [(2.5, "январь 2026", "5 окт.: скидка")]


def test_with_an_overlay_too_only_the_data_change() -> None:
    one, other = (
        a_trend(Overlay(Compared(name, {MONTHS[n].start_time: 4.0}))).live[0] for name, n in (("a", 1), ("b", 5))
    )
    assert json.dumps(one) == json.dumps(other)


def test_a_click_on_a_period_is_its_first_day() -> None:
    drawn = a_trend(Overlay())
    assert drawn.period({"picked": [{FIELDS["x"]: 2}]}) == pd.Timestamp("2026-01-01")
    assert drawn.period({"picked": []}) is None
    assert drawn.period({"picked": [{FIELDS["x"]: 99}]}) is None


def test_bars_stand_beside_dashes_and_the_chosen_one_stands_out() -> None:
    frame = a_frame([4.0], ["a", "b", None])
    compared = Compared("год назад", {"a": 9.0, None: 1.0})
    drawn = breakdown(frame, a_kpi(), "Мастер", WORDS, "light", compared=compared, chosen=("a",))
    assert {row["c1"] for row in rows(drawn, "compared")} == {9.0, 1.0}
    assert [row["c6"] for row in rows(drawn, "bar")] == ["quiet", "bar", "quiet"]  # b, a, not filled in
    assert drawn.spec["title"]["subtitle"][-1] == "чёрточка: год назад"


def test_small_charts_on_their_own_scales_say_from_where_to_where() -> None:
    frame = a_frame(WAVE, ["a", "b", "c"])
    shared, own = (small_multiples(frame, a_kpi(), WORDS, "light", own_scales=own) for own in (False, True))
    assert len(rows(shared, "low")) == 1
    assert len(rows(own, "high")) == 3
    assert own.spec["title"]["subtitle"][-1] == "у каждого своя шкала"
    assert shared.height == own.height


def test_a_long_name_takes_two_lines_and_makes_room() -> None:
    short, long = (
        small_multiples(a_frame(WAVE, [name, "b"]), a_kpi(), WORDS, "light")
        for name in ("a", "Мария Константинопольская")
    )
    assert "Мария\nКонстантинопольская" in [row["c5"] for row in rows(long, "name")]
    assert long.height > short.height


def test_events_are_hairlines_in_every_small_chart() -> None:
    flags = (Flag(MONTHS[2].start_time, ("price",), "x"),)
    drawn = small_multiples(a_frame(WAVE, ["a", "b"]), a_kpi(), WORDS, "light", flags=flags)
    assert len(rows(drawn, "event")) == 2


def test_the_shared_scale_is_that_of_the_members_not_of_their_sum() -> None:
    frame = a_frame([100.0, 110.0], ["a", "b"])
    frame.loc[frame["is_total"], "value"] = 90_000.0
    drawn = small_multiples(frame, a_kpi("Revenue", "money", True), WORDS, "light")
    assert rows(drawn, "high")[0]["c5"] in ("120\u00a0₽", "125\u00a0₽", "150\u00a0₽")
