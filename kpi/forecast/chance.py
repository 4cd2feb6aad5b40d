"""How likely a target will be met (pure).

Invariant: never certain while days are left and the outcome is open; certain where what has happened decides it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from kpi.forecast.model import Forecast
from kpi.model import Bounds


def chance_of_meeting(forecast: Forecast, bounds: Bounds) -> float:
    """Chance, 0…1, that the value at the period's end is good: between `good_low` and `good_high` of these bounds.

    The bounds are those of the whole period (a monthly target of a sum scaled to its length: `kpi.targets.scaled`).
    The share of equally likely outcomes that is good, each end moved by half an outcome from certainty:
    (k + ½) ÷ (n + 1) of n. 1 where there is no good threshold at all.
    """
    below = 0.0 if bounds.good_low is None else _share(forecast, bounds.good_low, bisect_left)
    upto = 1.0 if bounds.good_high is None else _share(forecast, bounds.good_high, bisect_right)
    return max(0.0, upto - below)


def _share(forecast: Forecast, value: float, place: Callable[[Sequence[float], float], int]) -> float:
    """Chance of less than the value (place is bisect_left), or of at most the value (bisect_right)."""
    outcomes = forecast.outcomes
    found = place(outcomes, value)
    if forecast.is_over:
        return float(found)
    if place((forecast.least,), value) == 0:
        return 0.0
    return (found + 0.5) / (len(outcomes) + 1)
