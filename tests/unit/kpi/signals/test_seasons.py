"""Seasons: found where they are, taken out and put back, and not believed too early."""

import numpy as np
import pytest

from kpi.signals import course, season

MONTHS = [n % 12 + 1 for n in range(36)]


def test_effects_are_those_put_in() -> None:
    effects = [0, 0, 9, 8, 7, 0, 0, -4, -4, 0, 0, 0]
    noise = np.random.default_rng(3).normal(0, 0.5, 36)
    values = [50 + 0.2 * n + effects[n % 12] + noise[n] for n in range(36)]
    found = season(values, MONTHS, [0] * 36)
    assert found is not None
    middle = sum(effects) / 12
    for month in range(1, 13):
        assert found.effects[month] == pytest.approx(effects[month - 1] - middle, abs=1.0)
        assert found.put_back(found.without(7.0, month), month) == pytest.approx(7)
    assert found.widening == pytest.approx((34 / 23) ** 0.5)


def test_factors_of_a_growing_sum() -> None:
    factors = np.array([0.8, 0.9, 1, 1, 1.1, 1, 1, 1, 1, 1, 1, 1.2])
    noise = np.random.default_rng(4).normal(1, 0.01, 36)
    values = [1000 * 1.02**n * factors[n % 12] * noise[n] for n in range(36)]
    found = season(values, MONTHS, [0] * 36, times=True)
    assert found is not None
    assert found.times
    for month in range(1, 13):
        assert found.effects[month] == pytest.approx(factors[month - 1] / factors.mean(), abs=0.03)


def test_the_f_test_as_computed_by_hand() -> None:
    # Weekdays, no trend left in: one-way analysis of variance beside it, by its definition.
    values = np.random.default_rng(5).normal(10, 1, 70) + np.tile([0, 0, 0, 0, 0, 3, 3], 10)
    names = [n % 7 for n in range(70)]
    found = season(values.tolist(), names, [0] * 70)
    assert found is not None
    line = np.polyfit(range(70), values, 1)
    before = ((values - np.polyval(line, range(70))) ** 2).sum()
    columns = np.column_stack([np.eye(7)[names], np.arange(70)])
    after = ((values - columns @ np.linalg.lstsq(columns, values, rcond=None)[0]) ** 2).sum()
    f = (before - after) / 6 / (after / (70 - 8))
    assert f > 3.1  # the 1 % point of F(6, 62)
    assert found.chance < 1e-6


def test_too_little_to_tell() -> None:
    strong = [100.0 if month in (3, 4, 5) else 10.0 for month in MONTHS]
    assert season(strong[:21], MONTHS[:21], [0] * 21) is None
    assert season(strong, ["same"] * 36, [0] * 36) is None
    noisy = [value + n % 3 for n, value in enumerate(strong[:23])]
    assert season(noisy, MONTHS[:23], [0] * 23) is not None


@pytest.mark.parametrize("values", [[7.0] * 24, [0.0] * 24, [3.0 + 0.1 * n for n in range(24)]])
def test_a_straight_line_has_no_season(values: list[float]) -> None:
    assert season(values, MONTHS[:24], [0] * 24) is None
    assert season(values, MONTHS[:24], [0] * 24, times=True) is None


def test_a_season_is_no_signal_and_the_limits_follow_it() -> None:
    chance = np.random.default_rng(6)
    values = (np.array([40.0 if month in (3, 4, 5) else 10.0 for month in MONTHS]) + chance.normal(0, 1, 36)).tolist()
    plain, found = course(values), course(values, seasons=MONTHS)
    assert any(reading.rules for reading in plain.readings)
    assert not any("outside" in reading.rules for reading in found.readings)
    spring, autumn = found.readings[2].limits, found.readings[9].limits
    assert spring is not None
    assert autumn is not None
    assert spring.lower > autumn.upper
    broken = [*values[:-1], 40.0]
    assert "outside" in course(broken, seasons=MONTHS).last.rules


def test_a_marked_change_is_no_season() -> None:
    chance = np.random.default_rng(7)
    values = (chance.normal(0, 1, 24) + np.array([10.0] * 12 + [30.0] * 12)).tolist()
    months = MONTHS[:24]
    assert season(values, months, [0] * 12 + [1] * 12) is None
    assert not any(r.rules for r in course(values, seasons=months, starts=[12]).readings)


def test_a_change_marked_at_a_years_turn_leaves_the_months_their_size() -> None:
    chance = np.random.default_rng(8)
    level = np.array([20.0] * 12 + [24.0] * 12) + np.array([6.0 if month == 12 else 0.0 for month in MONTHS[:24]])
    found = season((level + chance.normal(0, 0.5, 24)).tolist(), MONTHS[:24], [0] * 12 + [1] * 12, times=True)
    assert found is not None
    assert max(found.effects.values()) / min(found.effects.values()) < 1.5
