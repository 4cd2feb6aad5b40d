"""Intervals of differences: against the bootstrap done the long way, published figures, and how often they hold."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from kpi.process.difference import FEWEST, of_medians, of_ratios, of_shares

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("n", [21, 60, 301])
def test_medians_as_by_drawing_every_case(n: int) -> None:
    first, second = RNG.exponential(10, n), RNG.exponential(14, n + 1)
    found = of_medians(first, second)
    draws = 20_000
    one = np.median(RNG.choice(first, (draws, n)), axis=1)
    other = np.median(RNG.choice(second, (draws, n + 1)), axis=1)
    low, high = np.quantile(other - one, (0.025, 0.975))
    spread = high - low
    assert found.low == pytest.approx(low, abs=0.06 * spread)
    assert found.high == pytest.approx(high, abs=0.06 * spread)
    assert found.first == np.median(first)


def test_shares_as_newcombe_published() -> None:
    """56/70 against 48/80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    found = of_shares(np.array([1] * 48 + [0] * 32), np.array([1] * 56 + [0] * 14))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_ratios_of_equal_wholes_are_means() -> None:
    first, second = RNG.random(200), RNG.random(300)
    found = of_ratios((first, np.ones(200)), (second, np.ones(300)))
    error = np.hypot(first.std(ddof=1) / 200**0.5, second.std(ddof=1) / 300**0.5)
    assert found.second - found.first == pytest.approx(second.mean() - first.mean())
    assert found.high - found.low == pytest.approx(2 * 1.959964 * error)


def test_chance_alone_is_a_difference_once_in_twenty_times() -> None:
    draws = [(RNG.lognormal(2, 1, 80), RNG.lognormal(2, 1, 60)) for _ in range(400)]
    medians = sum(of_medians(a, b).verdict != "none" for a, b in draws)
    ratios = sum(
        of_ratios((a * 0.3 * RNG.random(80), a), (b * 0.3 * RNG.random(60), b)).verdict != "none" for a, b in draws
    )
    shares = sum(of_shares(a > 8, b > 8).verdict != "none" for a, b in draws)
    assert all(count / 400 < 0.09 for count in (medians, ratios, shares))


def test_a_real_difference_is_told() -> None:
    slow, fast = RNG.lognormal(3, 0.5, 150), RNG.lognormal(2.4, 0.5, 150)
    assert of_medians(slow, fast).verdict == "less"
    assert of_medians(fast, slow).verdict == "more"


@pytest.mark.parametrize("few", [[], [1.0], [np.nan] * 50, list(range(FEWEST - 1))])
def test_too_few_say_nothing(few: list[float]) -> None:
    group, many = np.array(few, dtype=float), RNG.random(100)
    assert of_medians(group, many).verdict == "too_few"
    assert of_shares(group > 0.5, many > 0.5).verdict == "too_few" or len(few) == 50
    assert of_ratios((group, group), (many, many)).verdict == "too_few"


def test_the_same_cases_give_the_same_interval() -> None:
    first, second = RNG.random(50), RNG.random(50)
    assert of_medians(first, second) == of_medians(first[::-1], second)


@pytest.mark.parametrize(("a", "n", "b", "m"), [(48, 80, 56, 70), (0, 30, 5, 40), (29, 30, 9, 100)])
def test_shares_as_statsmodels(a: int, n: int, b: int, m: int) -> None:
    found = of_shares(np.repeat([1, 0], (a, n - a)), np.repeat([1, 0], (b, m - b)))
    low, high = confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


def test_medians_as_scipy() -> None:
    chance = np.random.default_rng(1)  # its own: what others have drawn before is not the same on every worker
    first, second = chance.lognormal(2, 1, 45), chance.lognormal(2.3, 1, 52)
    found = of_medians(first, second)
    drawn = stats.bootstrap(
        (second, first), lambda b, a, axis: np.median(b, axis) - np.median(a, axis), n_resamples=20_000,
        method="percentile", rng=3,
    ).confidence_interval  # fmt: skip
    spread = drawn.high - drawn.low
    assert (found.low, found.high) == pytest.approx((drawn.low, drawn.high), abs=0.06 * spread)


def test_ratios_as_by_leaving_each_case_out() -> None:
    """The linearised error is the jackknife's to the first order (Cochran 1977, 6.17)."""
    whole = RNG.lognormal(2, 0.6, 300)
    part = whole * RNG.beta(2, 3, 300)
    found = of_ratios((part, whole), (part * 0.8, whole))
    ratios = [(part.sum() - p) / (whole.sum() - w) for p, w in zip(part, whole, strict=True)]
    error = ((299 / 300) * np.square(np.array(ratios) - np.mean(ratios)).sum()) ** 0.5
    assert found.high - found.low == pytest.approx(2 * 1.959964 * np.hypot(error, 0.8 * error), rel=0.01)
