"""Accounts compared: the way from an impression to money, what each step costs, where they take from each other.

Invariant: advertising figures are sums of `ad_days` (spread, overlaps never added) and every question goes through the
Reader; a sum of daily unique visitors is called that wherever it is shown.
"""

from kpi.accounts.compare import NothingToCompare, compare
from kpi.accounts.model import (
    MOST,
    PERIODS,
    SLICES,
    Asked,
    Comparison,
    Difference,
    Member,
    Ratio,
    Unknown,
)
from kpi.accounts.steps import COSTS, RATES, RETURNS, STEP, STEPS, YIELDS, Rate, Step

__all__ = [
    "Asked",
    "Comparison",
    "COSTS",
    "compare",
    "Difference",
    "Member",
    "MOST",
    "NothingToCompare",
    "PERIODS",
    "RATES",
    "Rate",
    "Ratio",
    "RETURNS",
    "SLICES",
    "STEP",
    "Step",
    "STEPS",
    "Unknown",
    "YIELDS",
]
