"""What was counted → the answer's columns, in memory.

Invariant: the columns, rows and order are those of the plan's Statement, whoever counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.access.columns import NotHeld
from data.expression import Node
from kpi.compile import KINDS, Plan, Scan
from kpi.formula import computed, is_arithmetic

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Counted:
    """What a scan found."""

    members: tuple[str, ...]
    """The members of its slice."""
    present: Array
    """Per member, and for none, whether it has rows in some window."""
    columns: Mapping[str, Array]
    """Aggregate column → a row a window, then one without a window; a column for all, for each member and for none."""


@dataclass(frozen=True)
class Aggregated:
    """The aggregates of a plan, before the arithmetic after them."""

    slices: tuple[tuple[bool, str | None], ...]
    """(is_total, member) in order: all rows, the members, None for not filled in."""
    columns: Mapping[str, Array]
    """Aggregate column → spots of the spine × slices; days{h} → spots × 1. NaN is unknown."""


def require_arithmetic(plan: Plan) -> None:
    """`NotHeld` unless all that comes after counting can be done on arrays."""
    if not all(map(is_arithmetic, plan.values())):
        raise NotHeld


def answer(plan: Plan, found: Aggregated) -> dict[str, Any]:
    """The answer's columns; NaN is unknown."""
    wide = _Wide(len(plan.calendar.periods), len(found.slices))
    with np.errstate(divide="ignore", invalid="ignore"):
        return wide.answer(plan, plan.values(), found)


def laid_out(plan: Plan, counted: Sequence[Counted], *, without: bool = False) -> Aggregated:
    """What the scans found, for every spot and slice. `without`: see `aggregates_from_memory`."""
    slices, places = _slices(plan, counted)
    columns = {f"days{h}": _column([spot.days[h] for spot in plan.spine])[:, None] for h in range(len(plan.horizons))}
    for number, (scan, found) in enumerate(zip(plan.scans, counted, strict=True)):
        horizon = plan.horizon(scan.source.relation.name)
        windows = [spot.windows[horizon] for spot in plan.spine]
        at = np.array([len(plan.ids) if window is None else window for window in windows])
        loaded = np.array([spot.loaded[number] for spot in plan.spine])[:, None]
        for name, table in found.columns.items():
            nothing = _nothing(scan, name, table, without=without)
            placed = np.column_stack([table, nothing])[at][:, places[number]]
            columns[name] = np.where(loaded, placed, np.nan)
    return Aggregated(tuple(slices), columns)


def _nothing(scan: Scan, name: str, table: Array, *, without: bool) -> Array:
    """The aggregate, a row a window, of a member that the scan does not know: none, or without it everything."""
    aggregate = next((a for a, column in scan.aggregates.columns.items() if column == name), None)
    if without and (aggregate is None or not aggregate.adds_up):
        everything: Array = table[:, 0]
        return everything
    return np.full(len(table), 0.0 if aggregate is not None and aggregate.is_zero else np.nan)


def _slices(plan: Plan, counted: Sequence[Counted]) -> tuple[list[tuple[bool, str | None]], list[list[int]]]:
    """(is_total, member) of the answer in their order, and for each scan the columns they are found in."""
    slices: list[tuple[bool, str | None]] = [(True, None)]
    if plan.query.by:
        known = {m for c in counted for m, has in zip((*c.members, None), c.present, strict=True) if has}
        slices += [(False, member) for member in sorted(m for m in known if m is not None)]
        slices += [(False, None)] if None in known else []
    places = []
    for found in counted:
        last = next(iter(found.columns.values())).shape[1]
        at = {(False, member): number + 1 for number, member in enumerate((*found.members, None))}
        places.append([0 if total else at.get((False, member), last) for total, member in slices])
    return slices, places


class _Wide:
    """Turns spots × slices into the answer's rows: slice by slice, periods ascending."""

    def __init__(self, periods: int, slices: int) -> None:
        self.shape = (periods, len(KINDS), slices)

    def answer(self, plan: Plan, values: list[Node], aggregated: Aggregated) -> dict[str, Any]:
        """The columns of the plan's statement."""
        periods, slices, columns = self.shape[0], aggregated.slices, aggregated.columns
        starts = np.array([period.start for period in plan.calendar.periods], dtype="datetime64[s]")
        names = np.repeat(np.array([member for _, member in slices], dtype=object), periods)
        wide: dict[str, Any] = {
            "period": np.tile(starts, len(slices)),
            "is_total": np.repeat([total for total, _ in slices], periods),
            "slice": names,
        }
        for i, value in enumerate(values):
            found = np.broadcast_to(computed(value, columns.__getitem__), (len(plan.spine), len(slices)))
            wide |= {f"{letter}{i}": self.rows(found, kind) for kind, letter in enumerate(("v", "p", "y"))}
        for j, leaf in enumerate(plan.leaves):
            measure = plan.measures[leaf.id]
            for letter, name in (("r", measure.rows), ("u", measure.used), ("e", measure.eligible)):
                wide[f"{letter}{j}"] = self.rows(columns[name], 0)
            eligible = columns[measure.eligible]
            eligible = np.where(np.isnan(eligible), 0, eligible)
            wide[f"x{j}"] = sum(self.rows(eligible, kind) for kind in range(len(KINDS)))
        return wide

    def rows(self, found: Array, kind: int) -> Array:
        """One kind's spots as a column."""
        return found.reshape(self.shape)[:, kind, :].T.ravel()


def _column(cells: list[int | None]) -> Array:
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
