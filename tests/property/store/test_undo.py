"""Undo in any order leaves what importing only the rest would give: facts and everything derived from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest.column_map import Mapping
from data.ingest.staged import ImportOptions, Staged
from data.model import IngestReport
from data.schema.loader import fact as fact_named
from data.schema.loader import facts
from data.store.derived import DERIVED
from data.store.fact_tables import TYPES, add_extras, columns_of, ensure_fact_tables, table_of
from data.store.ledger import enter_import, entries
from data.store.migrate import migrate
from data.store.part import Part
from data.store.publish import publish_part
from data.store.refresh import make_empty, refresh
from data.store.states import read_states
from data.store.transaction import transaction
from data.store.undo import take_back

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
        "employee": ["Ann", None],
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
    "shifts": {"employee": ["Ann", "Bob"], "date": list(DAYS[:3]), "worked_hours": [8], "busy_hours": [4, None]},
}


@st.composite
def uploads(draw: st.DrawFn) -> Upload:
    fact = draw(st.sampled_from(sorted(COLUMNS)))
    cells = COLUMNS[fact]
    row = st.tuples(*(st.sampled_from(values) for values in cells.values()))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    version = st.sampled_from([1.0, 2.0, 3.0])
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
    derived = [made.name for made in DERIVED.values() if made.define is None]
    tables = [*map(table_of, facts().values()), "imports", "import_parts", "rejects", "relation_states", *derived]
    for fact in facts().values():
        for name in columns_of(cursor, table_of(fact)):
            if name.startswith("x_"):
                cursor.execute(f'alter table {table_of(fact)} drop column "{name}"')
    for table in tables:
        cursor.execute(f"delete from {table}")
    return cursor


def staged(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> Staged:
    fact = fact_named(upload.fact)
    kinds = {column.name: TYPES[column.type] for column in fact.columns}
    extras = [upload.extra] if upload.extra else []
    listed = [*(f"{name} {kinds[name]}" for name in upload.columns), *(f"{name} VARCHAR" for name in extras)]
    cursor.execute(f"create or replace temp table staged (_line BIGINT, _version DOUBLE, {', '.join(listed)})")
    for place, row in enumerate(upload.rows):
        cells = [place + 2, upload.versions[place] if upload.versions else None, *row, *("note" for _ in extras)]
        cursor.execute(f"insert into staged values ({', '.join('?' * len(cells))})", cells)
    cursor.execute("create or replace temp table rejected (line BIGINT, reason VARCHAR, rule VARCHAR, c0 VARCHAR)")
    mapping = Mapping(upload.fact, (), version="seq" if upload.versions else None)
    return Staged(
        fact, "staged", upload.columns, {name[2:]: name for name in extras}, "rejected", len(upload.rows), 0, None, (),
        mapping, (), fact.key,
    )  # fmt: skip


def publish(cursor: duckdb.DuckDBPyConnection, number: int, tables: Sequence[Upload]) -> None:
    """One import of one or two tables; all extras come before all rows."""
    with transaction(cursor):
        enter_import(cursor, number, NOW, "f.csv", str(number), ".csv", ImportOptions())
        for table in tables:
            add_extras(cursor, fact_named(table.fact), {table.extra} if table.extra else set())
        reports = [publish_table(cursor, number, place, table) for place, table in enumerate(tables)]
        refresh(cursor, [table.fact for table in tables], TODAY)
    for report in reports:
        assert report.rows_in == report.rows_out + report.rejected + report.duplicates + report.superseded
        assert min(report.rows_out, report.duplicates, report.superseded, report.replaced) >= 0


def publish_table(cursor: duckdb.DuckDBPyConnection, number: int, place: int, table: Upload) -> IngestReport:
    made = staged(cursor, table)
    part = Part(number, place, table.fact, None, table.source, "", made.mapping, made.columns, made.extras, ())
    return publish_part(cursor, made, part, file="f.csv", replace_period=table.replaces).report


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
    for name in DERIVED:
        found[name] = rows(cursor, f"select * from {name}")
    return found


def rows(cursor: duckdb.DuckDBPyConnection, select: str) -> list[str]:
    return sorted(map(repr, cursor.execute(select).fetchall()))


def check(done: Sequence[Sequence[Upload]], undone: Sequence[int]) -> None:
    one, other = map(emptied, databases())
    for number, upload in enumerate(done, 1):
        publish(one, number, upload)
    for number in undone:
        undo(one, number)
    for number, upload in enumerate(done, 1):
        if number not in undone:
            publish(other, number, upload)
    assert state(one) == state(other)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_undo_in_any_order_is_as_if_never_imported(data: st.DataObject) -> None:
    done = data.draw(st.lists(st.lists(uploads(), min_size=1, max_size=2), min_size=1, max_size=4))
    undone = data.draw(st.lists(st.integers(1, len(done)), unique=True, max_size=len(done)))
    check(done, undone)
