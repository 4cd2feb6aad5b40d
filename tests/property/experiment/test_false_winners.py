"""Looked at every day, a winner is named by chance in at most one of twenty experiments; and a real one is found."""

import math

import numpy as np
import pytest

from kpi.experiment.arms import Arms
from kpi.experiment.course import course
from tests.property.experiment.histories import World, arms, takings

DAYS = 56
WORLDS = {
    "as they come": World(),
    "independent visitors": World(memory=0.0, mood_of_views=0.0, mood_of_rate=0.0, evenness=1e6),
    "two ads an arm": World(units=2),
    "one account an arm": World(units=1, views=150, memory=0.7),
    "long moods": World(memory=0.8),
    "hardly any contacts": World(units=3, views=6),
}
HARD = {
    "moods of weeks": World(memory=0.9, mood_of_rate=0.25),
    "two ads with long moods": World(units=2, memory=0.8),
    "one account with long moods": World(units=1, views=150, memory=0.8),
}


def ever_told(of: Arms) -> float:
    """In which share of the histories a winner is named on any day."""
    seen = np.zeros(of.a.above.shape[0], dtype=bool)
    for look in course(of, DAYS, 0.05):
        seen |= (look.low > 0) | (look.high < 0)
    return float(seen.mean())


def bearable(histories: int, share: float = 0.05) -> float:
    """The share, with what the number of histories leaves open (three standard errors)."""
    return share + 3 * math.sqrt(share * (1 - share) / histories)


@pytest.mark.parametrize("is_sum", [False, True], ids=["rate", "sum"])
@pytest.mark.parametrize("world", WORLDS)
def test_at_most_one_of_twenty(world: str, is_sum: bool) -> None:
    chance = np.random.default_rng(20261105)
    told = ever_told(arms(WORLDS[world], chance, 300, 56, DAYS, is_sum=is_sum))
    assert told <= bearable(300), told


@pytest.mark.parametrize("in_shifts", [False, True], ids=["daily", "shifts"])
@pytest.mark.parametrize("is_sum", [False, True], ids=["ticket", "takings"])
@pytest.mark.parametrize("units", [1, 3])
def test_money_with_its_few_large_amounts(units: int, is_sum: bool, in_shifts: bool) -> None:
    chance = np.random.default_rng(7)
    told = ever_told(takings(chance, 300, units, 56, DAYS, in_shifts=in_shifts, is_sum=is_sum))
    assert told <= bearable(300), told


@pytest.mark.slow
@pytest.mark.parametrize("before", [84, 56, 28])
@pytest.mark.parametrize("is_sum", [False, True], ids=["rate", "sum"])
@pytest.mark.parametrize("world", [*WORLDS, *HARD])
def test_at_most_one_of_twenty_in_thousands(world: str, is_sum: bool, before: int) -> None:
    chance = np.random.default_rng(17 + before)
    told = ever_told(arms({**WORLDS, **HARD}[world], chance, 2000, before, DAYS, is_sum=is_sum))
    assert told <= bearable(2000), told


def test_an_ordinary_interval_looked_at_daily_is_believed_far_too_often() -> None:
    """What the sequence is for: 1.96 of the very same errors name a winner more than twice as often as they say."""
    of = arms(WORLDS["as they come"], np.random.default_rng(3), 300, 56, DAYS)
    naive = np.zeros(300, dtype=bool)
    for look in course(of, DAYS, 0.05):
        naive |= np.abs(look.effect) > 1.96 * look.error
    assert naive.mean() > 0.1


@pytest.mark.parametrize(("effect", "least"), [(0.35, 0.6), (0.6, 0.97)])
def test_a_real_difference_is_found_and_on_the_right_side(effect: float, least: float) -> None:
    of = arms(World(), np.random.default_rng(9), 300, 56, DAYS, effect=effect)
    right, wrong = np.zeros(300, dtype=bool), np.zeros(300, dtype=bool)
    for look in course(of, DAYS, 0.05):
        right |= look.low > 0
        wrong |= look.high < 0
    assert right.mean() >= least
    assert wrong.mean() <= 0.01


def test_the_sequence_holds_the_truth_on_all_days_together() -> None:
    of = arms(World(), np.random.default_rng(4), 300, 56, DAYS, effect=0.3)
    missed = np.zeros(300, dtype=bool)
    for look in course(of, DAYS, 0.05):
        missed |= (look.low > 0.3) | (look.high < 0.3)
    assert missed.mean() <= bearable(300)
