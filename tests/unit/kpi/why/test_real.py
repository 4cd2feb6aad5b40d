"""A change that is nothing but noise is rarely called real, and one of three deviations nearly always."""

import numpy as np
import pytest

from kpi.signals import course
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
