"""The tables the facts live in.

Invariant: `fact_<name>` has the bookkeeping columns (their names begin with _), then every column of the schema in its
order, then extras; a column new in the schema is added to tables that lack it.
"""

import duckdb

from data.model import ColumnType, Fact
from data.schema.loader import facts
from data.store.identifiers import quoted

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
    "_key": "UHUGEINT",
    "_live": "BOOLEAN",
    "_source": "VARCHAR",
    "_version": "DOUBLE",
    "_day": "DATE",
}
"""Columns every fact table begins with."""

VISIT_COLUMNS = {
    "_client_id": "UBIGINT",
    "_visit_no": "BIGINT",
    "_first_at": "TIMESTAMP",
    "_next_at": "TIMESTAMP",
    "_previous_at": "TIMESTAMP",
}
"""Columns of `fact_orders` that make a done order a visit; filled by the relation `visits`."""


def table_of(fact: Fact) -> str:
    """The fact's table."""
    return f"fact_{fact.name}"


def ensure_fact_tables(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are missing and add the columns that are."""
    present = _present(cursor)
    for fact in facts().values():
        table = table_of(fact)
        wanted = _columns(fact)
        if table not in present:
            make_empty_table(cursor, fact)
            continue
        for name in (name for name in wanted if name not in present[table]):
            cursor.execute(f"alter table {table} add column {quoted(name)} {wanted[name]}")


def make_empty_table(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> None:
    """The fact's table as in a new workspace, whatever was there."""
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in _columns(fact).items())
    cursor.execute(f"create or replace table {table_of(fact)} ({columns})")


def _columns(fact: Fact) -> dict[str, str]:
    """Column → type, in their order."""
    visits = VISIT_COLUMNS if fact.name == "orders" else {}
    return BOOKKEEPING | visits | {column.name: TYPES[column.type] for column in fact.columns}


def _present(cursor: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Table → its columns."""
    rows = cursor.execute(
        """select table_name, list(column_name) from duckdb_columns()
        where not internal and database_name = current_database() group by table_name"""
    ).fetchall()
    return {table: set(columns) for table, columns in rows}


def columns_of(cursor: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Names of the columns a table has."""
    return {str(row[0]) for row in cursor.execute(f"describe {table}").fetchall()}


def extra_columns(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> set[str]:
    """Identifiers of the extras kept in the fact's table."""
    return {name for name in columns_of(cursor, table_of(fact)) if name.startswith("x_")}


def add_extras(cursor: duckdb.DuckDBPyConnection, fact: Fact, identifiers: set[str]) -> None:
    """Columns for the extras of an import."""
    for name in sorted(identifiers - extra_columns(cursor, fact)):
        cursor.execute(f"alter table {table_of(fact)} add column {quoted(name)} VARCHAR")


def drop_extras(cursor: duckdb.DuckDBPyConnection, fact: Fact, used: set[str]) -> None:
    """Take away the extras no import uses any more."""
    for name in sorted(extra_columns(cursor, fact) - used):
        cursor.execute(f"alter table {table_of(fact)} drop column {quoted(name)}")
