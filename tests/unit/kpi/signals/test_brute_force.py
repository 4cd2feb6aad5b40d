"""Limits and rules against an implementation written another way: rolling windows of pandas, every window looked at."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.signals import course

NUMBERS = st.lists(st.integers(-50, 50).map(float), min_size=6, max_size=40)


def limits(x: pd.Series) -> tuple[float, float, float]:
    moves = x.diff().abs()
    kept = moves[moves < 3.267 * moves.mean()]
    reach = 2.66 * (kept if len(kept) else moves).mean()
    return x.mean() - reach, x.mean(), x.mean() + reach


def within(hits: pd.Series, length: int) -> pd.Series:
    """Points that lie in some window that hit; hits are at the window's last point."""
    ahead = hits.astype(float).iloc[::-1].rolling(length, min_periods=1).max().iloc[::-1]
    return ahead.astype(bool)


def by_pandas(values: list[float]) -> dict[str, list[bool]]:
    x = pd.Series(values)
    low, mean, high = limits(x)
    near_low, near_high = mean + (low - mean) * 2 / 3, mean + (high - mean) * 2 / 3
    side = (x > mean).astype(int) - (x < mean).astype(int)
    steps = (x.diff() > 0).astype(int) - (x.diff() < 0).astype(int)
    run = (side.rolling(7).sum().abs() == 7).fillna(False)
    trend = (steps.rolling(6).sum().abs() == 6).fillna(False)
    near = pd.Series(False, index=x.index)
    for far in (x > near_high, x < near_low):
        near |= far & within((far.astype(int).rolling(3).sum() >= 2).fillna(False), 3)
    return {
        "outside": list((x > high) | (x < low)), "run": list(within(run, 7)), "trend": list(within(trend, 7)),
        "near": list(near),
    }  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(NUMBERS)
def test_every_rule_marks_the_same_points(values: list[float]) -> None:
    found, expected = course(values), by_pandas(values)
    low, mean, high = limits(pd.Series(values))
    if high - mean < 1e-9:
        return  # all equal: neither is a signal, and rounding decides the sides of the other implementation
    on_edge = [abs(abs(v - mean) / (high - mean) - part) < 1e-9 for v in values for part in (0, 2 / 3, 1)]
    if any(on_edge):
        return
    for rule in ("outside", "run", "trend", "near"):
        assert [rule in reading.rules for reading in found.readings] == expected[rule], rule
    plain = found.last.limits
    assert plain is not None
    assert (plain.mean, plain.upper) == pytest.approx((mean, high))
    assert plain.lower == pytest.approx(max(low, 0) if min(values) >= 0 else low)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 400), st.floats(0.02, 0.6)), min_size=8, max_size=30))
def test_limits_of_shares_are_laneys(cells: list[tuple[int, float]]) -> None:
    n = np.array([size for size, _ in cells], dtype=float)
    p = np.array([round(size * share) / size for size, share in cells])
    whole = (p * n).sum() / n.sum()
    if not 0 < whole < 1:
        return
    within_period = np.sqrt(whole * (1 - whole) / n)
    z = (p - whole) / within_period
    moves = np.abs(np.diff(z))
    kept = moves[moves < 3.267 * moves.mean()]
    sigma_z = (kept if len(kept) else moves).mean() / 1.128
    upper = np.minimum(100 * (whole + 3 * within_period * sigma_z), 100)
    found = course((100 * p).tolist(), sizes=[size for size, _ in cells])
    assert [r.limits.upper for r in found.readings if r.limits] == pytest.approx(upper.tolist(), rel=1e-3)
    assert all(r.limits and 0 <= r.limits.lower <= r.limits.upper <= 100 for r in found.readings)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 99).map(float), min_size=6, max_size=30))
def test_with_equal_sizes_limits_of_shares_are_those_of_xmr(values: list[float]) -> None:
    shares, plain = course(values, sizes=[100] * len(values)).last.limits, course(values).last.limits
    assert shares is not None
    assert plain is not None
    assert shares.mean == pytest.approx(plain.mean)
    assert shares.upper == pytest.approx(min(plain.upper, 100))


def test_a_change_of_process_has_limits_of_its_own() -> None:
    before, after = [10.0, 12, 11, 9, 10, 12, 11], [30.0, 31, 29, 30, 32, 30]
    found = course([*before, *after], starts=[7])
    assert found.readings[0].limits == course(before).last.limits
    assert found.readings[-1].limits == course(after).last.limits
    assert not any(reading.rules for reading in found.readings)
    assert any(reading.rules for reading in course([*before, *after]).readings)
    short = course([*before, 30.0, 31], starts=[7])
    assert short.last.limits is None
    assert short.last.rules == ()
