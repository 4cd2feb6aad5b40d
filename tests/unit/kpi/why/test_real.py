"""A change that is nothing but noise is rarely called real, and one of three deviations nearly always."""

import numpy as np
import pytest

from kpi.signals import Reading, course
from kpi.watch import is_move
from kpi.why.real import differ


def rate(shift: float, count: int, chance: np.random.Generator, trials: int = 1000) -> float:
    """How often the means of two neighbouring stretches of so many periods are said to differ."""
    real = 0
    for _ in range(trials):
        values = chance.normal(50, 5, 27)
        values[-count:] += shift
        readings = course(values.tolist()).readings
        real += differ(readings[-2 * count : -count], readings[-count:], seasonal=False) is True
    return real / trials


@pytest.mark.parametrize("count", [2, 3, 6, 13])
def test_noise_is_rarely_real(count: int) -> None:
    assert rate(0.0, count, np.random.default_rng(count)) < 0.015


@pytest.mark.parametrize(("count", "least"), [(3, 0.6), (6, 0.9), (13, 0.99)])
def test_a_large_change_is_real(count: int, least: float) -> None:
    assert rate(15.0, count, np.random.default_rng(count)) > least


def test_too_few_periods_tell_nothing() -> None:
    readings = course([1.0, 2.0, 3.0]).readings
    assert differ(readings[:1], readings[1:], seasonal=False) is None


def test_what_comes_every_year_is_no_change() -> None:
    months = [1 + n % 12 for n in range(36)]
    chance = np.random.default_rng(5)
    values = [(12.0 if month in (3, 4, 5) else 4.0) + chance.normal(0, 0.4) for month in months]
    found = course(values, seasons=months)
    assert found.season is not None
    winter, spring = found.readings[23:26], found.readings[26:29]
    assert differ(winter, spring, seasonal=True) is False
    assert differ(winter, spring, seasonal=False) is True


@pytest.mark.parametrize(
    ("was", "now", "real"),
    [
        (Reading(5, None), Reading(6, None), False),
        (Reading(5, None), Reading(9, None, ("outside",), 1), True),
        (Reading(9, None, ("outside",), 1), Reading(5, None), True),
        (Reading(9, None, ("run",), 1), Reading(8, None, ("run",), 1), False),
        (Reading(8, None, ("run",), 1), Reading(9, None, ("run",), 1), False),
        (Reading(8, None, ("run",), 1), Reading(14, None, ("outside", "run"), 1), True),
        (Reading(8, None, ("trend",), 1), Reading(9, None, ("trend",), 1), True),
        (Reading(8, None, ("run",), 1), Reading(2, None, ("outside",), -1), True),
        (Reading(8, None, ("outside",), 1), Reading(8, None, ("outside",), 1), False),
    ],
)
def test_the_way_from_one_period_to_the_next(was: Reading, now: Reading, real: bool) -> None:
    assert is_move(was, now) is real
