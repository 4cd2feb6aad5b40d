"""The estimates of noise against statsmodels, and against what they are meant to tell."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from kpi.experiment import noise
from kpi.experiment.arms import Arm, Arms
from kpi.experiment.course import look

Array = np.ndarray[Any, Any]


def autoregressive(phi: float, shape: tuple[int, int], seed: int) -> Array:
    drawn = np.random.default_rng(seed).standard_normal(shape)
    for day in range(1, shape[1]):
        drawn[:, day] += phi * drawn[:, day - 1]
    return drawn[:, shape[1] // 3 :]


@pytest.mark.parametrize("lags", [0, 5, 14])
def test_bartlett_is_newey_and_west(lags: int) -> None:
    days = autoregressive(0.5, (1, 120), 3)[0]
    mine = days - days.mean()
    fitted = sm.OLS(days, np.ones(len(days))).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    ours = noise.products([mine], 0) / len(days) * noise.bartlett([mine], lags) / len(days)
    assert float(ours) == pytest.approx(float(fitted.cov_params()[0, 0]), rel=1e-9)


def test_the_effect_of_sums_is_a_regression_on_before_and_during() -> None:
    chance = np.random.default_rng(5)
    a, b = chance.normal(50, 4, (1, 70)), chance.normal(80, 6, (1, 70))
    b[:, 40:] += 9
    seen = look(Arms(Arm(a, None), Arm(b, None), 40, "difference"), 2.0, 0.05)
    outcome, during = (b - a)[0], (np.arange(70) >= 40).astype(float)
    fitted = sm.OLS(outcome, sm.add_constant(during)).fit()
    assert float(seen.effect) == pytest.approx(fitted.params[1], rel=1e-9)
    independent = 40 * 30 / 70 / float(seen.independent)
    assert float(seen.error) == pytest.approx(fitted.bse[1] * np.sqrt(independent), rel=1e-9)
    assert independent >= 1


def test_days_that_resemble_each_other_weigh_less() -> None:
    alike = autoregressive(0.7, (400, 240), 1)
    alike = alike - alike.mean(axis=1, keepdims=True)
    plain = np.random.default_rng(2).standard_normal((400, 160))
    plain = plain - plain.mean(axis=1, keepdims=True)
    assert np.median(noise.factor([plain], 4)) < 1.3
    assert 4 < np.median(noise.factor([alike], 4)) < 8  # (1 + 0.7) / (1 - 0.7) is 5.7
    assert (noise.factor([plain], 4) >= 1).all()


def test_kendall_takes_the_bias_off() -> None:
    alike = autoregressive(0.5, (4000, 90), 4)
    centred = alike - alike.mean(axis=1, keepdims=True)
    factors = noise.autoregressive([centred])
    phi = (factors - 1) / (factors + 1)
    assert abs(phi.mean() - 0.5) < 0.02


def test_weeks_tell_what_lasts_longer_than_a_fortnight() -> None:
    slow = np.repeat(np.random.default_rng(8).standard_normal((300, 12)), 14, axis=1)
    days = slow + np.random.default_rng(9).standard_normal((300, 168))
    days = days - days.mean(axis=1, keepdims=True)
    assert np.median(noise.factor([days], 1)) > 1.3 * np.median(noise.factor([days], 4))
    assert noise.weekly([days[:, :20]]) is None


def test_members_that_move_differently_widen_the_interval() -> None:
    steady = np.full((4, 80), 20.0)
    moved = steady.copy()
    moved[0, 40:] *= 1.6
    moved[1, 40:] *= 0.5
    before, during = Arm(moved[:, :40], None), Arm(moved[:, 40:], None)
    other = (Arm(steady[:, :40], None), Arm(steady[:, 40:], None))
    spread = float(noise.between_units([(before, during), other], "ratio"))
    shares_before = np.full(4, 0.25)
    shares = moved[:, 40:].sum(axis=1) / moved[:, 40:].sum()
    assert spread == pytest.approx(((shares - shares_before) ** 2).sum() * 4 / 3, rel=1e-9)
    assert noise.between_units([(before.without(3).without(2).without(1), during), other], "ratio") == 0
