"""A plan carried out over columns in memory, without asking DuckDB.

Invariant: the answer is the one the plan's Statement gives: the same columns, rows and order. What cannot be told from
memory raises `NotHeld`, and the Statement is run instead.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np

from data.access.columns import Codes, NotHeld, Wish
from data.access.reader import Reader
from data.access.selection import Selection, of_members
from kpi.compile import Plan, Scan, Window, add_months, written_out
from kpi.evaluate import counting, leaving_out
from kpi.evaluate.answer import Aggregated, Counted, answer, laid_out, require_arithmetic
from kpi.formula import Aggregate

Array = np.ndarray[Any, Any]
WIDEST = 2_000
"""Members by which a memory of rows is sliced; more are DuckDB's business."""


def from_memory(plan: Plan, reader: Reader) -> dict[str, Any]:
    """The answer's columns; NaN is unknown. Raises `NotHeld`."""
    require_arithmetic(plan)
    return answer(plan, aggregates_from_memory(plan, reader))


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
    return laid_out(plan, counted, without=without)


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

    def counted(self) -> Counted:
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
        return Counted(members, present > 0, columns)

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
        named = written_out(sql, self.plan.params.values)
        return Wish(kind, named, sql, tuple(self.scan.columns))
