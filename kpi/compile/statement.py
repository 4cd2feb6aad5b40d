"""Plan → one Statement (pure): the plan as SQL.

Invariant: one scan per relation, time column and kind of window; a spine of windows keeps empty periods; slices are
joined null-safely; values travel only as parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from data.model import Reads, Scope, Source, Statement
from data.rollup import RollupState
from kpi.compile.ahead import Reading
from kpi.compile.plan import KINDS, Plan, plan_query
from kpi.compile.resolve import Resolution
from kpi.compile.scans import Scan
from kpi.compile.windows import Calendar
from kpi.formula import arithmetic_sql
from kpi.model import Query


@dataclass(frozen=True)
class Compiled:
    """A plan and how to read the columns of its answer.

    Columns: period, is_total, slice, then per KPI i: v{i}, p{i}, y{i}; per leaf j: r{j}, u{j}, e{j}, x{j} (eligible
    rows now or in what it is compared with), and nn{j}, nb{j}, ny{j} (respondents now, before, a year before) where it
    is private.
    """

    plan: Plan
    """What is to be done."""
    now: Mapping[str, date]
    """KPI id → until when all of its facts go."""
    reach: Mapping[str, date]
    """KPI id → until when the latest of its facts goes."""

    @cached_property
    def statement(self) -> Statement:
        """The plan as SQL."""
        return _statement(self.plan, {})

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """Scan → how rollups answer it, where they do."""
        return {scan.name: found for scan in self.plan.scans if (found := scan.ahead) is not None}

    @cached_property
    def short(self) -> Statement | None:
        """The same answer, as far as possible from rollups; None: they hold nothing of it."""
        return _statement(self.plan, self.readings) if self.readings else None

    @cached_property
    def known(self) -> Statement | None:
        """What the scans find, all of it from rollups: scan, wid, is_total, slice and their columns; None: they do not
        hold all of it."""
        return _known(self.plan, self.readings)

    @property
    def kpis(self) -> tuple[str, ...]:
        """KPI ids in the order of i."""
        return tuple(self.now)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Leaf ids in the order of j."""
        return tuple(leaf.id for leaf in self.plan.leaves)

    @property
    def private(self) -> frozenset[str]:
        """Leaves made of staff answers."""
        return self.plan.private


def compile_query(
    query: Query, resolutions: Sequence[Resolution], sources: Mapping[str, Source], calendar: Calendar, scope: Scope
) -> Compiled:
    """One plan for all KPIs of a query; each must be computable and sliceable as asked."""
    plan = plan_query(query, resolutions, sources, calendar, scope)
    ends = {r.kpi.id: [plan.end(name) for name in r.relations] for r in resolutions}
    now, reach = ({id_: pick(days) for id_, days in ends.items()} for pick in (min, max))
    return Compiled(plan, now, reach)


def aggregates_statement(plan: Plan) -> Statement:
    """The aggregates themselves, before the arithmetic: period, kind, is_total, slice, then a column each."""
    names = [name for scan in plan.scans for name in scan.aggregates.columns.values()]
    listed = ", ".join(["period", "kind", "is_total", "slice", *names])
    order = "order by is_total desc, slice nulls last, period, kind"
    return _of(plan, _counted(plan, {}), f"select {listed} from leaf {order}")


def _known(plan: Plan, readings: Mapping[str, Reading]) -> Statement | None:
    parts = []
    for number, scan in enumerate(plan.scans):
        reading, windows = readings.get(scan.name), plan.needed(scan)
        if reading is None or not windows or not all(map(reading.answers, windows)):
            return None
        parts.append(f"select {number} as scan, * from ({reading.sql(windows, plan.ids, plan.params)})")
    found = _of(plan, f"with windows as ({_window_rows(plan)})", "\n union all by name\n".join(parts))
    return replace(found, rollups=_states(readings), scans=())


def _states(readings: Mapping[str, Reading]) -> tuple[RollupState, ...]:
    return tuple({reading.rollup.state for reading in readings.values()})


def _statement(plan: Plan, ahead: Mapping[str, Reading]) -> Statement:
    found = _of(plan, f"{_counted(plan, ahead)},\nkpi as materialized ({_kpi(plan)})", _answer(plan))
    return replace(found, rollups=_states(ahead), scans=()) if ahead else found


def _of(plan: Plan, named: str, select: str) -> Statement:
    sql = f"{named}\n{select}"
    facts = tuple(dict.fromkeys(scan.source.relation.name for scan in plan.scans))
    return Statement(sql, plan.params.used_in(sql), facts, plan.scope, plan.seconds, _reads(plan))


