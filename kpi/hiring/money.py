"""What applications and hires cost, by source or any other dimension.

Invariant: the figures are the KPIs `cost_per_response` and `cost_per_hire` with the counts behind them: what the cards
show. A source without hires has no cost per hire, and its money is shown all the same.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kpi.hiring.asking import Asking

KPIS = ("cost_per_response", "cost_per_hire", "applicants_received", "hires_made", "applicants_cost")


@dataclass(frozen=True)
class Cost:
    """What one member's applications cost."""

    member: str | None
    """Whose; None with `is_total` False: not filled in."""
    is_total: bool
    """Of all."""
    applications: int
    """Applications of the period."""
    hires: int
    """Offers accepted in the period."""
    spent: float
    """Cost of the applications; NaN: not known."""
    per_response: float
    """Cost of one application; NaN: not known."""
    per_hire: float
    """Cost of one accepted offer; NaN: there is none, or its cost is not known."""


def costs(asking: Asking, by: str | None = None) -> tuple[Cost, ...]:
    """Of all, then of each member, the dearest in all first."""
    frame = asking.values(KPIS, by)
    found = [_cost(told, member) for member, told in by_member(frame).items()]
    return tuple(sorted(found, key=lambda one: (not one.is_total, -_or(one.spent, 0.0), one.member or "")))


def by_member(frame: pd.DataFrame) -> Mapping[tuple[bool, str | None], Mapping[str, Any]]:
    """(is_total, member) → KPI id → its row."""
    found: dict[tuple[bool, str | None], dict[str, Any]] = {}
    for row in frame.to_dict("records"):
        member = None if row["slice"] is None or row["slice"] != row["slice"] else str(row["slice"])
        found.setdefault((bool(row["is_total"]), member), {})[row["kpi"]] = row
    return found


def value(told: Mapping[str, Any], kpi: str) -> float:
    """A KPI's value; NaN where there is none."""
    return float(told[kpi]["value"]) if kpi in told else math.nan


def _cost(told: Mapping[str, Any], key: tuple[bool, str | None]) -> Cost:
    is_total, member = key
    return Cost(
        member, is_total, int(_or(value(told, "applicants_received"), 0)), int(_or(value(told, "hires_made"), 0)),
        value(told, "applicants_cost"), value(told, "cost_per_response"), value(told, "cost_per_hire"),
    )  # fmt: skip


def _or(number: float, other: float) -> float:
    return other if math.isnan(number) else number
