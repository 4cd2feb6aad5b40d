"""Speed and quality side by side: verdicts only where chance does not explain them, and the words that say them."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from kpi.hiring import words as said
from kpi.hiring.recruiters import Interval, Recruiter, _judged, mean_interval, student_t
from kpi.language import language


def interval(value: float, low: float, high: float, enough: bool = True) -> Interval:
    return Interval(value, low, high, 20, enough)


def one(speed: Interval, stay: Interval, member: str | None = "Ann", quality: Interval | None = None) -> Recruiter:
    own = quality or interval(math.nan, math.nan, math.nan, enough=False)
    return Recruiter(member, member is None, speed, 5.0, stay, own, 20, 3, 100.0, 8.0)


WHOLE = one(interval(25, 20, 30), interval(65, 55, 75), None, interval(60, 50, 70))
FAST, SLOW, USUAL = interval(12, 9, 18), interval(40, 31, 60), interval(22, 15, 29)
LEAVE, REMAIN, MIXED = interval(25, 10, 45), interval(92, 80, 98), interval(60, 40, 80)


@pytest.mark.parametrize(
    ("speed", "stay", "verdict"),
    [
        (FAST, LEAVE, "fast_but_leave"), (FAST, REMAIN, "fast_and_stay"), (SLOW, REMAIN, "slow_but_stay"),
        (SLOW, LEAVE, "slow_and_leave"), (USUAL, LEAVE, ""), (FAST, MIXED, ""),
        (interval(12, 9, math.inf), LEAVE, ""), (interval(12, 9, 18, enough=False), LEAVE, ""),
        (FAST, interval(25, 10, 45, enough=False), ""), (interval(40, 31, math.inf), REMAIN, "slow_but_stay"),
    ],
)  # fmt: skip
def test_verdicts(speed: Interval, stay: Interval, verdict: str) -> None:
    assert _judged(one(speed, stay), WHOLE).verdict == verdict


def test_quality_decides_where_staying_does_not() -> None:
    bad = interval(30, 20, 40)
    assert _judged(one(FAST, MIXED, quality=bad), WHOLE).verdict == "fast_but_leave"


def test_nobody_is_called_fast_without_who_stays() -> None:
    fast = _judged(one(FAST, LEAVE), WHOLE)
    for code in ("en", "ru"):
        told = said.fast_but_leave(fast, language(code))
        assert "25" in told
        assert "12" in told
        assert ".." not in said.sentence("2026", _waits(), [fast], language(code))


def _waits() -> Any:
    from kpi.hiring.waits import Waits
    from kpi.survival import curve

    return Waits(None, True, curve([5.0, 9.0], [True, False]), 1, 5.0, 1, 0, 0, 0, 0)


def test_small_numbers_have_no_interval_of_a_mean() -> None:
    assert math.isnan(mean_interval(np.array([1.0, 2.0, 3.0]))[0])
    low, high = mean_interval(np.array([50.0, 60.0, 70.0, 80.0, np.nan]))
    half = t.ppf(0.975, 3) * np.std([50, 60, 70, 80], ddof=1) / 2
    assert (low, high) == pytest.approx((65 - half, 65 + half), abs=0.2)


@pytest.mark.parametrize("freedom", [3, 4, 6, 10, 30, 200])
def test_student_t(freedom: int) -> None:
    assert student_t(freedom) == pytest.approx(t.ppf(0.975, freedom), abs=0.01)


@given(st.lists(st.floats(0, 100), min_size=4, max_size=40))
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    low, high = mean_interval(np.array(values))
    assert 0 <= low <= np.mean(values) + 1e-9
    assert np.mean(values) - 1e-9 <= high <= 100


def test_open_ends_are_said_so() -> None:
    words = language("ru")
    assert said.between(24, math.inf, words) == "24 и больше"
    assert said.interval(interval(math.nan, math.nan, math.nan), "days", words) == "—"
    assert said.log_rank(0.00001, language("en")).endswith("p less than 0.001).")
    assert "Chance" in said.log_rank(0.3, language("en"))
