"""A plan carried out over columns in memory, without asking DuckDB.

Invariant: the answer is the one the plan's Statement gives: the same columns, rows and order. What cannot be told from
memory raises `NotHeld`, and the Statement is run instead.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.access.columns import Codes, NotHeld, Wish
from data.access.reader import Reader
from data.access.selection import Selection, of_members
from data.expression import Node
from kpi.compile import KINDS, Plan, Scan, Window, add_months
from kpi.evaluate import counting, leaving_out
from kpi.formula import Aggregate, computed, is_arithmetic

Array = np.ndarray[Any, Any]
WIDEST = 2_000
"""Members by which a memory of rows is sliced; more are DuckDB's business."""
_PLACE = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class _Counted:
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


def from_memory(plan: Plan, reader: Reader) -> dict[str, Any]:
    """The answer's columns; NaN is unknown. Raises `NotHeld`."""
    values = plan.values()
    if not all(map(is_arithmetic, values)):
        raise NotHeld
    found = aggregates_from_memory(plan, reader)
    wide = _Wide(len(plan.calendar.periods), len(found.slices))
    with np.errstate(divide="ignore", invalid="ignore"):
        return wide.answer(plan, values, found)


def aggregates_from_memory(plan: Plan, reader: Reader, *, without: bool = False) -> Aggregated:
    """What is counted, for every spot and slice. Raises `NotHeld`.

    `without`: what cannot be told of a whole from its parts (medians, extremes, different things) is, in a member's
    place, that of everybody else's rows; and {median}_error holds the standard error of each median over all rows.
    """
    if plan.private:
        raise NotHeld
    counted = [_Counting(plan, scan, reader, without=without).counted() for scan in plan.scans]
    if not reader.is_current:
        raise NotHeld
    return _aggregated(plan, counted, without=without)


class _Counting:
    """One scan."""

    def __init__(self, plan: Plan, scan: Scan, reader: Reader, *, without: bool) -> None:
        self.plan, self.scan, self.without = plan, scan, without
        self.rows = reader.at_hand(scan.source, scan.time, plan.query.where)
        self.slice = of_members(scan.source.relation, scan.slice) if scan.slice else None
        self.conditions = {
            a: tuple(self._wish("condition", sql) for sql in a.conditions) for a in scan.aggregates.columns
        }
        self.keys = {a: self._wish("distinct", a.unit_key) for a in self.conditions if a.unit_key}
        kinds = {a: "distinct" if a.function == "distinct" else "value" for a in self.conditions if a.value}
        self.values = {a: self._wish(kind, a.value) for a, kind in kinds.items()}
        wishes = [wish for own in self.conditions.values() for wish in own]
        wishes += [*self.keys.values(), *self.values.values(), *([self.slice] if self.slice else [])]
        self.rows.load(wishes, plan.params.values, plan.seconds)

    def counted(self) -> _Counted:
        windows = self.plan.needed(self.scan)
        size = self.rows.columns.get(self.slice).size if self.slice else -1
        if size > WIDEST:
            raise NotHeld
        shape = (len(self.plan.ids) + 1, size + 2)
        columns = {
            name: np.full(shape, 0.0 if aggregate.is_zero else np.nan)
            for aggregate, name in self.scan.aggregates.columns.items()
        }
        present = np.zeros(size + 1)
        for window in windows:
            selection = self.rows.within(*self._days(window))
            if not len(selection):
                continue
            codes = selection.codes(self.slice) if self.slice else None
            if codes is not None:
                present += counting.counts(selection.kept(), codes, len(selection))[1:]
            for aggregate, name in self.scan.aggregates.columns.items():
                columns[name][self.plan.ids[window]] = self._aggregated(aggregate, selection, codes)
                if self.without and aggregate.function == "median":
                    errors = columns.setdefault(f"{name}_error", np.full(shape, np.nan))
                    errors[self.plan.ids[window]] = self._error(aggregate, selection)
        members = self.rows.columns.get(self.slice).members if self.slice else ()
        return _Counted(members, present > 0, columns)

    def _aggregated(self, aggregate: Aggregate, selection: Selection, codes: Codes | None) -> Array:
        kept = selection.kept(self.conditions[aggregate])
        key = selection.codes(self.keys[aggregate]) if aggregate in self.keys else None
        if self.without and codes is not None and not aggregate.adds_up:
            return self._others(aggregate, selection, codes)
        match aggregate.function:
            case "count":
                if key is None:
                    return counting.counts(kept, codes, len(selection))
                return counting.distinct(key, kept, codes)
            case "distinct":
                return counting.distinct(selection.codes(self.values[aggregate]), kept, codes)
        values = selection.values(self.values[aggregate])
        if aggregate.function == "median" and key is not None:
            return counting.medians_once(values, key, kept, codes)
        count = {
            "sum": counting.sums, "median": counting.medians, "minimum": counting.least, "maximum": counting.greatest,
        }[aggregate.function]  # fmt: skip
        return count(values, kept, codes)

    def _others(self, aggregate: Aggregate, selection: Selection, codes: Codes) -> Array:
        kept = selection.kept(self.conditions[aggregate])
        if aggregate.function in ("count", "distinct"):
            things = self.keys[aggregate] if aggregate.function == "count" else self.values[aggregate]
            return leaving_out.distinct(selection.codes(things), kept, codes)
        if aggregate in self.keys:
            raise NotHeld
        return leaving_out.ordered(aggregate.function, selection.values(self.values[aggregate]), kept, codes)

    def _error(self, aggregate: Aggregate, selection: Selection) -> float:
        kept = selection.kept(self.conditions[aggregate])
        return leaving_out.median_error(selection.values(self.values[aggregate]), kept)

    def _days(self, window: Window) -> tuple[date, date]:
        if self.scan.window == "period":
            return window.since, window.until
        until = min(window.until, self.scan.source.relation.data_until or window.until)
        if self.scan.window == "period_end":
            return until, until
        return add_months(until, -12) + timedelta(days=1), until

    def _wish(self, kind: Any, sql: str) -> Wish:
        values = self.plan.params.values
        named = _PLACE.sub(lambda place: repr(values[place[1]]), sql)
        return Wish(kind, named, sql, tuple(self.scan.columns))


def _aggregated(plan: Plan, counted: list[_Counted], *, without: bool) -> Aggregated:
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


def _slices(plan: Plan, counted: list[_Counted]) -> tuple[list[tuple[bool, str | None]], list[list[int]]]:
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
