"""The forecast of a sum, against hands and against businesses whose truth is known."""

import math
from datetime import date

import numpy as np
import pytest

from kpi.forecast import Days, Span, forecast_sum
from kpi.forecast.daily import METHODS
from kpi.forecast.model import SHARE
from tests.unit.kpi.forecast.simulated import MONDAY, WEEK, ahead, series, visits


def test_what_repeats_every_week_is_known_exactly() -> None:
    days = series(np.tile([1, 2, 3, 4, 5, 6, 0], 20))
    found = forecast_sum(days, ahead(days, 10, 9), "total")
    assert found is not None
    assert found.fact == 5 + 6 + 0 + 21
    assert found.expected == found.low == found.high == found.fact + 21 + 1 + 2
    assert found.method != "pace"
    assert found.past is not None
    assert found.past.error == 0 < found.past.pace_error
    assert found.pace == pytest.approx(found.fact / 10 * 19)


def test_a_business_without_weekdays_keeps_the_pace_or_what_is_as_good() -> None:
    days = series(np.full(120, 5.0))
    found = forecast_sum(days, ahead(days, 12, 18), "total")
    assert found is not None
    assert (found.method, found.expected, found.fact) == ("pace", 150.0, 60.0)


def test_a_week_of_data_gives_a_rough_pace_and_less_gives_nothing() -> None:
    few = series([4.0, 6, 5, 7, 3, 5, 5])
    found = forecast_sum(few, Span(MONDAY, date(2025, 1, 19)), "total")
    assert found is not None
    assert (found.method, found.is_rough, found.past) == ("pace", True, None)
    assert found.expected == pytest.approx(70)
    assert found.low is not None
    assert found.high is not None
    spread = np.std([4.0, 6, 5, 7, 3, 5, 5], ddof=1) * math.sqrt(7 + 49 / 7)
    assert (found.high - found.low) / 2 == pytest.approx(1.2815515655 * spread)
    assert forecast_sum(series([1.0] * 6), ahead(few, 6, 3), "total") is None


def test_a_period_that_has_just_begun_is_forecast_from_before() -> None:
    days = series(np.tile(WEEK * 20, 20))
    found = forecast_sum(days, Span(date.fromordinal(days.now.toordinal() + 1), date(2025, 6, 22)), "total")
    assert found is not None
    assert found.fact == 0
    assert math.isnan(found.pace)
    assert found.expected == pytest.approx(20 * np.resize(WEEK, found.span.days).sum())
    assert found.due is None


def test_a_period_that_is_over_is_what_it_was() -> None:
    days = series(visits(1, 200))
    found = forecast_sum(days, ahead(days, 30, 0), "total")
    assert found is not None
    assert (found.expected, found.low, found.high) == (found.fact, found.fact, found.fact)
    assert found.outcomes == (found.fact,)
    assert found.is_over
    assert found.course.days == ()


def test_closed_days_and_a_single_large_day_do_not_spoil_it() -> None:
    week = np.array([40.0, 44, 42, 46, 50, 0, 0])
    values = np.random.default_rng(2).poisson(np.tile(week, 30)).astype(float)
    usual = forecast_sum(series(values), ahead(series(values), 14, 16), "total")
    values[-10] += 2000  # a Friday
    found = forecast_sum(series(values), ahead(series(values), 14, 16), "total")
    assert usual is not None
    assert found is not None
    assert found.fact == usual.fact + 2000
    assert found.expected - found.fact == pytest.approx(2 * 222 + 40 + 44, rel=0.1)
    assert found.pace > 4000


def test_days_with_nothing_at_all() -> None:
    found = forecast_sum(series(np.zeros(200)), ahead(series(np.zeros(200)), 10, 20), "total")
    assert found is not None
    assert (found.fact, found.expected, found.low, found.high) == (0, 0, 0, 0)
    assert found.plan[9] == pytest.approx(10 / 30)


def test_sums_that_only_grow_never_shrink_and_others_may() -> None:
    grows = series(visits(3, 300, level=1.0))
    found = forecast_sum(grows, ahead(grows, 15, 15), "total")
    assert found is not None
    assert found.low is not None
    assert found.low >= found.fact == found.least
    assert min(found.outcomes) >= found.fact
    profit = series(np.random.default_rng(3).normal(1, 30, 300))
    other = forecast_sum(profit, ahead(profit, 15, 15), "total")
    assert other is not None
    assert other.low is not None
    assert other.low < other.fact
    assert other.least == -math.inf


@pytest.mark.parametrize("name", list(METHODS))
def test_nothing_is_known_before_its_day(name: str) -> None:
    values = visits(5, 500)
    changed = values.copy()
    changed[450:] = 1e6
    expect = METHODS[name]  # type: ignore[index]  # the parameters are its keys
    before, after = expect(series(values), 450, 12, 18), expect(series(changed), 450, 12, 18)
    assert before is not None
    np.testing.assert_array_equal(before, after)


def test_last_year_tells_the_season() -> None:
    day = np.arange(730)
    days = series(100 * (1 + 0.5 * np.sin(2 * math.pi * day / 364)))
    found = METHODS["last_year"](days, 640, 0, 60)
    plain = METHODS["weekdays"](days, 640, 0, 60)
    assert found is not None
    assert plain is not None
    truth = days.values[640:700]
    assert np.abs(found - truth).mean() < 0.4 * np.abs(plain - truth).mean()


def test_the_rent_has_its_day() -> None:
    first = date(2025, 1, 1)
    values = [50_000.0 if date.fromordinal(first.toordinal() + n).day == 5 else 100.0 for n in range(365)]
    now = Days(first, np.array(values[:338]))  # until 4 December
    found = forecast_sum(now, Span(date(2025, 12, 1), date(2025, 12, 31)), "month")
    assert found is not None
    assert found.method == "month_days"
    assert found.expected == pytest.approx(50_000 + 30 * 100)


def test_where_one_should_be_follows_the_weekdays() -> None:
    days = series(np.tile([1.0, 1, 1, 1, 1, 5, 0], 20))
    found = forecast_sum(days, ahead(days, 5 + 7, 2), "total")  # 12 days: Wednesday to the Sunday after next
    assert found is not None
    whole = 1 + 1 + 1 + 5 + 0 + 10 + 2
    assert found.due == pytest.approx((whole - 2) / whole)
    assert found.plan[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("growth", "drift", "passed", "left", "tries"),
    [
        (0.1, 0.002, 10, 20, 25),
        *(
            pytest.param(*truth, 150, marks=pytest.mark.slow)
            for truth in [(0, 0, 10, 20), (0.3, 0, 3, 27), (0, 0.005, 15, 15), (0.2, 0.005, 25, 5), (0, 0, 40, 51)]
        ),
    ],
)
def test_the_interval_holds_what_it_promises(growth: float, drift: float, passed: int, left: int, tries: int) -> None:
    inside, error = 0, 2.5 * math.sqrt(SHARE * (1 - SHARE) / tries)
    for seed in range(tries):
        values = visits(seed, 500, growth=growth, drift=drift)
        days = series(values[: 500 - left])
        found = forecast_sum(days, ahead(days, passed, left), "total")
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        inside += found.low <= values[500 - left - passed :].sum() <= found.high
    assert SHARE - error <= inside / tries <= SHARE + error + 0.04  # few misses make it wider, never narrower
