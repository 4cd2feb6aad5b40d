"""Kaplan–Meier and log-rank by hand, by an established package, and by what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from kpi import survival
from kpi.survival import chi2_beyond, curve, log_rank

WAITS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def parted(waits: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([w for w, _ in waits], dtype=float), np.array([e for _, e in waits], dtype=bool)


def test_by_hand() -> None:
    """Six remission times of Freireich's 6-MP arm, shortened: 6, 6, 6+, 7, 10+, 13."""
    found = curve([6, 6, 6, 7, 10, 13], [True, True, False, True, False, True])
    assert found.times.tolist() == [6, 7, 13]
    assert found.at_risk.tolist() == [6, 3, 1]
    assert found.shares.tolist() == pytest.approx([4 / 6, 4 / 6 * 2 / 3, 0])
    assert found.censored.tolist() == [6, 10]
    assert found.median == 7
    assert found.share_at(5.9) == 1
    assert found.share_at(6) == pytest.approx(4 / 6)


def test_a_median_that_is_not_reached_is_none() -> None:
    assert math.isnan(curve([5, 9, 9], [True, False, False]).median)
    assert math.isnan(curve([], []).median)
    assert curve([5, 9], [True, False]).median == 5


def test_negative_waits_are_none_and_unknown_ones_left_out() -> None:
    found = curve([-1, 3, math.nan], [True, True, True])
    assert (found.times.tolist(), found.size) == ([0, 3], 2)


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_statsmodels(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(5, 200))
    waits = np.round(chance.exponential(30, size), int(chance.integers(0, 3)))
    ended = chance.random(size) < 0.7
    ended[0] = True
    found, known = curve(waits, ended), SurvfuncRight(waits, ended)
    own = np.isin(known.surv_times, found.times)
    assert found.shares == pytest.approx(known.surv_prob[own], abs=1e-9)
    assert found.at_risk.tolist() == known.n_risk[own].tolist()
    open_ = found.shares > 0
    errors = found.shares[open_] * np.sqrt(survival._greenwood(found)[open_])
    assert errors == pytest.approx(known.surv_prob_se[own][open_], abs=1e-9)
    for share in (0.1, 0.33, 0.501, 0.77):
        assert found.quantile(share) == pytest.approx(known.quantile(share), nan_ok=True)
    if found.shares[-1] > 0:
        assert found.interval(0.5) == pytest.approx(known.quantile_ci(0.5), nan_ok=True)


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_log_rank_agrees_with_statsmodels(groups: int) -> None:
    for seed in range(10):
        chance = np.random.default_rng(seed)
        label = chance.integers(0, groups, 90)
        waits = np.round(chance.exponential(20 + 8 * label))
        ended = chance.random(90) < 0.8
        statistic, p = survdiff(waits, ended, label)
        found = log_rank(waits, ended, label)
        assert found.freedom == groups - 1
        assert (found.chi2, found.p) == pytest.approx((statistic, p), abs=1e-6)


@given(st.floats(0, 60), st.integers(1, 12))
def test_chi_square_agrees_with_scipy(value: float, freedom: int) -> None:
    assert chi2_beyond(value, freedom) == pytest.approx(chi2.sf(value, freedom), abs=1e-9)


def test_groups_that_cannot_be_compared() -> None:
    assert math.isnan(log_rank(np.array([1.0, 2.0]), np.array([True, True]), np.array(["a", "a"])).p)
    assert math.isnan(log_rank(np.array([1.0, 2.0]), np.array([False, False]), np.array(["a", "b"])).p)


@given(WAITS)
def test_the_curve_falls_and_lies_in_its_interval(waits: list[tuple[int, bool]]) -> None:
    found = curve(*parted(waits))
    assert np.all(np.diff(found.shares) <= 0)
    known = ~np.isnan(found.low)
    assert np.all(found.low[known] <= found.shares[known] + 1e-12)
    assert np.all(found.shares[known] <= found.high[known] + 1e-12)
    assert found.events.sum() + len(found.censored) == found.size == len(waits)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_where_all_is_over_the_median_is_the_ordinary_one(waits: list[int]) -> None:
    assert curve(waits, [True] * len(waits)).median == pytest.approx(float(np.median(waits)))


@given(WAITS, st.integers(1, 30))
def test_waiting_longer_never_makes_the_median_shorter(waits: list[tuple[int, bool]], more: int) -> None:
    before = curve(*parted(waits)).median
    after = curve(*parted([(w if e else w + more, e) for w, e in waits])).median
    assert math.isnan(after) or math.isnan(before) or after >= before - 1e-9


@given(WAITS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(waits: list[tuple[int, bool]], chance: "object") -> None:
    mixed = list(waits)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert curve(*parted(mixed)).shares.tolist() == curve(*parted(waits)).shares.tolist()
