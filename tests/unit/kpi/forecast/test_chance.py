"""The chance of meeting a target."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from kpi.forecast import Forecast, chance_of_meeting, forecast_sum
from kpi.forecast.model import Course, Span
from kpi.model import Bounds
from tests.unit.kpi.forecast.simulated import ahead, series, visits

RUNNING = Forecast(
    Span(date(2026, 11, 1), date(2026, 11, 30)), date(2026, 11, 10), 30.0, 100.0, 80.0, 120.0, 90.0, "weekdays",
    (80.0, 90.0, 110.0, 120.0), 30.0, False, (), Course((), (), (), (), (), ()), None,
)  # fmt: skip
OVER = replace(RUNNING, now=date(2026, 11, 30), fact=100.0, outcomes=(100.0,), least=100.0)


def test_by_hand() -> None:
    # (k + ½) ÷ (n + 1) of four outcomes: three are at least 85, two lie between 85 and 115.
    assert chance_of_meeting(RUNNING, Bounds(good_low=85)) == pytest.approx(0.7)
    assert chance_of_meeting(RUNNING, Bounds(good_high=85)) == pytest.approx(0.3)
    assert chance_of_meeting(RUNNING, Bounds(good_low=85, good_high=115)) == pytest.approx(0.5)
    assert chance_of_meeting(RUNNING, Bounds(good_low=80)) == pytest.approx(0.9)
    assert chance_of_meeting(RUNNING, Bounds()) == 1.0


def test_what_has_happened_is_certain_and_what_has_not_is_never() -> None:
    assert chance_of_meeting(RUNNING, Bounds(good_low=30)) == 1.0
    assert chance_of_meeting(RUNNING, Bounds(good_high=29)) == 0.0
    assert 0 < chance_of_meeting(RUNNING, Bounds(good_low=1000)) < 1
    assert chance_of_meeting(OVER, Bounds(good_low=100)) == 1.0
    assert chance_of_meeting(OVER, Bounds(good_low=101)) == 0.0
    assert chance_of_meeting(OVER, Bounds(good_high=100)) == 1.0
    assert chance_of_meeting(OVER, Bounds(good_high=99)) == 0.0


@pytest.mark.slow
def test_chances_come_true() -> None:
    """Of businesses told 60–90 % for a target, about as many meet it."""
    told, met = [], 0
    for seed in range(150):
        values = visits(seed, 430)
        days = series(values[:410])
        found = forecast_sum(days, ahead(days, 10, 20), "total")
        assert found is not None
        told.append(chance_of_meeting(found, Bounds(good_low=590.0)))
        met += values[400:].sum() >= 590
    assert abs(np.mean(told) - met / 150) < 0.1
