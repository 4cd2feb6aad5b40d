"""Natural limits: how much a KPI moves by itself.

Invariant: a change is called a change only where it leaves the limits. Source: the XmR chart, mean ± 2.66 × mean moving
range, with moving ranges of 3.267 × their mean or more screened out once (Nelson 1982; NHS Making Data Count).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 6
"""Fewest values that give usable limits (Wheeler, Understanding Variation: five or six)."""
LIMIT = 2.66
"""Limits lie so many mean moving ranges from the mean: 3 ÷ 1.128, three standard deviations."""
_SCREEN = 3.267


@dataclass(frozen=True)
class Limits:
    """Natural process limits of a series, in the KPI's unit."""

    mean: float
    """Centre line."""
    lower: float
    """Lower natural limit."""
    upper: float
    """Upper natural limit."""

    def holds(self, value: float) -> bool:
        """Whether a value is within the limits: only noise."""
        return self.lower <= value <= self.upper


def moving_range(values: Sequence[float]) -> float:
    """Mean distance between neighbours, without those too long to be of the same process."""
    moves = [abs(b - a) for a, b in pairwise(values)]
    average = sum(moves) / len(moves)
    kept = [move for move in moves if move < _SCREEN * average] or moves
    return sum(kept) / len(kept)


def natural_limits(values: Sequence[float]) -> Limits | None:
    """Limits of a series in time order (missing values are left out); None below six values."""
    known = [value for value in values if not math.isnan(value)]
    if len(known) < FEWEST:
        return None
    spread = LIMIT * moving_range(known)
    mean = sum(known) / len(known)
    return Limits(mean, mean - spread, mean + spread)


def is_change(history: Sequence[float], value: float) -> bool | None:
    """Whether a value leaves the natural limits of the values before it; None: too short a history to say."""
    limits = natural_limits(history)
    return None if limits is None or math.isnan(value) else not limits.holds(value)
