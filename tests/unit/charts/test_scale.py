"""Axes, label places, wrapping."""

import itertools
from datetime import datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kpi.charts.scale import spread, value_scale
from kpi.charts.time_axis import labelled, time_axis
from kpi.charts.words import one_line, wrap
from kpi.language import language

SIZES = st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 6))


@given(st.lists(SIZES, min_size=1, max_size=30), st.booleans())
def test_a_scale_holds_everything(values: list[float], from_zero: bool) -> None:
    scale = value_scale(values, from_zero)
    air = 1e-9 * max(1.0, *map(abs, values))
    assert scale.low <= min(values) + air
    assert scale.high >= max(values) - air
    assert scale.low < scale.high
    assert not from_zero or scale.low <= 0 <= scale.high
    assert 2 <= len(scale.ticks) <= 8


@given(st.lists(st.floats(0, 100), max_size=7))
def test_spread_keeps_order_and_distance(places: list[float]) -> None:
    moved = spread(places, 10, 0, 100)
    order = sorted(range(len(places)), key=places.__getitem__)
    for a, b in itertools.pairwise(order):
        assert moved[b] - moved[a] >= 10 - 1e-9
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in moved)


def test_percentages_do_not_go_above_a_hundred() -> None:
    assert value_scale([97.0, 99.5, 100.0], False, ceiling=100).high == 100


@given(st.text(max_size=200), st.integers(5, 40), st.integers(1, 3))
def test_wrapping_loses_no_letter(text: str, width: int, lines: int) -> None:
    wrapped = wrap(one_line(text), width, lines)
    assert 1 <= len(wrapped) <= lines
    assert "".join(wrapped).replace(" ", "") == one_line(text).replace(" ", "")


def test_names_break_between_words_and_after_hyphens() -> None:
    assert wrap("Бригада Север выездная", 15, 2) == ["Бригада Север", "выездная"]
    assert wrap("Римская-Корсакова", 10, 2) == ["Римская-", "Корсакова"]


def test_at_most_seven_labels_at_any_length() -> None:
    for count in range(1, 130):
        months = [p.start_time.to_pydatetime() for p in pd.period_range("2020-03", periods=count, freq="M")]
        assert count == 1 or 0 < len(labelled(months, "month")) <= 7
        assert len(labelled(months, "day")) <= 5


def test_the_year_stands_below_its_first_label() -> None:
    months = [p.start_time.to_pydatetime() for p in pd.period_range("2024-12", periods=24, freq="M")]
    labels = time_axis(months, "month", language("ru"))["x_labels"]
    assert labels == ["янв.\n2025", "май", "сент.", "янв.\n2026", "май", "сент."]
    assert time_axis([datetime(2026, 10, 1)], "quarter", language("ru"))["x_labels"] == ["4 кв.\n2026"]
