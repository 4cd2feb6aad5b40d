"""How sure the results of a survey are, at 95 %.

A share: Wilson, as everywhere (kpi/evaluate/interval.py). A difference of two shares of the same people (NPS, eNPS):
Bonett and Price (2012), Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired
Data; unlike the plain normal one it does not vanish where all answer alike. A mean: Student's t, over people.
"""

import math
from collections.abc import Sequence
from statistics import fmean, stdev

import numpy as np

from kpi.evaluate.interval import Z, wilson

_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131)
"""Student's t at 97.5 % for 1 to 15 degrees of freedom."""

Interval = tuple[float, float]


def of_share(some: int, people: int) -> Interval:
    """Of a share of people, in percent."""
    low, high = wilson(np.array([some / people]), np.array([float(people)]))
    return 100 * float(low[0]), 100 * float(high[0])


def of_difference(more: int, less: int, people: int) -> Interval:
    """Of the share of some less the share of others, in points."""
    p, q = (more + 1) / (people + 2), (less + 1) / (people + 2)
    spread = Z * math.sqrt((p + q - (p - q) ** 2) / (people + 2))
    return max(-100.0, 100 * (p - q - spread)), min(100.0, 100 * (p - q + spread))


def of_mean(values: Sequence[float], low: float, high: float) -> Interval | None:
    """Of a mean of one value a person, within the scale; None where it cannot be told: one value, or all alike."""
    if len(values) < 2 or (sure := stdev(values)) == 0:
        return None
    freedom = len(values) - 1
    t = _T[freedom - 1] if freedom <= len(_T) else Z + (Z**3 + Z) / (4 * freedom)
    middle, spread = fmean(values), t * sure / math.sqrt(len(values))
    return max(low, middle - spread), min(high, middle + spread)
