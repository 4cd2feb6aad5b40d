"""The arithmetic of a change, against figures worked out by hand."""

import math

import numpy as np
import pytest

from kpi.formula import parsed
from kpi.why.effects import Sums, effects
from kpi.why.exact import adding_up, rounded, step_of
from kpi.why.real import by_equals
from kpi.why.shape import shape
from kpi.why.shapley import shapley
from kpi.why.standing import mix_standing_out, score, standing_out

SUMS = frozenset({"a", "b", "c"})


def sums(above: list[float], below: list[float] | None) -> Sums:
    whole = (math.fsum(above), math.fsum(below) if below else 1.0)
    return Sums(np.array(above), np.array(below) if below else None, whole)


def test_rates_and_mix_of_a_worked_example() -> None:
    """Two products: rates 65 % and 55 % at a mix of 50:50, then 60 % and 45 % at 40:60. The whole falls from 60 to 51.

    With the mean mix 45:55 the rates did 0.45·(−5) + 0.55·(−10) = −7.75; the mix did −0.1·62.5 + 0.1·50 = −1.25.
    """
    found = effects(sums([65 * 50, 55 * 50], [50, 50]), sums([60 * 40, 45 * 60], [40, 60]))
    assert found.rate.tolist() == pytest.approx([-2.25, -5.5])
    assert found.rate.sum() == pytest.approx(-7.75)
    assert found.mix.sum() == pytest.approx(-1.25)
    middle = (60 + 51) / 2
    assert found.mix.tolist() == pytest.approx([-0.1 * (62.5 - middle), 0.1 * (50 - middle)])


def test_a_sum_is_told_by_plain_differences() -> None:
    found = effects(sums([10, 5, 0], None), sums([12, 0, 7], None))
    assert found.rate.tolist() == [2, -5, 7]
    assert found.mix.tolist() == [0, 0, 0]


def test_who_came_or_went_is_all_mix() -> None:
    found = effects(sums([20, 80, 0], [100, 100, 0]), sums([20, 0, 10], [100, 0, 100]))
    assert found.rate.tolist() == [0, 0, 0]
    assert found.mix.sum() == pytest.approx(30 / 200 - 100 / 200)


def test_money_without_a_contact_is_its_own_doing() -> None:
    """An ad costs 50 and brings nobody: the cost of a contact rises from 10 to 15, and all of it is that ad's."""
    found = effects(sums([100, 0], [10, 0]), sums([100, 50], [10, 0]))
    assert found.rate.tolist() == pytest.approx([0, 5])
    assert found.mix.tolist() == pytest.approx([0, 0])


def test_parts_add_up_to_the_last_digit() -> None:
    step = step_of([1 / 3, 0.1])
    whole = rounded(0.7, step)
    parts = adding_up([0.1, 0.2, 0.4], whole, step)
    assert math.fsum(parts) == sum(parts) == sum(reversed(parts)) == whole
    assert parts == pytest.approx([0.1, 0.2, 0.4], abs=1e-11)


def test_a_product_of_two_is_the_middle_of_both_ways() -> None:
    found = shapley(lambda x: x[0] * x[1], [10, 100], [12, 90])
    assert found == pytest.approx([2 * 95, -10 * 11])


def test_a_product_of_three_by_all_six_orders() -> None:
    before, after = [2.0, 3.0, 5.0], [3.0, 7.0, 4.0]
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    expected = [0.0, 0.0, 0.0]
    for order in orders:
        now = list(before)
        for place in order:
            was = math.prod(now)
            now[place] = after[place]
            expected[place] += (math.prod(now) - was) / len(orders)
    assert shapley(math.prod, before, after) == pytest.approx(expected)


def test_a_sum_by_its_parts_is_plain() -> None:
    assert shapley(lambda x: x[0] - x[1], [5, 2], [9, 3]) == pytest.approx([4, -1])


@pytest.mark.parametrize(
    ("definition", "is_sum"),
    [
        ("a", True),
        ("100 * a / b", False),
        ("100 * a / b - 100 * c / b", False),
        ("100 - 100 * a / b", False),
        ("a / (b / days)", False),
        ("a - b - c", True),
        ("a / days", True),
    ],
)
def test_sums_and_ratios_are_recognised(definition: str, is_sum: bool) -> None:
    found = shape(parsed(definition), SUMS)
    assert found is not None
    assert (found.below is None) is is_sum


@pytest.mark.parametrize("definition", ["a * b", "a / b + b / c", "days", "5 / a", "a / b / c", "middle"])
def test_what_is_neither_is_not_divided(definition: str) -> None:
    assert shape(parsed(definition), SUMS) is None


def test_everybody_alike_explains_nothing() -> None:
    size = np.array([0.5, 0.3, 0.2])
    alike = standing_out(size * 4.0, size, np.zeros(3), 4.0, 0.0)
    assert score(alike) == 0
    assert score(standing_out(np.array([4.0]), np.array([1.0]), np.zeros(1), 4.0, 0.0)) == 0


def test_one_small_member_that_did_it_all_explains_more_than_a_large_one() -> None:
    small = standing_out(np.array([4.0, 0.0]), np.array([0.1, 0.9]), np.zeros(2), 4.0, 0.0)
    large = standing_out(np.array([4.0, 0.0]), np.array([0.6, 0.4]), np.zeros(2), 4.0, 0.0)
    assert score(small) == pytest.approx(0.9)
    assert score(large) == pytest.approx(0.4)


def test_chance_among_many_members_stands_out_rarely() -> None:
    """Forty members move by chance alone: the largest of them looks large, and must not be a cause."""
    chance, size = np.random.default_rng(5), np.full(40, 1 / 40)
    found = [
        score(standing_out(size * 1.0 + chance.normal(0, 0.1, 40), size, np.full(40, 0.1), 1.0, 0.1))
        for _ in range(200)
    ]
    assert np.mean([value > 0 for value in found]) < 0.06


def test_a_mix_stands_out_where_shares_moved_by_more_than_chance() -> None:
    assert mix_standing_out(8.0, 1.0, 10.0, 1.0) == pytest.approx(0.8)
    assert mix_standing_out(8.0, 5.0, 10.0, 1.0) == 0
    assert mix_standing_out(-8.0, 1.0, 10.0, 1.0) == 0


def test_a_change_within_the_natural_limits_is_none() -> None:
    history = [10.0, 11.0, 9.0, 10.0, 11.0, 10.0, 9.0, 10.0]
    assert by_equals(history, 10.0, 11.0) is False
    assert by_equals(history, 10.0, 20.0) is True
    assert by_equals(history, 20.0, 10.0) is True
    assert by_equals(history[:4], 10.0, 20.0) is None
