"""Histories of advertisements, with an effect or without, as they come.

Weekdays are busy or quiet, a market moves both arms, each ad has moods of its own that last, and visitors come more
unevenly than independent ones would.

Invariant: each history comes from the generator that is given, and nothing in one arm tells which arm it is.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from kpi.experiment.arms import Arm, Arms

Array = np.ndarray[Any, Any]
WEEK = np.array([1.1, 1.0, 0.95, 1.0, 1.15, 1.3, 0.8])


@dataclass(frozen=True)
class World:
    """How advertisements behave."""

    units: int = 4
    """Ads in each arm."""
    views: float = 40.0
    """Views of an ad a day."""
    rate: float = 0.08
    """Contacts of a view."""
    memory: float = 0.6
    """How much of an ad's mood is left the day after."""
    mood_of_views: float = 0.25
    """Deviation of the logarithm of its views."""
    mood_of_rate: float = 0.15
    """Deviation of the logarithm of its rate."""
    market: float = 0.2
    """Deviation of what moves both arms, with a memory of 0.8."""
    evenness: float = 8.0
    """Shape of the gamma that spreads views beyond Poisson."""


def moods(chance: np.random.Generator, shape: tuple[int, ...], memory: float, deviation: float) -> Array:
    drawn = chance.standard_normal(shape)
    for day in range(1, shape[-1]):
        drawn[..., day] = memory * drawn[..., day - 1] + np.sqrt(1 - memory**2) * drawn[..., day]
    return np.exp(deviation * drawn)


def arms(
    world: World, chance: np.random.Generator, histories: int, before: int, during: int, *, effect: float = 0.0,
    is_sum: bool = False,
) -> Arms:  # fmt: skip
    """Both arms; `effect`: on the logarithm of B's rate from the start on. `is_sum`: contacts instead of the rate."""
    days = before + during
    market = moods(chance, (histories, 1, days), 0.8, world.market) * WEEK[np.arange(days) % 7]
    made = [_arm(world, chance, market, before, effect if side == "b" else 0.0) for side in "ab"]
    a, b = (Arm(contacts, None if is_sum else views) for contacts, views in made)
    return Arms(a, b, before, "ratio")


def _arm(world: World, chance: np.random.Generator, market: Array, before: int, effect: float) -> tuple[Array, Array]:
    shape = (market.shape[0], world.units, market.shape[-1])
    size = np.exp(chance.normal(0, 0.5, (*shape[:2], 1)))
    expected = world.views * size * market * moods(chance, shape, world.memory, world.mood_of_views)
    views = chance.poisson(expected * chance.gamma(world.evenness, 1 / world.evenness, shape)).astype(float)
    rate = world.rate * np.exp(chance.normal(0, 0.2, (*shape[:2], 1)))
    rate = rate * moods(chance, shape, world.memory, world.mood_of_rate)
    rate = rate * np.where(np.arange(shape[-1]) >= before, np.exp(effect), 1.0)
    return chance.binomial(views.astype(int), np.clip(rate, 0, 0.9)).astype(float), views


def takings(
    chance: np.random.Generator, histories: int, units: int, before: int, during: int, *, deviation: float = 1.5,
    in_shifts: bool = False, is_sum: bool = False,
) -> Arms:  # fmt: skip
    """Money of people or branches: a few orders a day whose amounts are log-normal, so that one in a hundred is thirty
    times the median; `in_shifts`: two days at work, two off. Takings a day (`is_sum`), or the average ticket."""
    days = before + during
    shape = (histories, units, days)
    market = moods(chance, (histories, 1, days), 0.8, 0.2) * WEEK[np.arange(days) % 7]
    made = []
    for _ in "ab":
        expected = 4 * np.exp(chance.normal(0, 0.3, (*shape[:2], 1))) * market * moods(chance, shape, 0.6, 0.2)
        if in_shifts:
            expected = expected * ((np.arange(days) + chance.integers(0, 4, (*shape[:2], 1))) % 4 < 2)
        orders = chance.poisson(expected)
        amounts = np.zeros(shape)
        for order in range(int(orders.max())):
            amounts += np.where(orders > order, np.exp(chance.normal(0, deviation, shape)), 0.0)
        made.append(Arm(amounts * moods(chance, shape, 0.6, 0.1), None if is_sum else orders.astype(float)))
    return Arms(made[0], made[1], before, "ratio")
