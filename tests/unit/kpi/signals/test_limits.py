"""Natural limits against a worked example and their edge cases."""

import math

import pytest

from kpi.signals import is_change, natural_limits


def test_limits_by_hand() -> None:
    # Values 10 12 11 9 10 12: mean 64/6, moving ranges 2 1 2 1 2, mean 1.6.
    limits = natural_limits([10, 12, 11, 9, 10, 12])
    assert limits is not None
    assert limits.mean == pytest.approx(64 / 6)
    assert limits.upper - limits.mean == pytest.approx(2.66 * 1.6)


def test_a_single_jump_does_not_widen_the_limits() -> None:
    steady = [10, 11, 10, 11, 10, 11, 10, 11, 60, 60, 61, 60, 61]
    limits = natural_limits(steady)
    assert limits is not None
    assert limits.upper - limits.mean == pytest.approx(2.66 * 10 / 11)


def test_too_short_or_empty_gives_no_claim() -> None:
    assert natural_limits([1, 2, 3, math.nan, 4, 5]) is None
    assert is_change([1, 2], 50) is None


def test_change() -> None:
    history = [10.0, 12, 11, 9, 10, 12]
    assert is_change(history, 30) is True
    assert is_change(history, 12) is False
