"""The sequential test against the integral it is the closed form of, and against itself read the other way."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from kpi.experiment.sequential import log_evidence, prior, reach


@pytest.mark.parametrize("t", [0.0, 1.3, -2.4, 4.1])
@pytest.mark.parametrize(("days", "freedom", "r"), [(10.0, 9.0, 2.0), (28.0, 110.0, 3.5), (4.0, 5.5, 0.4)])
def test_the_evidence_is_the_averaged_likelihood(t: float, days: float, freedom: float, r: float) -> None:
    def weighted(effect: float) -> float:
        likely = stats.nct.pdf(t, freedom, effect * math.sqrt(days))
        return float(likely * stats.norm.pdf(effect, 0, 1 / math.sqrt(r)))

    under_some = integrate.quad(weighted, -12 / math.sqrt(r), 12 / math.sqrt(r), epsabs=1e-12, limit=400)[0]
    expected = math.log(under_some / stats.t.pdf(t, freedom))
    assert log_evidence(t, days, freedom, r) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
@pytest.mark.parametrize(("days", "freedom", "r"), [(11.0, 68.0, 3.5), (28.0, 110.0, 3.5), (60.0, 20.0, 1.0)])
def test_at_the_reach_the_evidence_is_one_in_alpha(days: float, freedom: float, r: float, alpha: float) -> None:
    edge = float(reach(days, freedom, r, alpha))
    assert log_evidence(edge, days, freedom, r) == pytest.approx(math.log(1 / alpha), rel=1e-9)
    assert (
        log_evidence(edge * 0.99, days, freedom, r) < math.log(1 / alpha) < log_evidence(edge * 1.01, days, freedom, r)
    )


def test_too_little_rejects_nothing() -> None:
    assert reach(2.0, 1.0, 0.5, 0.05) == math.inf
    assert reach(10.0, 0.0, 1.0, 0.05) == math.inf
    assert math.isfinite(reach(10.0, 60.0, 1.0, 0.05))


def test_it_is_always_wider_than_one_look_and_narrowest_where_it_was_meant_to_be() -> None:
    assert reach(30.0, 1e7, prior(30.0), 0.05) > stats.norm.ppf(0.975)
    choices = np.linspace(0.5, 20, 400)
    widths = reach(40.0, 1e7, choices, 0.05)
    assert widths.min() == pytest.approx(reach(40.0, 1e7, prior(40.0), 0.05), rel=1e-3)


def test_independent_normal_days_are_rejected_at_most_so_often() -> None:
    chance = np.random.default_rng(11)
    histories, days = 4000, np.arange(3, 121)
    drawn = chance.standard_normal((histories, 120))
    sums, squares = drawn.cumsum(axis=1)[:, 2:], (drawn**2).cumsum(axis=1)[:, 2:]
    means = sums / days
    error = np.sqrt((squares / days - means**2) / (days - 1))
    ever = (log_evidence(means / error, days, days - 1.0, 5.0) >= math.log(20)).any(axis=1).mean()
    assert 0.01 < ever <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / histories)
