"""Catalogue + Query + sources → one Statement (pure).

Invariant: formulas are computed last, at each level, from aggregates of that level; ratios are never averaged; a spine
of windows keeps empty periods; comparisons are joined by window, never by position.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.expression import Params
from data.model import Scope, Source, Statement
from kpi.compile.resolve import Resolution
from kpi.compile.scans import Scan
from kpi.compile.windows import Calendar, Period, Window, elapsed, last_year, previous
from kpi.formula import formula
from kpi.model import Kpi, Query

_KINDS = ("now", "prev", "year")
PRIVATE_RELATION = "surveys"
"""Relation whose staff answers are shown only for five people or more."""


@dataclass(frozen=True)
class Compiled:
    """A statement and how to read its columns."""

    statement: Statement
    """What to run. Its columns: period, is_total, slice, then per KPI i: v{i}, p{i}, y{i}, x{i} (eligible rows now or in
    what it is compared with); per leaf j of it r{i}_{j}, u{i}_{j}, e{i}_{j}, and n{i}_{j} (respondents) where the leaf
    is private."""
    kpis: tuple[str, ...]
    """KPI ids in the order of i."""
    leaves: tuple[str, ...]
    """Leaf ids in the order of j."""
    private: frozenset[str]
    """Leaves made of staff answers."""
    now: Mapping[str, date]
    """KPI id → until when its facts go."""


def is_private(kpi: Kpi) -> bool:
    """Whether a value is made of staff answers."""
    return kpi.relation == PRIVATE_RELATION and "audience = 'client'" not in kpi.definition


def compile_query(
    query: Query, resolutions: Sequence[Resolution], sources: Mapping[str, Source], calendar: Calendar, scope: Scope
) -> Compiled:
    """One statement for all KPIs of a query; each must be computable and sliceable as asked."""
    return _Compiler(query, resolutions, sources, calendar, scope).compile()


class _Compiler:
    def __init__(
        self,
        query: Query,
        resolutions: Sequence[Resolution],
        sources: Mapping[str, Source],
        calendar: Calendar,
        scope: Scope,
    ) -> None:
        self.query, self.resolutions, self.sources = query, resolutions, sources
        self.calendar, self.scope = calendar, scope
        self.params = Params()
        self.leaves = tuple(dict.fromkeys(leaf for r in resolutions for leaf in r.leaves))
        self.private = frozenset(leaf.id for leaf in self.leaves if is_private(leaf))
        self.now = {r.kpi.id: self._now(r) for r in resolutions}
        self.horizons = tuple(sorted(set(self.now.values())))
        self.known = {r.kpi.id: r for r in resolutions}

    def compile(self) -> Compiled:
        scans = self._scans()
        ids, spine = self._windows()
        sql = "\n".join(
            [
                f"with windows as materialized ({self._window_rows(ids)}),",
                f"periods as materialized ({spine}),",
                *(
                    f"{s.name} as materialized ({s.sql(self._needed(s, ids), ids, self.calendar.grain)}),"
                    for s in scans
                ),
                f"slices as materialized ({self._slices(scans)}),",
                f"leaf as ({self._leaf(scans)}),",
                f"kpi as materialized ({self._kpi(scans)})",
                self._answer(),
            ]
        )
        facts = tuple(dict.fromkeys(scan.source.relation.name for scan in scans))
        statement = Statement(sql, self.params.values, facts, self.scope)
        kpis = tuple(r.kpi.id for r in self.resolutions)
        return Compiled(statement, kpis, tuple(leaf.id for leaf in self.leaves), self.private, self.now)

    def _now(self, resolution: Resolution) -> date:
        days = [self.sources[name].relation.data_until for name in resolution.relations]
        return min(day for day in days if day is not None)

    def _scans(self) -> list[Scan]:
        scans: dict[tuple[str, str | None, str], Scan] = {}
        for leaf in self.leaves:
            source = self.sources[leaf.relation or ""]
            key = (source.relation.name, leaf.time, leaf.window)
            scan = scans.setdefault(
                key, Scan(f"s{len(scans)}", source, self.query, self.params, leaf.time, leaf.window)
            )
            until = source.relation.data_until or self.calendar.until
            scan.add(leaf, datetime.combine(until, time()) + timedelta(days=1))
            if leaf.id in self.private:
                scan.count_people()
        return list(scans.values())

    def _windows(self) -> tuple[dict[Window, int], str]:
        """Window numbers, and the spine: per period and horizon its window and those it is compared with.

        A KPI over several facts is cut at its now, so that all of its parts cover the same days.
        """
        ids: dict[Window, int] = {}
        rows: list[list[object]] = []
        for period in self.calendar.periods:
            row: list[object] = [period.start]
            for now in self.horizons:
                row += [self._id(ids, window) for window in self._compared(period, now)]
            rows.append(row)
        columns = ["period", *(f"{kind}{h}" for h in range(len(self.horizons)) for kind in _KINDS)]
        return ids, self._table(columns, list(zip(*rows, strict=True)))

    def _compared(self, period: Period, now: date) -> tuple[Window | None, Window | None, Window | None]:
        wanted, grain = self.query.compare, self.calendar.grain
        return (
            elapsed(period, now),
            previous(period, grain, now) if "previous" in wanted else None,
            last_year(period, grain, now) if "year" in wanted else None,
        )

    def _needed(self, scan: Scan, ids: Mapping[Window, int]) -> list[Window]:
        """The windows that some KPI of the scan is shown or compared in."""
        nows = {self.now[r.kpi.id] for r in self.resolutions if any(leaf.id in scan.measures for leaf in r.leaves)}
        found = {w for period in self.calendar.periods for now in nows for w in self._compared(period, now)}
        return [window for window in ids if window in found]

    @staticmethod
    def _id(ids: dict[Window, int], window: Window | None) -> int | None:
        return None if window is None else ids.setdefault(window, len(ids))

    def _table(self, names: Sequence[str], columns: Sequence[Sequence[object]]) -> str:
        """A relation of the given columns, each one parameter."""
        types = {"period": "date[]", "since": "date[]", "until": "date[]"}
        cells = (
            f"unnest({self.params.place(list(values))}::{types.get(name, 'integer[]')}) as {name}"
            for name, values in zip(names, columns, strict=True)
        )
        return f"select {', '.join(cells)}"

    def _window_rows(self, ids: Mapping[Window, int]) -> str:
        columns: list[list[object]] = [
            list(ids.values()),
            [w.since for w in ids],
            [w.until for w in ids],
            [(w.until - w.since).days + 1 for w in ids],
        ]
        return self._table(("wid", "since", "until", "days"), columns)

    def _slices(self, scans: Sequence[Scan]) -> str:
        found = "".join(f" union select is_total, slice from {scan.name}" for scan in scans if self.query.by)
        return f"select true as is_total, null::varchar as slice{found}"

    def _leaf(self, scans: Sequence[Scan]) -> str:
        columns: list[str] = []
        joins: list[str] = []
        for scan in scans:
            relation = scan.source.relation
            first, until = self.params.place(relation.first_day), self.params.place(relation.data_until)
            loaded = f"(w.since <= {until}::date and w.until >= {first}::date)"
            for name in scan.aggregates.columns.values():
                zero = f"coalesce({scan.name}.{name}, 0)" if name in scan.aggregates.zero else f"{scan.name}.{name}"
                columns.append(f"case when {loaded} then {zero} end as {name}")
            joins.append(
                f" left join {scan.name} on {scan.name}.wid = w.wid and {scan.name}.is_total = k.is_total"
                f" and {scan.name}.slice is not distinct from k.slice"
            )
        listed = ", ".join(["w.wid", "k.is_total", "k.slice", "w.days as period_days", *columns])
        return f"select {listed} from windows w cross join slices k{''.join(joins)}"

    def _kpi(self, scans: Sequence[Scan]) -> str:
        measures = {id_: m for scan in scans for id_, m in scan.measures.items()}
        people = {id_: scan.count_people() for scan in scans for id_ in scan.measures if id_ in self.private}
        values = {id_: m.value for id_, m in measures.items()}
        columns = [f"({self._value(r, values)})::double as v{i}" for i, r in enumerate(self.resolutions)]
        for j, leaf in enumerate(self.leaves):
            m = measures[leaf.id]
            columns += [f"{m.rows} as r{j}", f"{m.used} as u{j}", f"{m.eligible} as e{j}"]
            columns += [f"{people[leaf.id]} as n{j}"] if leaf.id in self.private else []
        return f"select wid, is_total, slice, {', '.join(columns)} from leaf"

    def _value(self, resolution: Resolution, values: Mapping[str, str]) -> str:
        if resolution.kpi.kind == "value":
            return values[resolution.kpi.id]
        inner = dict(values)
        for part in resolution.formulas:
            inner[part.kpi.id] = f"({self._value(part, values)})"
        return formula(resolution.tree, inner, resolution.chosen, self.params)

    def _answer(self) -> str:
        columns = ["p.period", "s.is_total", "s.slice"]
        for i, resolution in enumerate(self.resolutions):
            h = self.horizons.index(self.now[resolution.kpi.id])
            columns += [f"now{h}.v{i}", f"prev{h}.v{i} as p{i}", f"year{h}.v{i} as y{i}"]
            leaves = [self.leaves.index(leaf) for leaf in resolution.leaves]
            anywhere = " + ".join(f"coalesce({kind}{h}.e{j}, 0)" for kind in _KINDS for j in leaves)
            columns.append(f"{anywhere} as x{i}")
            for j, leaf in zip(leaves, resolution.leaves, strict=True):
                letters = "ruen" if leaf.id in self.private else "rue"
                columns += [f"now{h}.{letter}{j} as {letter}{i}_{j}" for letter in letters]
        joins = "".join(
            f" left join kpi {kind}{h} on {kind}{h}.wid = p.{kind}{h} and {kind}{h}.is_total = s.is_total"
            f" and {kind}{h}.slice is not distinct from s.slice"
            for h in range(len(self.horizons))
            for kind in _KINDS
        )
        order = "order by s.is_total desc, s.slice nulls last, p.period"
        return f"select {', '.join(columns)} from periods p cross join slices s{joins} {order}"
