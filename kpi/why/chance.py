"""How much of a member's effect chance alone makes.

The variance of a total Σ xᵢ over rows that come by chance is Σ xᵢ² (of a count: the count itself). Of a ratio R = N/D
each row is linearised to eᵢ = (aᵢ − R·bᵢ)/D, and a member's variance is Σ eᵢ² over its rows (W. G. Cochran, Sampling
Techniques, 1977, 2.11). For that the squares and products of what is summed are counted along with it; where two
columns count under different conditions, the narrower stands for their product, and what cannot be told is taken as 0.
Where rows come by the calendar, one a day (an ad, a person), their number is no chance: then the variance is that about
the mean, Σ eᵢ² − (Σ eᵢ)²/n.

Invariant: variances of members add up to that of the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from data.expression import Node
from kpi.compile import Plan
from kpi.formula import Aggregate, computed

Array = np.ndarray[Any, Any]
Moments = Mapping[tuple[str, str], tuple[str, str | None]]
"""Pair of aggregate columns → the column of the sum of their products (of a column with itself: its squares), and that
of their rows, where their number is no chance."""
BY_CALENDAR = frozenset({"ad_days", "staff_days", "shifts", "shift_days"})
"""Relations with a row a day."""


def moments(plan: Plan) -> Moments:
    """The columns that tell variances, placed in the plan's scans: to be called before anything is counted."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    for scan in plan.scans:
        by_day = scan.source.relation.name in BY_CALENDAR
        own = [(aggregate, name) for aggregate, name in scan.aggregates.columns.items() if aggregate.is_zero]
        for aggregate, name in own:
            is_sum = aggregate.function == "sum"
            rows = scan.aggregates.place(Aggregate("count", "", aggregate.conditions)) if by_day and is_sum else None
            found[name, name] = (scan.aggregates.place(_product(aggregate, aggregate)) if is_sum else name, rows)
        for (one, first), (other, second) in combinations(own, 2):
            both = one.function == other.function == "sum" and one.conditions == other.conditions
            narrower = _narrower(one, first, other, second)
            column = scan.aggregates.place(_product(one, other)) if both else narrower
            if column:
                found[first, second] = found[second, first] = (column, found[first, first][1] if both else None)
    return found


def _product(one: Aggregate, other: Aggregate) -> Aggregate:
    return Aggregate("sum", f"(({one.value})::double * ({other.value})::double)", one.conditions)


def _narrower(one: Aggregate, first: str, other: Aggregate, second: str) -> str | None:
    """The column of rows both count, where one counts among the other's; a sum before a count."""
    if one.function == other.function == "sum":
        return None
    inside, outside = set(one.conditions) <= set(other.conditions), set(other.conditions) <= set(one.conditions)
    if not inside and not outside:
        return None
    if "sum" in (one.function, other.function):
        return first if one.function == "sum" else second
    return second if inside else first


@dataclass(frozen=True)
class Linear:
    """A sum or ratio as coefficients of its aggregates, in one period."""

    names: Sequence[str]
    """The aggregate columns."""
    above: Array
    """Coefficients of the numerator."""
    below: Array
    """Coefficients of the denominator; zeros for a sum."""


def linear(above: Node, below: Node | None, names: Sequence[str], scalars: Mapping[str, float]) -> Linear:
    """The coefficients: the trees' values where one aggregate is 1 and all others 0."""
    unit = {name: np.eye(len(names))[place] for place, name in enumerate(names)}

    def column(name: str) -> Array:
        return unit[name] if name in unit else np.full(len(names), scalars[name])

    return Linear(names, computed(above, column), np.zeros(len(names)) if below is None else computed(below, column))


def _moment(pair: tuple[str, str], columns: Mapping[str, Array], product: str, rows: str | None) -> Array:
    found: Array = np.nan_to_num(columns[product])
    if rows is None:
        return found
    one, other = (np.nan_to_num(columns[name]) for name in pair)
    about_mean: Array = found - one * other / np.maximum(columns[rows], 1)
    return about_mean


def base_variances(form: Linear, whole: float, columns: Mapping[str, Array], known: Moments) -> Array:
    """Variance of each slice's share in the whole, as far as the rows of its own denominator make it."""
    return variances(Linear(form.names, form.below, np.zeros(len(form.names))), 0.0, whole, columns, known)


def variances(form: Linear, value: float, whole: float, columns: Mapping[str, Array], known: Moments) -> Array:
    """Variance of what each slice adds to the KPI, whose value and denominator over all rows are given."""
    weights = form.above - value * form.below if form.below.any() else form.above
    total: Any = 0.0
    for i, j in ((i, j) for i in range(len(weights)) for j in range(len(weights))):
        pair = (form.names[i], form.names[j])
        if weights[i] and weights[j] and pair in known:
            total = total + weights[i] * weights[j] * _moment(pair, columns, *known[pair])
    found: Array = np.maximum(total, 0.0) / whole**2
    return found
