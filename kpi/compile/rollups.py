"""What is worth counting ahead: every value that comes with the program, over a fact that has many rows.

Invariant: what is counted ahead is compiled as a query of the same KPI is, so that both are one SQL, found by its text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from data.access.reader import Reader
from data.access.source import quoted, select
from data.expression import Params
from data.model import DIMENSIONS, OWNER, PEOPLE, STAFF_DIMENSIONS, Relation, Source
from data.rollup import Ahead, Definition
from data.store.readable import Readable
from data.store.rollups.marks import IDENTIFYING
from kpi.catalogue import catalogue
from kpi.compile.ahead import adding, written_out
from kpi.compile.plan import PRIVATE_RELATION
from kpi.compile.resolve import resolve
from kpi.compile.scans import Scan
from kpi.formula import Aggregate
from kpi.model import Kpi, Query

PAYS = 1_000_000
"""Rows from which a fact is counted ahead; fewer are counted faster than anybody notices."""
_TOO_MANY = frozenset({"client"})
"""Dimensions nobody slices by: they have almost as many members as there are rows."""


def rollups(store: Readable, least: int = PAYS) -> tuple[Definition, ...]:
    """What is to be counted ahead of the data as they are: one rollup a fact of `least` rows and time column."""
    relations = Reader(store).relations()
    known = catalogue()
    kpis = [kpi for kpi in known if _is_rolled(kpi, relations, least)]
    usable = [kpi for kpi in kpis if not resolve(kpi, known, relations).missing]
    kinds = dict.fromkeys((kpi.relation or "", kpi.time) for kpi in usable)
    return tuple(
        _definition(relations[name], when, [kpi for kpi in usable if (kpi.relation, kpi.time) == (name, when)])
        for name, when in kinds
    )


def _is_rolled(kpi: Kpi, relations: Mapping[str, Relation], least: int) -> bool:
    relation = relations.get(kpi.relation or "")
    if relation is None or relation.data_until is None or relation.rows < least:
        return False
    is_fact = relation.live_filter and relation.name != PRIVATE_RELATION
    return is_fact and kpi.kind == "value" and kpi.window == "period"


def _definition(relation: Relation, when: str | None, kpis: Sequence[Kpi]) -> Definition:
    assert relation.data_until is not None
    now = datetime.combine(relation.data_until, time()) + timedelta(days=1)
    params, every_day = Params(), replace(relation, data_until=None)
    scan = Scan("a", Source(every_day, OWNER), Query(()), params, when, "period")
    for kpi in kpis:
        scan.add(kpi, now)
    aggregates = tuple(scan.aggregates.columns)
    by = tuple(name for name in DIMENSIONS if name in relation.columns and name not in _TOO_MANY)
    rows = select(scan.source, [*IDENTIFYING, *by, *scan.columns], params, time=when)
    present = [name for name, value in params.values.items() if value == now]
    constant = {name: value for name, value in params.values.items() if name not in present}
    counted = tuple(Ahead(a.sql, written_out(a.sql, params.values), adding(a)) for a in aggregates)
    structure = "\n".join((rows, *(a.sql for a in aggregates), repr(sorted(constant.items(), key=str)), *by))
    return Definition(
        f"{relation.name}_{when or 'day'}", relation.name, when, rows, dict(params.values), by, counted,
        tuple(dict.fromkeys((*_of_present(aggregates, present), *_of_others(relation, [*by, *scan.columns])))),
        structure,
    )  # fmt: skip


def _of_present(aggregates: Iterable[Aggregate], present: Sequence[str]) -> list[str]:
    """Parts of the aggregates that hang on the present day."""
    parts = [part for a in aggregates for part in (a.value, *a.conditions)]
    return [f"({part})" for part in parts if any(f"${name}" in part for name in present)]


def _of_others(relation: Relation, by: Sequence[str]) -> list[str]:
    """Cells that other facts or merged names settle."""
    looked_up = STAFF_DIMENSIONS if relation.staffed else ()
    people = PEOPLE if relation.names else ()
    return [quoted(name) for name in by if name in (*looked_up, *people)]
