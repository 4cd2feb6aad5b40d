"""Draws that are the same on every machine and Python.

Invariant: only `Random.random()` is used, whose sequence Python guarantees for a seed, with arithmetic that IEEE 754
rounds exactly (no logarithms, no cosines). Each part of the business draws from its own stream, so that a change in
one leaves the others as they were.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One stream of draws."""

    def __init__(self, seed: int, *parts: object) -> None:
        """The stream of a part of the business: `Chance(7, "orders", branch)`."""
        self._random = Random(":".join(map(str, (seed, *parts)))).random

    def yes(self, probability: float) -> bool:
        """True in that share of draws."""
        return self._random() < probability

    def between(self, low: float, high: float) -> float:
        """Any number of the range, all equally likely."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number of the range, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, members: Sequence[T]) -> T:
        """One of the members, all equally likely."""
        return members[int(self._random() * len(members))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, likely as its weight."""
        mark = self._random() * sum(weights.values())
        members = list(weights)
        reached = accumulate(weights.values())
        return next((member for member, sum_ in zip(members, reached, strict=True) if mark < sum_), members[-1])

    def normal(self, mean: float, deviation: float) -> float:
        """Nearly normal: the sum of twelve draws less six has mean 0 and deviation 1."""
        return mean + deviation * (sum(self._random() for _ in range(12)) - 6)

    def about(self, mean: float, spread: float = 0.25) -> float:
        """A positive quantity: often a little less than the mean, sometimes much more."""
        skewed = self.normal(0, 1) / 2 + self._random() * self._random() * 4 - 1
        return max(mean * (1 + spread * skewed), mean * 0.2)

    def count(self, mean: float) -> int:
        """How many times something with that mean happens."""
        if mean < 8:
            return sum(self._random() < mean / 24 for _ in range(24))
        return max(0, round(self.normal(mean, mean**0.5)))


def to_hundreds(amount: float, step: int = 50) -> int:
    """An amount as people set prices: a multiple of the step."""
    return int(amount / step + 0.5) * step
