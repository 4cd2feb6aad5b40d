"""One member's sums and rates from the grid.

Invariant: a figure is None where no row tells it, never 0; what advertisements and orders tell together uses only days
on which both are loaded and every row of the member says what it cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kpi.accounts.asking import METRICS, pair, pair_of
from kpi.accounts.grid import Grid
from kpi.accounts.model import Kind, Member, Ratio
from kpi.accounts.ratio import Array, Estimate, ratio, reach
from kpi.accounts.steps import ADS, RATES, STEP, STEPS, Rate, inside
from kpi.evaluate.tidy import DECIMALS


@dataclass(frozen=True)
class Pair:
    """What a rate divides, a row a member and a column a day, and on which days it counts."""

    above: Array
    """Sums of the upper figure."""
    below: Array
    """Sums of the lower one."""
    counts: Array
    """Days that count for the member."""


def pair_in(grid: Grid, rate: Rate, both: tuple[date, date] | None) -> Pair | None:
    """The rate's figures; None: this data does not tell one of them."""
    if inside(rate):
        above, below = pair_of(rate)
        names = [pair(above, below, name) for name in (above, below)]
        if not all(name in grid.cells for name in names):
            return None
        return Pair(grid.of(names[0]), grid.of(names[1]), grid.of("n") > 0)
    columns = [STEP[name].column for name in (rate.above, rate.below)]
    columns = ["revenue", "n_revenue"] if columns == ["revenue", "done"] else columns
    if both is None or not all(name in grid.cells for name in columns):
        return None
    counts = np.zeros_like(grid.of("n"), dtype=bool)
    counts[:, grid.column(both[0]) : grid.column(both[1]) + 1] = True
    if ADS in (STEP[rate.above].relation, STEP[rate.below].relation):
        counts &= _running(grid) & _told(grid, columns)
    else:
        counts &= grid.of("done") > 0
    return Pair(grid.of(columns[0]), grid.of(columns[1]), counts)


def _running(grid: Grid) -> Array:
    """Days from a member's first advertising row to its last; a day without a row between them cost nothing."""
    has = grid.of("n") > 0
    return np.asarray(np.maximum.accumulate(has, axis=1) & np.maximum.accumulate(has[:, ::-1], axis=1)[:, ::-1])


def _told(grid: Grid, columns: list[str]) -> Array:
    """Days on which every advertising row of a member tells the figures of the rate that are theirs."""
    own = [name for name in columns if name in METRICS]
    return np.asarray(np.all([grid.of(f"n_{name}") == grid.of("n") for name in own], axis=0))


def clusters_of(grid: Grid) -> Array:
    """Clusters by member and day: the period its figures were told for; a day without advertising stands for itself."""
    return np.where(grid.of("n") > 0, grid.of("told"), grid.days[None, :]).astype(int)


def estimates(grid: Grid, both: tuple[date, date] | None) -> dict[str, Estimate]:
    """Rate → its value and error of each member."""
    clusters, found = clusters_of(grid), dict[str, Estimate]()
    for rate in RATES.values():
        told = pair_in(grid, rate, both)
        if told is not None:
            found[rate.id] = ratio(told.above * rate.times, told.below, clusters, told.counts)
    return found


def members(grid: Grid, both: tuple[date, date] | None) -> list[Member]:
    """Every row of the grid, without its differences."""
    found = estimates(grid, both)
    return [_member(grid, row, _rates(found, row)) for row in range(len(grid.keys))]


def _rates(found: Mapping[str, Estimate], row: int) -> dict[str, Ratio]:
    told = {}
    for name, one in found.items():
        value, error, clusters = float(one.value[row]), float(one.error[row]), int(one.clusters[row])
        if np.isfinite(value):
            apart = reach(clusters) * error if np.isfinite(error) else None
            low, high = (None, None) if apart is None else (rounded(max(value - apart, 0.0)), rounded(value + apart))
            told[name] = Ratio(rounded(value), low, high, clusters)
    return told


def rounded(value: float) -> float:
    """A figure with as many decimals as the evaluator tells, so that one figure has the same digits everywhere."""
    return round(value, DECIMALS)


def _member(grid: Grid, row: int, rates: Mapping[str, Ratio]) -> Member:
    name, is_rest = grid.keys[row]
    places = np.flatnonzero(grid.of("n")[row] > 0)
    first, last = (
        (grid.since + timedelta(days=int(p)) for p in (places[0], places[-1])) if len(places) else (None, None)
    )
    rows, done = float(grid.of("n")[row].sum()), float(grid.of("done")[row].sum())
    return Member(
        name, ", ".join(filter(None, grid.titles.get(name or "", ()))), first, last, len(places),
        {step.id: _sum(grid, row, step.id) for step in (STEP["spend"], *STEPS)}, rates, {},
        _kind(grid, row) if len(places) else None,
        spend_known=float(grid.of("n_spend")[row].sum()) / rows if rows else 1.0,
        revenue_known=float(grid.of("n_revenue")[row].sum()) / done if done else 1.0,
        together=grid.together if is_rest else 0,
    )  # fmt: skip


def _sum(grid: Grid, row: int, step: str) -> float | None:
    """A step's sum; None where no row tells it. Orders and new clients are rows: none is 0, where they are loaded."""
    column = STEP[step].column
    if column not in grid.cells:
        return None
    known = grid.of(f"n_{column}")[row].sum() if f"n_{column}" in grid.cells else 1
    if step == "revenue":
        known = known or not grid.of("done")[row].sum()
    return float(grid.of(column)[row].sum()) if known else None


def _kind(grid: Grid, row: int) -> Kind:
    """What the added-up unique visitors are."""
    has = grid.of("n")[row] > 0
    spread, rows = grid.of("spread")[row][has].sum(), grid.of("n")[row][has].sum()
    if not spread:
        return "daily"
    if spread < rows:
        return "mixed"
    exact = grid.of("exact")[row][has].sum() == rows
    return "period" if exact else "parts"
