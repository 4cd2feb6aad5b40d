"""Chances against tables and exact sums."""

import math

import pytest

from kpi.signals.chance import binomial_chance, discoveries, f_chance, incomplete_beta, t_chance


@pytest.mark.parametrize(
    ("t", "freedom", "chance"),
    [(2.228, 10, 0.05), (12.706, 1, 0.05), (4.587, 10, 0.001), (1.960, 1e6, 0.05), (0, 5, 1.0)],
)
def test_t_as_in_the_tables(t: float, freedom: float, chance: float) -> None:
    assert t_chance(t, freedom) == pytest.approx(chance, rel=2e-3)
    assert t_chance(-t, freedom) == t_chance(t, freedom)


@pytest.mark.parametrize(
    ("f", "above", "below", "chance"), [(4.965, 1, 10, 0.05), (4.849, 10, 10, 0.01), (2.978, 10, 10, 0.05)]
)
def test_f_as_in_the_tables(f: float, above: float, below: float, chance: float) -> None:
    assert f_chance(f, above, below) == pytest.approx(chance, rel=2e-3)


@pytest.mark.parametrize(("count", "size", "share"), [(6, 50, 0.02), (0, 40, 0.1), (3, 40, 0.1), (39, 40, 0.9)])
def test_binomial_as_summed(count: int, size: int, share: float) -> None:
    terms = [math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    expected = sum(terms[count:]) if count >= share * size else sum(terms[: count + 1])
    assert binomial_chance(count, size, share) == pytest.approx(expected)


def test_beta_at_its_ends() -> None:
    assert (incomplete_beta(2, 3, 0), incomplete_beta(2, 3, 1)) == (0, 1)
    assert incomplete_beta(2, 3, 0.4) == pytest.approx(0.5248)


def test_discoveries_as_in_the_paper() -> None:
    # Benjamini & Hochberg 1995, 3.2: of these fifteen, four stand at 5 %.
    chances = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]  # fmt: skip
    assert discoveries(chances, 0.05) == (*[True] * 4, *[False] * 11)
    assert discoveries([], 0.05) == ()
