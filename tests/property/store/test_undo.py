"""Imports, merges and their undos in any order leave what the rest alone gives: rows, what is derived, all KPIs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access.reader import Reader
from data.ingest.column_map import Mapping
from data.ingest.staged import ImportOptions, Staged
from data.model import IngestReport
from data.schema.loader import fact as fact_named
from data.schema.loader import facts
from data.store.derived import DERIVED
from data.store.entries import Merge
from data.store.entries.merges import names_of
from data.store.fact_tables import TYPES, add_columns, columns_of, ensure_fact_tables, make_empty_table, table_of
from data.store.ledger import enter_import, entries
from data.store.migrate import migrate
from data.store.owed import make_owed
from data.store.part import Part
from data.store.people.merged import catch_up
from data.store.publish import publish_part
from data.store.readable import Uncommitted
from data.store.refresh import make_empty, refresh
from data.store.states import read_states
from data.store.transaction import transaction
from data.store.undo import take_back
from kpi.catalogue import catalogue
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.targets import TargetBook

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12)
DAYS = [date(2026, 11, n) for n in range(1, 8)]

Row = tuple[object, ...]


@dataclass(frozen=True)
class Upload:
    """One import: a table of one fact."""

    fact: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    versions: tuple[float | None, ...] | None
    """One a row, where the table has them; None where the cell could not be read."""
    source: str
    replaces: bool
    extra: str | None


COLUMNS: dict[str, dict[str, list[object]]] = {
    "orders": {
        "order_id": ["1", "2", "3", None],
        "finished_at": list(DAYS[:5]),
        "started_at": list(DAYS[:2]),
        "status": ["done", "open"],
        "revenue": [1, 2],
        "employee": ["Ann", "A.", None],
        "booked_by": ["Bob", "Ann"],
        "client": ["79001112233", "8 900 111-22-33", "Bob", None],
        "branch": ["North", None],
    },
    "expenses": {"date": list(DAYS[:4]), "kind": ["marketing", "rent"], "amount": [1, 2], "account": ["A", None]},
    "ads": {
        "ad_id": ["x", "y"],
        "period_start": list(DAYS[:4]),
        "period_end": [*DAYS[2:6], None],
        "spend": [10, 30, None],
        "views": [1, 7],
        "account": ["A", None],
    },
    "staff": {
        "employee": ["Ann", "Bob"],
        "hired_on": [*DAYS[:3], None],
        "valid_from": [*DAYS[2:5], None],
        "left_on": [DAYS[6], None],
        "team": ["T1", "T2"],
        "branch": ["North", "South"],
    },
    "shifts": {
        "employee": ["Ann", "Bob", "A."], "date": list(DAYS[:3]), "worked_hours": [8], "busy_hours": [4, None],
    },
    "reviews": {
        "review_id": ["1", "2", None],
        "created_at": list(DAYS[:3]),
        "rating": [2, 5],
        "employee": ["Ann", "Bob"],
        "order_id": ["1", None],
    },
    "events": {
        "case_id": ["1", "2"],
        "activity": ["Ask", "Do"],
        "at": list(DAYS[:2]),
        "lifecycle": ["complete", None],
        "employee": ["Ann", "A."],
    },
    "vacancies": {
        "vacancy_id": ["1", "2", None], "opened_at": list(DAYS[:3]), "closed_at": [DAYS[5], None],
        "planned_hires": [1, 2, None], "status": ["open", "cancelled"], "branch": ["North", None],
    },
    "applicants": {
        "applicant_id": ["1", "2", None], "vacancy_id": ["1", "2", None], "applied_at": list(DAYS[:3]),
        "accepted_at": [*DAYS[3:5], None], "employee": ["Ann", "A.", None], "branch": ["North", None],
    },
}  # fmt: skip


@st.composite
def uploads(draw: st.DrawFn) -> Upload:
    fact = draw(st.sampled_from(sorted(COLUMNS)))
    cells = COLUMNS[fact]
    row = st.tuples(*(st.sampled_from(values) for values in cells.values()))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    version = st.sampled_from([1.0, 2.0, 3.0, None])
    versions = draw(st.none() | st.lists(version, min_size=len(rows), max_size=len(rows)))
    return Upload(
        fact, tuple(cells), tuple(rows), tuple(versions) if versions else None,
        draw(st.sampled_from(["a", "b"])), draw(st.booleans()) and draw(st.booleans()),
        draw(st.sampled_from([None, None, "x_note", "x_more"])),
    )  # fmt: skip


@cache
def databases() -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    made = (duckdb.connect(), duckdb.connect())
    for cursor in made:
        migrate(cursor)
        ensure_fact_tables(cursor)
        make_empty(cursor, TODAY)
    return made


def emptied(cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    own = ["imports", "import_parts", "rejects", "relation_states", "merged_people"]
    for fact in facts().values():
        make_empty_table(cursor, fact)
    for table in [*own, *DERIVED]:
        cursor.execute(f"delete from {table}")
    return cursor


def staged(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> Staged:
    fact = fact_named(upload.fact)
    kinds = {column.name: TYPES[column.type] for column in fact.columns}
    extras = [upload.extra] if upload.extra else []
    listed = [*(f'"{name}" {kinds[name]}' for name in upload.columns), *(f"{name} VARCHAR" for name in extras)]
    cursor.execute(f"create or replace temp table staged (_line BIGINT, _version DOUBLE, {', '.join(listed)})")
    for place, row in enumerate(upload.rows):
        cells = [place + 2, upload.versions[place] if upload.versions else None, *row, *("note" for _ in extras)]
        cursor.execute(f"insert into staged values ({', '.join('?' * len(cells))})", cells)
    cursor.execute("create or replace temp table rejected (line BIGINT, reason VARCHAR, rule VARCHAR, c0 VARCHAR)")
    mapping = Mapping(upload.fact, (), version="seq" if upload.versions else None)
    return Staged(
        fact, "staged", upload.columns, {name[2:]: name for name in extras}, "rejected", len(upload.rows), 0,
        None, (), mapping, (), fact.key,
    )  # fmt: skip


def publish(cursor: duckdb.DuckDBPyConnection, number: int, tables: Sequence[Upload]) -> None:
    """One import of one or two tables; all extras come before all rows."""
    with transaction(cursor):
        enter_import(cursor, number, NOW, "f.csv", str(number), ".csv", ImportOptions())
        for table in tables:
            add_columns(cursor, fact_named(table.fact), table.columns, {table.extra} if table.extra else set())
        reports = [publish_table(cursor, number, place, table) for place, table in enumerate(tables)]
        refresh(cursor, [table.fact for table in tables], TODAY)
    for report in reports:
        assert report.rows_in == report.rows_out + report.rejected + report.duplicates + report.superseded
        assert min(report.rows_out, report.duplicates, report.superseded, report.replaced) >= 0


def publish_table(cursor: duckdb.DuckDBPyConnection, number: int, place: int, table: Upload) -> IngestReport:
    made = staged(cursor, table)
    part = Part(number, place, table.fact, None, table.source, "", made.mapping, made.columns, made.extras, ())
    return publish_part(cursor, made, part, file="f.csv", options=ImportOptions(replace_period=table.replaces)).report


def undo(cursor: duckdb.DuckDBPyConnection, number: int) -> None:
    entry = next(entry for entry in entries(cursor) if entry.import_id == number)
    with transaction(cursor):
        take_back(cursor, entry, NOW, TODAY)


def state(cursor: duckdb.DuckDBPyConnection) -> dict[str, object]:
    found: dict[str, object] = {"states": {name: state for name, state in read_states(cursor).items() if state.rows}}
    for fact in facts().values():
        columns = sorted(columns_of(cursor, table_of(fact)) - {"_import"})
        listed = ", ".join(f'"{name}"' for name in columns)
        found[fact.name] = columns, rows(cursor, f"select {listed} from {table_of(fact)} where _live")
        found[f"{fact.name} in all"] = rows(cursor, f"select {listed} from {table_of(fact)}")
    counted = {name: state.rows + state.upcoming for name, state in read_states(cursor).items()}
    make_owed(cursor, DERIVED, TODAY)
    for name, derived in DERIVED.items():
        made = rows(cursor, f"select * from {name}")
        assert derived.later is None or len(made) == counted.get(name, 0)
        found[name] = made
    return found


def rows(cursor: duckdb.DuckDBPyConnection, select: str) -> list[str]:
    return sorted(map(repr, cursor.execute(select).fetchall()))


def values(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Every KPI that can be computed, in all and by person."""
    state, definitions = Uncommitted(cursor, TODAY), catalogue()
    found = availability(state.relations(), definitions)
    kpis = tuple(id_ for id_, known in found.items() if known.computable)
    told: list[str] = []
    for by in (None, "employee"):
        frame = evaluate(Reader(state), definitions, Query(kpis, grain="week", by=by), TargetBook()).frame
        told += map(repr, frame.drop(columns=["status"]).astype(object).itertuples(index=False, name=None))
    return sorted(told)


