"""From an interval to a word."""

import math

import numpy as np
import pytest

from data.store.entries import Design
from kpi.experiment.arms import Arm, Arms
from kpi.experiment.asking import Series
from kpi.experiment.course import Look
from kpi.experiment.judging import Judged, bound, guard_state, verdict
from kpi.model import Better
from tests.unit.experiment.designs import DESIGN, kpi_of


@pytest.mark.parametrize(
    ("low", "high", "rises", "expected"),
    [
        (0.02, 0.3, True, "b"), (0.02, 0.3, False, "a"), (-0.3, -0.02, True, "a"), (-0.3, -0.02, False, "b"),
        (-0.05, 0.05, True, "none"), (0.01, 0.05, True, "none"), (-0.2, 0.05, True, "not_yet"),
        (-0.3, 0.3, False, "not_yet"), (-math.inf, math.inf, True, "not_yet"), (math.nan, math.nan, True, "not_yet"),
    ],
)  # fmt: skip
def test_the_word(low: float, high: float, rises: bool, expected: str) -> None:
    assert verdict(low, high, 0.1, rises=rises) == expected


def judged(low: float, high: float, better: Better) -> Judged:
    arms = Arms(Arm(np.ones((1, 40)), None), Arm(np.ones((1, 40)), None), 20, "ratio")
    series = Series(kpi_of(better), arms, (), ((), ()), (np.ones((1, 40)), np.ones((1, 40))), (), ())
    middle, reach = (low + high) / 2, (high - low) / 2
    return Judged(series, (Look(20, middle, reach / 3, 20.0, 30.0, reach),), 1.0)


@pytest.mark.parametrize(
    ("low", "high", "better", "expected"),
    [
        (0.95, 1.2, "higher", "held"), (0.85, 1.2, "higher", "not_yet"), (0.7, 0.85, "higher", "broken"),
        (0.85, 0.99, "higher", "worse"), (0.8, 1.05, "lower", "held"), (0.9, 1.3, "lower", "not_yet"),
        (1.2, 1.4, "lower", "broken"), (1.02, 1.3, "lower", "worse"),
    ],
)  # fmt: skip
def test_a_guard(low: float, high: float, better: Better, expected: str) -> None:
    assert guard_state(judged(math.log(low), math.log(high), better), 10.0) == expected


def test_what_matters_on_either_scale() -> None:
    a, b = np.full((1, 40), 30.0), np.full((1, 40), 50.0)
    below = np.full((1, 40), 1000.0)
    rate = Series(kpi_of("higher"), Arms(Arm(a, below), Arm(b, below), 20, "ratio"), (), ((), ()), (a, b), (), ())
    assert bound(rate, DESIGN) == pytest.approx(math.log(1.1))
    absolute = Design(**{**vars(DESIGN), "matters": 0.01, "matters_in": "absolute"})
    assert bound(rate, absolute) == pytest.approx(math.log(1.25))  # 0.01 of 0.04, the level of both arms
    plain = Series(kpi_of("higher"), Arms(Arm(a, below), Arm(b, below), 20, "difference"), (), ((), ()), (a, b), (), ())
    assert bound(plain, DESIGN) == pytest.approx(0.004)
    assert bound(plain, absolute) == pytest.approx(0.01)
