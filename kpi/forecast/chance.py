"""How likely a target will be met (pure).

Invariant: never certain while days are left and the outcome is open; certain where what has happened decides it.
"""

import math
from bisect import bisect_left, bisect_right

from kpi.forecast.model import Forecast
from kpi.model import Bounds


def chance_of_meeting(forecast: Forecast, bounds: Bounds) -> float:
    """Chance, 0…1, that the value at the period's end is good: between `good_low` and `good_high` of these bounds.

    The bounds are those of the whole period (a monthly target of a sum scaled to its length: `kpi.targets.scaled`).
    The share of equally likely outcomes that is good, moved by half an outcome from certainty: (k + ½) ÷ (n + 1) of
    n. 1 where there is no good threshold at all, NaN where too few past periods tell outcomes.
    """
    low = -math.inf if bounds.good_low is None else bounds.good_low
    high = math.inf if bounds.good_high is None else bounds.good_high
    if forecast.least > high:
        return 0.0
    if forecast.least >= low and math.isinf(high):
        return 1.0
    outcomes = forecast.outcomes
    good = max(bisect_right(outcomes, high) - bisect_left(outcomes, low), 0)
    if forecast.is_over:
        return float(good)
    return (good + 0.5) / (len(outcomes) + 1) if outcomes else math.nan