def _counted(plan: Plan, ahead: Mapping[str, Reading]) -> str:
    return "\n".join(
        [
            f"with windows as materialized ({_window_rows(plan)}),",
            f"spine as materialized ({_spine(plan)}),",
            *(f"{scan.name} as materialized ({_scan(plan, scan, ahead.get(scan.name))})," for scan in plan.scans),
            f"slices as materialized ({_slices(plan)}),",
            f"leaf as ({_leaf(plan)})",
        ]
    )


def _scan(plan: Plan, scan: Scan, ahead: Reading | None = None) -> str:
    return scan.sql(plan.needed(scan), plan.ids, plan.calendar.grain, ahead)


def _reads(plan: Plan) -> tuple[Reads, ...]:
    """The scans, each by itself."""
    given = f"windows as ({_window_rows(plan)})"
    return tuple(Reads(_scan(plan, scan), given) for scan in plan.scans)


def _spine(plan: Plan) -> str:
    numbers = range(len(plan.horizons))
    names = ["period", "kind", *(f"w{h}" for h in numbers), *(f"days{h}" for h in numbers)]
    names += [f"loaded_{scan.name}" for scan in plan.scans]
    rows = [[spot.period, spot.kind, *spot.windows, *spot.days, *spot.loaded] for spot in plan.spine]
    return _table(plan, names, list(zip(*rows, strict=True)))


def _table(plan: Plan, names: Sequence[str], columns: Sequence[Sequence[object]]) -> str:
    """A relation of the given columns, each one parameter."""
    cells = (
        f"unnest({plan.params.place(list(values))}::{_type_of(name)}[]) as {name}"
        for name, values in zip(names, columns, strict=True)
    )
    return f"select {', '.join(cells)}"


def _window_rows(plan: Plan) -> str:
    columns: list[list[object]] = [
        list(plan.ids.values()),
        [w.since for w in plan.ids],
        [w.until for w in plan.ids],
    ]
    return _table(plan, ("wid", "since", "until"), columns)


def _slices(plan: Plan) -> str:
    found = "".join(f" union select is_total, slice from {scan.name}" for scan in plan.scans if plan.query.by)
    return f"select true as is_total, null::varchar as slice{found}"


def _leaf(plan: Plan) -> str:
    columns = [f"p.days{h}" for h in range(len(plan.horizons))]
    joins = ""
    for scan in plan.scans:
        columns += _columns(scan)
        h = plan.horizon(scan.source.relation.name)
        joins += f" left join {scan.name} on {scan.name}.wid = p.w{h} and {_same_slice(scan.name, 'k')}"
    listed = ", ".join(["p.period", "p.kind", "k.is_total", "k.slice", *columns])
    return f"select {listed} from spine p cross join slices k{joins}"


def _columns(scan: Scan) -> list[str]:
    found = []
    for aggregate, name in scan.aggregates.columns.items():
        zero = f"coalesce({scan.name}.{name}, 0)" if aggregate.is_zero else f"{scan.name}.{name}"
        found.append(f"case when p.loaded_{scan.name} then {zero} end as {name}")
    return found


def _kpi(plan: Plan) -> str:
    measures, people = plan.measures, plan.people
    columns = [f"({arithmetic_sql(v, plan.params)})::double as v{i}" for i, v in enumerate(plan.values())]
    for j, leaf in enumerate(plan.leaves):
        m = measures[leaf.id]
        columns += [f"{m.rows} as r{j}", f"{m.used} as u{j}", f"{m.eligible} as e{j}"]
        columns += [f"{people[leaf.id]} as n{j}"] if leaf.id in people else []
    return f"select period, kind, is_total, slice, {', '.join(columns)} from leaf"


def _answer(plan: Plan) -> str:
    columns = ["n.period", "n.is_total", "n.slice"]
    columns += [f"n.v{i}, b.v{i} as p{i}, y.v{i} as y{i}" for i in range(len(plan.resolutions))]
    for j, leaf in enumerate(plan.leaves):
        columns += [f"n.{letter}{j}" for letter in "rue"]
        columns += [f"{kind}.n{j} as n{kind}{j}" for kind in KINDS if leaf.id in plan.private]
        columns.append(" + ".join(f"coalesce({kind}.e{j}, 0)" for kind in KINDS) + f" as x{j}")
    joins = "".join(
        f" left join kpi {kind} on {kind}.kind = {number} and {kind}.period = n.period and {_same_slice(kind, 'n')}"
        for number, kind in enumerate(KINDS)
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
