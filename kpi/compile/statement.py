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

_KINDS = ("n", "b", "y")
"""Now, the period before, the year before: the kinds of row of the spine, by number."""
PRIVATE_RELATION = "surveys"
"""Relation whose staff answers are shown only for five people or more."""


@dataclass(frozen=True)
class Compiled:
    """A statement and how to read its columns."""

    statement: Statement
    """What to run. Its columns: period, is_total, slice, then per KPI i: v{i}, p{i}, y{i}; per leaf j: r{j}, u{j},
    e{j}, x{j} (eligible rows now or in what it is compared with), and nn{j}, nb{j}, ny{j} (respondents now, before,
    a year before) where it is private."""
    kpis: tuple[str, ...]
    """KPI ids in the order of i."""
    leaves: tuple[str, ...]
    """Leaf ids in the order of j."""
    private: frozenset[str]
    """Leaves made of staff answers."""
    now: Mapping[str, date]
    """KPI id → until when all of its facts go."""
    reach: Mapping[str, date]
    """KPI id → until when the latest of its facts goes."""


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
        self.ends = {r.kpi.id: [self._end(name) for name in r.relations] for r in resolutions}
        self.horizons = tuple(sorted({end for ends in self.ends.values() for end in ends}))

    def compile(self) -> Compiled:
        scans = self._scans()
        ids, spine = self._spine(scans)
        sql = "\n".join(
            [
                f"with windows as materialized ({self._window_rows(ids)}),",
                f"spine as materialized ({spine}),",
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
        statement = Statement(sql, self.params.used_in(sql), facts, self.scope)
        now, reach = ({id_: pick(ends) for id_, ends in self.ends.items()} for pick in (min, max))
        leaves = tuple(leaf.id for leaf in self.leaves)
        return Compiled(statement, tuple(self.ends), leaves, self.private, now, reach)

    def _end(self, relation: str) -> date:
        return self.sources[relation].relation.data_until or self.calendar.until

    def _horizon(self, relation: str) -> int:
        return self.horizons.index(self._end(relation))

    def _scans(self) -> list[Scan]:
        scans: dict[tuple[str, str | None, str], Scan] = {}
        for leaf in self.leaves:
            source = self.sources[leaf.relation or ""]
            key = (source.relation.name, leaf.time, leaf.window)
            scan = scans.setdefault(
                key, Scan(f"s{len(scans)}", source, self.query, self.params, leaf.time, leaf.window)
            )
            scan.add(leaf, datetime.combine(self._end(source.relation.name), time()) + timedelta(days=1))
            if leaf.id in self.private:
                scan.count_people()
        return list(scans.values())

    def _spine(self, scans: Sequence[Scan]) -> tuple[dict[Window, int], str]:
        """Window numbers, and per period and kind the window of each horizon.

        Facts that end on different days are compared each like for like: every part of a KPI covers, in the period it
        is compared with, as many days as it has now.
        """
        ids: dict[Window, int] = {}
        rows: list[list[object]] = []
        for period in self.calendar.periods:
            for kind in range(len(_KINDS)):
                windows = [self._compared(period, now)[kind] for now in self.horizons]
                row: list[object] = [period.start, kind]
                row += [None if w is None else ids.setdefault(w, len(ids)) for w in windows]
                row += [None if w is None else (w.until - w.since).days + 1 for w in windows]
                rows.append([*row, *(self._is_loaded(scan, windows) for scan in scans)])
        numbers = range(len(self.horizons))
        names = ["period", "kind", *(f"w{h}" for h in numbers), *(f"days{h}" for h in numbers)]
        names += [f"loaded_{scan.name}" for scan in scans]
        return ids, self._table(names, list(zip(*rows, strict=True)))

    def _compared(self, period: Period, now: date) -> tuple[Window | None, Window | None, Window | None]:
        wanted, grain = self.query.compare, self.calendar.grain
        return (
            elapsed(period, now),
            previous(period, grain, now) if "previous" in wanted else None,
            last_year(period, grain, now) if "year" in wanted else None,
        )

    def _is_loaded(self, scan: Scan, windows: Sequence[Window | None]) -> bool:
        """Whether the relation has data in its window: only then no rows mean nothing happened."""
        relation = scan.source.relation
        window = windows[self._horizon(relation.name)]
        first = relation.first_day
        return window is not None and first is not None and window.until >= first

    def _needed(self, scan: Scan, ids: Mapping[Window, int]) -> list[Window]:
        """The windows that the scan's relation is shown or compared in."""
        end = self._end(scan.source.relation.name)
        found = {w for period in self.calendar.periods for w in self._compared(period, end)}
        return [window for window in ids if window in found]

    def _table(self, names: Sequence[str], columns: Sequence[Sequence[object]]) -> str:
        """A relation of the given columns, each one parameter."""
        cells = (
            f"unnest({self.params.place(list(values))}::{_type_of(name)}[]) as {name}"
            for name, values in zip(names, columns, strict=True)
        )
        return f"select {', '.join(cells)}"

    def _window_rows(self, ids: Mapping[Window, int]) -> str:
        columns: list[list[object]] = [
            list(ids.values()),
            [w.since for w in ids],
            [w.until for w in ids],
        ]
        return self._table(("wid", "since", "until"), columns)

    def _slices(self, scans: Sequence[Scan]) -> str:
        found = "".join(f" union select is_total, slice from {scan.name}" for scan in scans if self.query.by)
        return f"select true as is_total, null::varchar as slice{found}"

    def _leaf(self, scans: Sequence[Scan]) -> str:
        columns = [f"p.days{h}" for h in range(len(self.horizons))]
        joins = ""
        for scan in scans:
            for name in scan.aggregates.columns.values():
                zero = f"coalesce({scan.name}.{name}, 0)" if name in scan.aggregates.zero else f"{scan.name}.{name}"
                columns.append(f"case when p.loaded_{scan.name} then {zero} end as {name}")
            h = self._horizon(scan.source.relation.name)
            joins += f" left join {scan.name} on {scan.name}.wid = p.w{h} and {_same_slice(scan.name, 'k')}"
        listed = ", ".join(["p.period", "p.kind", "k.is_total", "k.slice", *columns])
        return f"select {listed} from spine p cross join slices k{joins}"

    def _kpi(self, scans: Sequence[Scan]) -> str:
        measures = {id_: m for scan in scans for id_, m in scan.measures.items()}
        people = {id_: scan.count_people() for scan in scans for id_ in scan.measures if id_ in self.private}
        values = {id_: m.value for id_, m in measures.items()}
        columns = [f"({self._value(r, values)})::double as v{i}" for i, r in enumerate(self.resolutions)]
        for j, leaf in enumerate(self.leaves):
            m = measures[leaf.id]
            columns += [f"{m.rows} as r{j}", f"{m.used} as u{j}", f"{m.eligible} as e{j}"]
            columns += [f"{people[leaf.id]} as n{j}"] if leaf.id in self.private else []
        return f"select period, kind, is_total, slice, {', '.join(columns)} from leaf"

    def _value(self, resolution: Resolution, values: Mapping[str, str]) -> str:
        if resolution.kpi.kind == "value":
            return values[resolution.kpi.id]
        inner = dict(values)
        for part in resolution.formulas:
            inner[part.kpi.id] = f"({self._value(part, values)})"
        days = f"days{self._horizon(resolution.relations[0])}"
        return formula(resolution.tree, inner, resolution.chosen, days, self.params)

    def _answer(self) -> str:
        columns = ["n.period", "n.is_total", "n.slice"]
        columns += [f"n.v{i}, b.v{i} as p{i}, y.v{i} as y{i}" for i in range(len(self.resolutions))]
        for j, leaf in enumerate(self.leaves):
            columns += [f"n.{letter}{j}" for letter in "rue"]
            columns += [f"{kind}.n{j} as n{kind}{j}" for kind in _KINDS if leaf.id in self.private]
            columns.append(" + ".join(f"coalesce({kind}.e{j}, 0)" for kind in _KINDS) + f" as x{j}")
        joins = "".join(
            f" left join kpi {kind} on {kind}.kind = {number} and {kind}.period = n.period and {_same_slice(kind, 'n')}"
            for number, kind in enumerate(_KINDS)
            if number
        )
        order = "order by n.is_total desc, n.slice nulls last, n.period"
        return f"select {', '.join(columns)} from kpi n{joins} where n.kind = 0 {order}"


def _same_slice(one: str, other: str) -> str:
    return f"{one}.is_total = {other}.is_total and {one}.slice is not distinct from {other}.slice"


def _type_of(name: str) -> str:
    if name in ("period", "since", "until"):
        return "date"
    return "boolean" if name.startswith("loaded_") else "integer"
