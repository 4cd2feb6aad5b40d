"""Durations against statsmodels, and against experiments that are carried out."""

import math

import numpy as np
import pytest
from statsmodels.stats.power import normal_sample_size_one_tail

from kpi.experiment import planning, sequential
from kpi.experiment.planning import Base


@pytest.mark.parametrize(("matters", "alpha", "power"), [(0.1, 0.05, 0.8), (0.02, 0.01, 0.9), (0.5, 0.1, 0.95)])
def test_one_look_takes_what_statsmodels_says(matters: float, alpha: float, power: float) -> None:
    expected = normal_sample_size_one_tail(matters, power, alpha / 2, std_null=math.sqrt(0.07))
    assert planning.independent_days(0.07, matters, alpha, power) == pytest.approx(expected, rel=1e-9)


def test_days_of_the_comparison_are_those_of_both_phases() -> None:
    of = Base(0.02, 1.0, 60)
    days = planning.days_once(of, 0.1, 0.05, 0.8)
    assert days is not None
    needed = planning.independent_days(0.02, 0.1, 0.05, 0.8)
    assert (days - 1) * 60 / (days + 59) < needed <= days * 60 / (days + 60)


def test_with_too_short_a_time_before_it_is_never_reached() -> None:
    assert planning.days_once(Base(0.08, 1.0, 56), 0.05, 0.05, 0.8) is None
    assert planning.days_daily(Base(0.08, 1.0, 56), 0.05, 0.05, 0.8) is None
    assert planning.days_daily(Base(0.08, 1.0, 5600), 0.05, 0.05, 0.8) is not None


def test_looking_daily_takes_longer_and_more_is_seen_with_time() -> None:
    of = Base(0.02, 1.4, 90)
    once, daily = planning.days_once(of, 0.12, 0.05, 0.8), planning.days_daily(of, 0.12, 0.05, 0.8)
    assert once is not None
    assert daily is not None
    assert once < daily
    seen = [planning.detectable(of, days, 0.05, 0.8) for days in planning.SHOWN]
    assert seen == sorted(seen, reverse=True)
    assert planning.detectable(of, daily, 0.05, 0.8) <= 0.12


def test_the_planned_difference_is_found_as_often_as_promised() -> None:
    of, chance = Base(0.02, 1.0, 90), np.random.default_rng(6)
    days = planning.days_daily(of, 0.12, 0.05, 0.8)
    assert days is not None
    noise = chance.normal(0, math.sqrt(0.02), (2000, 90 + days))
    effect = 0.12 + noise[:, 90:].mean(axis=1) - noise[:, :90].mean(axis=1)
    worth = 90 * days / (90 + days)
    edge = sequential.reach(worth, 88.0 + days, sequential.prior(worth), 0.05) * math.sqrt(0.02 / worth)
    assert 0.77 < (effect > edge).mean() < 0.86  # at this one look; on the days before, some more


def test_days_left_are_those_after_which_it_is_told() -> None:
    left = planning.days_left(56, 20, 1.0, 0.03, 0.12, 0.05, 2.0, 0.05)
    assert left is not None

    def width(days: int) -> float:
        worth = 56 * days / (56 + days)
        return float(sequential.reach(worth, 54.0 + days, 2.0, 0.05) * math.sqrt(0.03 / worth))

    assert width(20 + left) < 0.12 <= width(20 + left - 1)
    assert planning.days_left(56, 20, 1.0, 0.03, 0.0, 0.001, 2.0, 0.05) is None
