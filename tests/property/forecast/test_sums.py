"""Whatever the days were, a forecast of a sum keeps its promises of form."""

import math
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.forecast import Days, Span, chance_of_meeting, forecast_sum
from kpi.model import Bounds

AMOUNTS = st.one_of(
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 2)),
    st.just(0.0),
    st.integers(0, 5).map(float),
)


@st.composite
def businesses(draw: st.DrawFn) -> tuple[Days, Span, float]:
    """Days of a business, a period around their end, and what the day after them has begun with."""
    week = draw(st.lists(AMOUNTS, min_size=7, max_size=7))
    length = draw(st.integers(7, 500))
    noise = np.random.default_rng(draw(st.integers(0, 2**32 - 1))).normal(
        1, draw(st.sampled_from([0.0, 0.3, 2.0])), length
    )
    values = np.resize(np.array(week), length) * (noise if min(week) < 0 else np.abs(noise))
    days = Days(date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 400))), values)
    since = days.now + timedelta(days=1 - draw(st.integers(0, min(length, 95))))
    until = days.now + timedelta(days=draw(st.integers(0, 120)))
    return days, Span(since, max(since, until)), draw(st.sampled_from([0.0, 3.0]))


@settings(max_examples=60, deadline=None)
@given(businesses(), AMOUNTS)
def test_form(business: tuple[Days, Span, float], target: float) -> None:
    days, span, begun = business
    found = forecast_sum(days, span, "total", begun)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert all(map(math.isfinite, (found.fact, found.expected, found.low, found.high)))
    slack = 1e-9 * (1 + abs(found.expected) + abs(found.high))
    assert found.low - slack <= found.expected <= found.high + slack
    assert list(found.outcomes) == sorted(found.outcomes)
    if (days.values >= 0).all():
        assert found.fact - slack <= found.low
    assert len(found.course.days) == len(found.course.expected) == len(found.course.low) == len(found.course.high)
    assert len(found.plan) == span.days
    assert math.isclose(found.plan[-1], 1.0)
    assert all(a <= b + 1e-12 for a, b in zip(found.plan, found.plan[1:], strict=False))
    low, high = (chance_of_meeting(found, bounds) for bounds in (Bounds(good_low=target), Bounds(good_high=target)))
    assert 0 <= low <= 1
    assert 0 <= high <= 1
    assert low + high >= 1 - 1e-9 or not found.is_over
