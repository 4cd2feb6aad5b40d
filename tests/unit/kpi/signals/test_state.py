"""The words, by direction; assurance; what a marked change did."""

import pytest

from kpi.model import Better, Bounds
from kpi.signals import Assurance, Limits, State, assurance, course, shift, state

STEADY = [10.0, 12, 11, 9, 10, 12, 11, 10, 9, 11]


@pytest.mark.parametrize(
    ("better", "low", "high", "word"),
    [
        ("higher", None, None, "improved"), ("lower", None, None, "worsened"), ("band", 18, 22, "improved"),
        ("band", 9, 12, "worsened"), ("band", None, None, "changed"),
    ],
)  # fmt: skip
def test_a_jump_upwards(better: Better, low: float | None, high: float | None, word: State) -> None:
    assert state(course([*STEADY, 20.0]), better, Bounds(low, high)) == word


@pytest.mark.parametrize(("better", "word"), [("higher", "worsened"), ("lower", "improved")])
def test_a_jump_downwards(better: Better, word: State) -> None:
    assert state(course([*STEADY, 1.0]), better) == word


def test_no_change_and_too_few() -> None:
    assert state(course(STEADY), "higher") == "no_change"
    assert state(course(STEADY[:9]), "higher") == "too_few"
    assert state(course([]), "higher") == "too_few"
    assert state(course([5.0] * 12), "higher") == "no_change"


def test_an_improvement_that_lasts_a_year_is_sustained() -> None:
    low, high = [1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], [11.0, 12, 11, 12, 11, 12, 11, 12, 11, 12, 11]
    assert state(course(low + high), "higher") == "improved"
    assert course(low + high).run() == 11
    assert state(course([*low, *high, 12.0]), "higher") == "sustained"
    assert state(course([*low, *high, 12.0]), "lower") == "worsened"


def test_what_a_marked_change_did() -> None:
    after = [20.0, 21, 19, 20, 22, 20]
    real = course(STEADY + after, starts=[10])
    assert state(real, "higher") == "sustained"
    assert state(real, "lower") == "worsened"
    found = shift(real)
    assert found is not None
    assert (found.before, found.after) == pytest.approx((10.5, 122 / 6))
    assert found.real
    nothing = course([*STEADY, 11.0, 10, 9, 12, 10, 11], starts=[10])
    told = shift(nothing)
    assert told is not None
    assert not told.real
    assert state(nothing, "higher") == "no_change"
    assert shift(course(STEADY)) is None
    assert shift(course([*STEADY, 20.0, 21], starts=[10])) is None


@pytest.mark.parametrize(
    ("bounds", "word"),
    [
        (Bounds(good_low=3), "will_pass"), (Bounds(good_low=9), "will_fail"), (Bounds(good_low=6), "hit_and_miss"),
        (Bounds(good_high=3), "will_fail"), (Bounds(good_high=9), "will_pass"), (Bounds(good_high=6), "hit_and_miss"),
        (Bounds(3, 9), "will_pass"), (Bounds(8.5, 9), "will_fail"), (Bounds(5, 9), "hit_and_miss"), (Bounds(), None),
    ],
)  # fmt: skip
def test_assurance(bounds: Bounds, word: Assurance | None) -> None:
    assert assurance(Limits(6, 4, 8), bounds) == word
