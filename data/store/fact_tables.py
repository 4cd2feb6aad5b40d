"""The tables the facts live in.

Invariant: `fact_<name>` has the bookkeeping columns (their names begin with _), the columns the program reads by name,
and those that some import fills, extras included; no others.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from data.model import DIMENSIONS, STAFF_DIMENSIONS, Column, ColumnType, Fact
from data.schema.loader import facts
from data.store.identifiers import quoted
from data.store.keys import KEY, kept

TYPES: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "word": "VARCHAR",
    "number": "DOUBLE",
    "money": "DECIMAL(18,4)",
    "time": "TIMESTAMP",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
"""Type of each kind of column in DuckDB."""

BOOKKEEPING = {
    "_import": "INTEGER",
    "_line": "BIGINT",
    "_key": KEY,
    "_live": "BOOLEAN",
    "_source": "VARCHAR",
    "_version": "DOUBLE",
    "_day": "DATE",
}
"""Columns every fact table begins with."""

_OWNERS = frozenset({"account", "employee", "client", *STAFF_DIMENSIONS})
"""Dimensions that are read of any fact by name: whose row it is, and what staff is looked up for."""

_NAMED: dict[str, frozenset[str] | None] = {
    "orders": frozenset({"order_id", "status", "created_at", "scheduled_at", "started_at", "finished_at"}),
    "surveys": frozenset({"response_id"}),
    **dict.fromkeys(("staff", "shifts", "ads", "expenses", "vacancies", "applicants")),
}
"""Other columns that derived relations, and answers to our forms, read by name; None: all."""

_ALIKE = frozenset({"case_id"})
"""Texts that are no dimension and stand in many rows: every step of a case names it."""
_UNLIKE = "using compression zstd"
"""For texts of which hardly two are alike: written in half the time that looking for a dictionary of them takes."""


@dataclass(frozen=True)
class Storage:
    """Where tables lie."""

    is_file: bool
    """In a file of DuckDB, where the way a column is stored may be chosen; else in a lake."""

    @staticmethod
    def of(cursor: duckdb.DuckDBPyConnection) -> "Storage":
        """Where this cursor makes its tables."""
        kind = cursor.execute("select type from duckdb_databases() where database_name = current_database()").fetchone()
        return Storage(kind == ("duckdb",))

    def declared(self, column: Column) -> str:
        """Type of a column, and how it is stored where that is not left to DuckDB."""
        alike = column.sliceable or column.name in _ALIKE
        unlike = column.type == "text" and not alike and (column.name == "client" or column.name not in DIMENSIONS)
        return f"{TYPES[column.type]} {_UNLIKE}" if unlike and self.is_file else TYPES[column.type]


def table_of(fact: Fact) -> str:
    """The fact's table."""
    return f"fact_{fact.name}"


def ensure_fact_tables(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are missing, add the columns that are, and bring those of before up to date."""
    present, storage = _present(cursor), Storage.of(cursor)
    for fact in facts().values():
        table = table_of(fact)
        wanted = _always(fact, storage)
        if table not in present:
            make_empty_table(cursor, fact)
            continue
        if present[table]["_key"] == "UHUGEINT":
            _shorten_keys(cursor, table)
        for name in (name for name in wanted if name not in present[table]):
            cursor.execute(f"alter table {table} add column {quoted(name)} {wanted[name]}")


def make_empty_table(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    """The fact's table as in a new workspace, whatever was there."""
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in _always(fact, Storage.of(cursor)).items())
    cursor.execute(f"create or replace table {table_of(fact)} ({columns})")


def _always(fact: Fact, storage: Storage) -> dict[str, str]:
    """Column → type, in their order, of what stands in the table whether an import fills it or not.

    The other columns come with the first import that fills them: thirty empty ones cost as much to write as ten full.
    """
    named = _NAMED.get(fact.name, frozenset())
    own = [column for column in fact.columns if named is None or column.name in named | _OWNERS]
    return BOOKKEEPING | {column.name: storage.declared(column) for column in own}


def _present(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table → its columns with their types."""
    rows = cursor.execute(
        """select table_name, list(column_name), list(data_type) from duckdb_columns()
        where not internal and database_name = current_database() group by table_name"""
    ).fetchall()
    return {table: dict(zip(columns, kinds, strict=True)) for table, columns, kinds in rows}


def _shorten_keys(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """Keys of a workspace of before, which had all 128 bits."""
    cursor.execute(f"alter table {table} alter column _key set data type {KEY} using {kept('_key')}")


def columns_of(cursor: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Names of the columns a table has."""
    return {str(row[0]) for row in cursor.execute(f"describe {table}").fetchall()}


def add_columns(
    cursor: duckdb.DuckDBPyConnection, fact: Fact, columns: Collection[str], extras: Collection[str]
) -> None:
    """The columns and extras of an import that the table lacks."""
    present = columns_of(cursor, table_of(fact))
    storage = Storage.of(cursor)
    kinds = {column.name: storage.declared(column) for column in fact.columns if column.name in columns}
    for name, kind in [*kinds.items(), *((extra, "VARCHAR") for extra in sorted(extras))]:
        if name not in present:
            cursor.execute(f"alter table {table_of(fact)} add column {quoted(name)} {kind}")


def drop_columns(
    cursor: duckdb.DuckDBPyConnection, fact: Fact, columns: Collection[str], extras: Collection[str]
) -> None:
    """Take away what no import uses any more."""
    used = {*_always(fact, Storage.of(cursor)), *columns, *extras}
    for name in sorted(columns_of(cursor, table_of(fact)) - used):
        cursor.execute(f"alter table {table_of(fact)} drop column {quoted(name)}")
