"""Members that stand apart, and those that do not."""

import math

import numpy as np
import pytest

from kpi.signals import apart


def around(level: float, seed: int, n: int = 12) -> list[float]:
    return [float(value) for value in np.random.default_rng(seed).normal(level, 1.5, n)]


def test_one_that_sells_twice_as_much() -> None:
    series = {f"p{n}": around(17, n) for n in range(6)} | {"star": around(35, 9)}
    (found,) = apart(series, shares=True)
    assert found.member == "star"
    assert found.others == pytest.approx(17, abs=1)
    odds = [share / (100 - share) for share in (found.value, found.others)]
    assert found.factor == pytest.approx(odds[0] / odds[1])
    assert found.chance < 1e-8


def test_people_who_differ_as_people_do_stand_not_apart() -> None:
    assert apart({f"p{n}": around(10 + 3 * n, n) for n in range(7)}, shares=True) == ()
    assert apart({f"p{n}": around(17, n) for n in range(7)}, shares=False) == ()


def test_of_two_the_size_of_the_difference_decides() -> None:
    assert {one.member for one in apart({"a": around(330, 1), "b": around(165, 2)}, shares=False)} == {"a", "b"}
    assert apart({"a": around(200, 1), "b": around(165, 2)}, shares=False) == ()


def test_a_year_with_gaps_and_too_short_a_time() -> None:
    gaps = [value if n % 2 else math.nan for n, value in enumerate(around(330, 3))]
    assert [one.member for one in apart({"a": gaps, "b": around(165, 2)}, shares=False)] == ["a", "b"]
    assert apart({"a": around(330, 1, 5), "b": around(165, 2, 5)}, shares=False) == ()
    assert apart({"a": around(5, 1)}, shares=False) == ()
    assert apart({"a": [0.0] * 12, "b": around(5, 1)}, shares=False) == ()