@dataclass(frozen=True)
class Done:
    """What happened, in its order."""

    imports: tuple[tuple[Upload, ...], ...]
    merges: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, int], ...]
    """import, merge, undo or part, with the number of the import or merge."""


@st.composite
def histories(draw: st.DrawFn) -> Done:
    """Each import and merge happens once; some are taken back at some later time."""
    imports = draw(st.lists(st.lists(uploads(), min_size=1, max_size=2).map(tuple), min_size=1, max_size=4))
    names = st.sampled_from(["Ann", "A.", "Bob"])
    merges = draw(st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=3))
    made = [("import", n) for n in range(1, len(imports) + 1)]
    for n in range(1, len(merges) + 1):
        made.insert(draw(st.integers(0, len(made))), ("merge", n))
    for what, undoing, count in (("import", "undo", len(imports)), ("merge", "part", len(merges))):
        for n in draw(st.lists(st.integers(1, count), unique=True, max_size=count)) if count else []:
            made.insert(draw(st.integers(made.index((what, n)) + 1, len(made))), (undoing, n))
    # Numbers are given in the order in which things happen.
    order = {kind: [n for what, n in made if what == kind] for kind in ("import", "merge")}
    return Done(
        tuple(imports[n - 1] for n in order["import"]), tuple(merges[n - 1] for n in order["merge"]),
        tuple((what, _renumbered(order, what, n)) for what, n in made),
    )  # fmt: skip


def _renumbered(order: dict[str, list[int]], what: str, n: int) -> int:
    return order["import" if what in ("import", "undo") else "merge"].index(n) + 1


def people(cursor: duckdb.DuckDBPyConnection, done: Done, standing: Collection[int]) -> None:
    merges = [Merge(n, done.merges[n - 1][0], (done.merges[n - 1][1],), NOW, None) for n in sorted(standing)]
    catch_up(cursor, names_of(merges), TODAY)


def check(done: Done) -> None:
    one, other = map(emptied, databases())
    imported, merged = set[int](), set[int]()
    for what, number in done.steps:
        if what == "import":
            publish(one, number, done.imports[number - 1])
            imported.add(number)
        elif what == "undo":
            undo(one, number)
            imported.discard(number)
        else:
            merged ^= {number}
            people(one, done, merged)
    for number in sorted(imported):
        publish(other, number, done.imports[number - 1])
    people(other, done, merged)
    assert state(one) == state(other)
    assert values(one) == values(other)


@settings(max_examples=12, deadline=None)
@given(histories())
def test_undo_in_any_order_is_as_if_never_imported(done: Done) -> None:
    check(done)


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_six_hundred_histories(done: Done) -> None:
    check(done)
