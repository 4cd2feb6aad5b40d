"""The forecast of a value that is no sum."""

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from kpi.compile.windows import step
from kpi.forecast.model import SHARE, Forecast, Span
from kpi.forecast.values import VALUE_METHODS, Part, PastValue, forecast_value

NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
NOW = date(2026, 11, 15)


def past(wholes: Sequence[tuple[float, float, float, float]], share: float = 0.5) -> list[PastValue]:
    """(value and rows so far, value and rows at the end) of the months before November, the latest first."""
    made = []
    for n, (begun, rows, whole, rows_whole) in enumerate(wholes):
        since = step(NOVEMBER.since, "month", -n - 1)
        span = Span(since, step(since, "month", 1) - timedelta(days=1))
        day = since + timedelta(days=round(share * span.days) - 1)
        made.append(PastValue(span, share, day, Part(begun, rows), Part(whole, rows_whole)))
    return made


def test_the_ways_by_hand() -> None:
    earlier = past([(8.0, 50, 10.0, 100), (12.0, 60, 10.0, 100), (9.0, 40, 13.0, 200)])
    begun = Part(4.0, 50)
    usual = (10 * 100 + 10 * 100 + 13 * 200) / 400
    assert VALUE_METHODS["so_far"](begun, earlier) == 4.0
    assert VALUE_METHODS["usual"](begun, earlier) == pytest.approx(usual)
    assert VALUE_METHODS["mixed"](begun, earlier) == pytest.approx(0.5 * 4.0 + 0.5 * usual)  # median of .5 .6 .2
    assert VALUE_METHODS["grown"](begun, earlier) == pytest.approx(4.0 * 1.25)  # median of 1.25 .833 1.444


def test_a_share_returns_to_what_is_usual() -> None:
    missed, pace_missed = 0.0, 0.0
    for seed in range(60):
        found = share_of_a_business(seed, rate=0.08)
        missed += abs(found.expected - truth(seed, 0.08))
        pace_missed += abs(found.pace - truth(seed, 0.08))
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low < found.expected < found.high <= 100
        assert found.course.days == (NOVEMBER.until,)
    assert missed < 0.9 * pace_missed


def test_what_piles_up_per_head_grows_on() -> None:
    months = [(10.0 + n % 3, 30, 20.0 + 2 * (n % 3), 60) for n in range(10)]
    found = forecast_value(Part(11.0, 30), past(months), NOVEMBER, NOW)
    assert found is not None
    assert (found.method, found.expected) == ("grown", 22.0)


def test_a_new_business_gets_its_value_and_no_interval() -> None:
    found = forecast_value(Part(7.0, 12), past([(6.0, 10, 8.0, 20)]), NOVEMBER, NOW)
    assert found is not None
    assert (found.expected, found.low, found.high, found.is_rough, found.outcomes) == (7.0, None, None, True, ())
    assert forecast_value(Part(math.nan, 0), [], NOVEMBER, NOW) is None


def test_a_period_that_is_over_or_has_not_begun() -> None:
    over = forecast_value(Part(7.0, 12), past([(6.0, 10, 8.0, 20)] * 9), NOVEMBER, NOVEMBER.until)
    assert over is not None
    assert (over.expected, over.low, over.high, over.outcomes) == (7.0, 7.0, 7.0, (7.0,))
    none = [(math.nan, 0.0, 8.0 + n, 20.0) for n in range(8)]
    begun = forecast_value(Part(math.nan, 0), past(none, 0.0), NOVEMBER, date(2026, 10, 31))
    assert begun is not None
    assert begun.method == "usual"
    assert begun.expected == pytest.approx(sum(8.0 + n for n in range(6)) / 6)


def test_a_past_period_is_not_told_by_one_that_was_not_over_then() -> None:
    stretches = [
        PastValue(Span(NOVEMBER.since - timedelta(weeks=n), NOVEMBER.until - timedelta(weeks=n)), 0.5,
                  NOW - timedelta(weeks=n), Part(float(n), 5), Part(float(n), 9))
        for n in range(3, 9)
    ]  # fmt: skip
    found = forecast_value(Part(1.0, 5), stretches, NOVEMBER, NOW)
    assert found is not None
    assert found.method == "so_far"  # no try had two earlier stretches that were over


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_the_interval_holds_what_it_promises(rate: float) -> None:
    inside, tries = 0, 300
    for seed in range(tries):
        found = share_of_a_business(seed, rate)
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= truth(seed, rate) <= found.high
    assert SHARE - 0.06 <= inside / tries <= SHARE + 0.14


def share_of_a_business(seed: int, rate: float) -> Forecast:
    """Twelve months of 60 rows a half, each a share of its own rate."""
    halves = 100 * np.random.default_rng(seed).binomial(60, rate, (13, 2)) / 60
    months = [(float(a), 60.0, float((a + b) / 2), 120.0) for a, b in halves[1:]]
    found = forecast_value(Part(float(halves[0][0]), 60), past(months), NOVEMBER, NOW, 100.0)
    assert found is not None
    return found


def truth(seed: int, rate: float) -> float:
    """What that business's November came to."""
    halves = 100 * np.random.default_rng(seed).binomial(60, rate, (13, 2)) / 60
    return float(halves[0].mean())
