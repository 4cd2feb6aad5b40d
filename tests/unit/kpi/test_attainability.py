"""Attainability: the words, the counts, and chances that come true as often as they say."""

import math
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest

from kpi.attainability import Reach, attainability, suggest
from kpi.model import Bounds
from kpi.signals import course
from kpi.watch import Watched
from tests.unit.charts.frames import a_kpi

STEADY = [10.0, 12, 11, 9, 10, 12, 11, 10, 9, 11, 10, 12]


def months(values: list[float], seasons: list[int] | None = None) -> Watched:
    days = tuple((date(2020 + n // 12, n % 12 + 1, 1),) * 2 for n in range(len(values)))
    made = course(values, seasons=seasons)
    return Watched(a_kpi(), "month", None, days, made, None, Bounds(), (), 0)


@pytest.mark.parametrize(
    ("bounds", "word", "met"),
    [
        (Bounds(good_low=5), "effortless", 12), (Bounds(good_low=10), "reachable", 10),
        (Bounds(good_low=12), "ambitious", 3), (Bounds(good_low=20), "out_of_reach", 0),
        (Bounds(good_high=16), "effortless", 12), (Bounds(good_high=11), "reachable", 9),
        (Bounds(good_high=9.5), "ambitious", 2), (Bounds(good_high=2), "out_of_reach", 0),
        (Bounds(2, 20), "effortless", 12), (Bounds(9, 12), "reachable", 12), (Bounds(11.5, 30), "ambitious", 3),
        (Bounds(30, 40), "out_of_reach", 0),
    ],
)  # fmt: skip
def test_words_and_counts(bounds: Bounds, word: Reach, met: int) -> None:
    found = attainability(months(STEADY), bounds)
    assert found is not None
    assert (found.reach, found.met, found.periods) == (word, met, 12)


def test_the_latest_two_years_count() -> None:
    found = attainability(months([100.0] * 6 + STEADY + STEADY), Bounds(good_low=50))
    assert found is not None
    assert (found.met, found.periods) == (0, 24)


def test_nothing_is_said_of_too_little() -> None:
    assert attainability(months(STEADY[:9]), Bounds(good_low=1)) is None
    assert attainability(months(STEADY), Bounds()) is None


def test_the_chance_by_hand_where_there_is_much_history() -> None:
    values = np.random.default_rng(1).normal(100, 10, 400).tolist()
    found = attainability(months(values), Bounds(good_low=110))
    assert found is not None
    deviation = (found.limits.upper - found.limits.mean) / 3
    expected = 1 - NormalDist(found.limits.mean, deviation * math.sqrt(1 + 1 / 400)).cdf(110)
    assert found.chance == pytest.approx(expected, abs=0.003)


def test_the_forecast_is_believed_where_there_is_one_but_the_word_stays() -> None:
    found = attainability(months(STEADY), Bounds(good_low=12), chance=0.97)
    assert found is not None
    assert (found.chance, found.reach) == (0.97, "ambitious")


def test_chances_come_true_as_often_as_they_say() -> None:
    chance, told, came = np.random.default_rng(2), [], []
    for _ in range(1500):
        *past, following = chance.normal(50, 5, 19).tolist()
        target = 50 + 5 * chance.uniform(-1.5, 1.5)
        found = attainability(months(past), Bounds(good_low=target))
        assert found is not None
        told.append(found.chance)
        came.append(following >= target)
    for low in (0.1, 0.3, 0.5, 0.7):
        inside = [c for p, c in zip(told, came, strict=True) if low <= p < low + 0.2]
        assert len(inside) > 150
        assert low - 0.05 <= sum(inside) / len(inside) <= low + 0.25


def test_the_season_of_the_current_month() -> None:
    names = [n % 12 + 1 for n in range(36)]
    noise = np.random.default_rng(3).normal(0, 1, 36).tolist()
    values = [(40.0 if month in (3, 4, 5) else 10.0) + e for month, e in zip(names, noise, strict=True)]
    w = months(values, names)
    spring, summer = (attainability(w, Bounds(good_low=30), month) for month in (4, 7))
    assert spring is not None
    assert summer is not None
    assert (spring.chance > 0.95, summer.chance < 0.05) == (True, True)


def test_a_suggestion_is_the_best_quarter_or_what_the_best_months_reached() -> None:
    found = suggest([1, 1, 1, 2, 2, 2, 3, 3, 3, 2, 2, 2], "higher")
    assert found is not None
    assert (found.value, found.reason, found.met, found.periods) == (3, "best_quarter", 3, 12)
    lower = suggest([1, 1, 1, 2, 2, 2, 3, 3, 3, 2, 2, 2], "lower")
    assert lower is not None
    assert (lower.value, lower.met) == (1, 3)
    odd = suggest([10, 10, 11, 11, 12, 12, 10, 11, 100, 11, 10, 12], "higher")
    assert odd is not None
    assert odd.reason == "best_months"
    assert (odd.value, odd.met) == (12, 4)
    assert suggest([1, 2, 3], "higher") is None
    assert suggest([1.0] * 12, "band") is None
