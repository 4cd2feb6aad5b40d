"""A year of nothing gives at most the false alarms the rules imply.

Rates per rule of the latest period, and of any period of two years, as docs/signals.md states them.
"""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from kpi.signals import RULES, Course, course, state
from kpi.signals.chance import discoveries

MONTHS = [n % 12 + 1 for n in range(24)]
YEARS = 700
"""Histories of two years that are made up."""
Chance = np.random.Generator

LATEST = {"outside": 0.013, "near": 0.010, "run": 0.013, "trend": 0.003}
"""Most false alarms of the latest period, by rule."""


def normal(chance: Chance) -> Course:
    return course(chance.normal(100, 10, 24).tolist())


def seasonal(chance: Chance) -> Course:
    return course(chance.normal(100, 10, 24).tolist(), seasons=MONTHS)


def skewed(chance: Chance) -> Course:
    return course(chance.gamma(9, 10, 24).tolist())


def shares(size: int, share: float) -> Callable[[Chance], Course]:
    def made(chance: Chance) -> Course:
        sizes = chance.integers(size // 2, 2 * size, 24)
        return course((100 * chance.binomial(sizes, share) / sizes).tolist(), sizes=sizes.tolist())

    return made


@pytest.mark.parametrize(
    "make", [normal, seasonal, shares(30, 0.03), shares(60, 0.08), shares(300, 0.4)],
    ids=["normal", "seasons looked for", "few of 30", "few of 60", "many of 300"],
)  # fmt: skip
def test_false_alarms_of_the_latest_period(make: Callable[[Chance], Course]) -> None:
    chance, alarms, any_rule = np.random.default_rng(11), Counter[str](), 0
    for _ in range(YEARS):
        last = make(chance).last
        alarms.update(last.rules)
        any_rule += bool(last.rules)
    # Three deviations of the count above what the rate implies
    for rule in RULES:
        most = LATEST[rule] * YEARS
        assert alarms[rule] <= most + 3 * most**0.5, (rule, alarms)
    assert any_rule / YEARS <= 0.035


def test_skewed_noise_gives_a_little_more() -> None:
    chance = np.random.default_rng(12)
    assert sum(bool(skewed(chance).last.rules) for _ in range(YEARS)) / YEARS <= 0.045


def test_a_season_is_seen_in_noise_one_time_in_a_hundred() -> None:
    chance = np.random.default_rng(13)
    seen = sum(seasonal(chance).season is not None for _ in range(YEARS))
    assert seen <= 0.01 * YEARS + 3 * (0.01 * YEARS) ** 0.5


def test_a_strong_season_is_taken_out_and_no_alarm() -> None:
    chance, alarms, found = np.random.default_rng(14), 0, 0
    effects = np.array([30 * np.sin(2 * np.pi * month / 12) for month in MONTHS])
    for _ in range(300):
        one = course((chance.normal(100, 10, 24) + effects).tolist(), seasons=MONTHS)
        found += one.season is not None
        alarms += bool(one.last.rules)
    assert found / 300 > 0.9
    assert alarms / 300 <= 0.05


def test_no_word_but_no_change_in_most_of_the_years() -> None:
    chance = np.random.default_rng(15)
    words = Counter(state(normal(chance), "higher") for _ in range(YEARS))
    assert words["no_change"] / YEARS > 0.965
    assert set(words) <= {"no_change", "improved", "worsened", "sustained"}


def test_of_a_hundred_members_none_is_told_in_most_years() -> None:
    """What scan() does with members: each of six latest periods and four rules counts as a look."""
    chance, told = np.random.default_rng(16), 0
    for _ in range(40):
        chances = [
            min((r.chance for r in shares(60, 0.08)(chance).readings[-6:] if r.side), default=1.0) for _ in range(100)
        ]
        told += any(discoveries([min(p * 24, 1.0) for p in chances], 0.05))
    assert told / 40 <= 0.12
