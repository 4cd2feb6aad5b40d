"""Facts filled by hand, and what is derived from them."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from data.schema.loader import fact as fact_named
from data.store.derived import DERIVED
from data.store.fact_tables import add_columns, ensure_fact_tables, table_of
from data.store.migrate import migrate
from data.store.owed import make_owed
from data.store.refresh import make_empty, refresh

TODAY = date(2026, 11, 23)


def database() -> duckdb.DuckDBPyConnection:
    cursor = duckdb.connect()
    migrate(cursor)
    ensure_fact_tables(cursor)
    make_empty(cursor, TODAY)
    return cursor


def fill(cursor: duckdb.DuckDBPyConnection, fact: str, rows: Sequence[Mapping[str, object]], number: int = 1) -> None:
    """Live rows of one import; `key` of a row, where given, is shared by its lines."""
    for place, row in enumerate(rows):
        cells = {name: cell for name, cell in row.items() if name != "key"}
        day = next((cells[name] for name in fact_named(fact).time if cells.get(name) is not None), None)
        named = {
            "_import": number, "_line": place + 2, "_key": row.get("key", number * 1000 + place), "_live": True,
            "_source": "file", "_day": day, **cells,
        }  # fmt: skip
        add_columns(cursor, fact_named(fact), [*cells], ())
        columns, places = ", ".join(named), ", ".join("?" * len(named))
        cursor.execute(f"insert into {table_of(fact_named(fact))} ({columns}) values ({places})", [*named.values()])


def derived(cursor: duckdb.DuckDBPyConnection, name: str, columns: str, order: str = "all") -> list[tuple[object, ...]]:
    refresh(cursor, [*DERIVED[name].facts], TODAY)
    make_owed(cursor, (name,), TODAY)
    return cursor.execute(f"select {columns} from {name} order by {order}").fetchall()
