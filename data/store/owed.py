"""Relations that are made when they are first read.

Invariant: such a relation holds all its rows or none, and which rows it will have was counted when its facts changed:
it is owed where rows were counted and none are there. Making it changes no answer, so the data version stays.
"""

from collections.abc import Collection
from datetime import date

import duckdb

from data.store.derived import DERIVED


def later(relations: Collection[str]) -> tuple[str, ...]:
    """Those of the relations that are made when first read."""
    return tuple(name for name, derived in DERIVED.items() if derived.later is not None and name in relations)


def is_owed(cursor: duckdb.DuckDBPyConnection, relations: Collection[str]) -> bool:
    """Whether one of them is still to be made."""
    return any(_is_owed(cursor, name) for name in later(relations))


def make_owed(cursor: duckdb.DuckDBPyConnection, relations: Collection[str], today: date) -> None:
    """Make those that are owed. Part of the caller's transaction."""
    for name in later(relations):
        if _is_owed(cursor, name):
            DERIVED[name].make(cursor, today)


def make_own(cursor: duckdb.DuckDBPyConnection, relations: Collection[str]) -> None:
    """Make those that are owed for this cursor alone, in the caller's transaction: the workspace is not written to."""
    for name in later(relations):
        made = DERIVED[name].later
        if made is not None and _is_owed(cursor, name):
            made.make_own(cursor)


def is_own(cursor: duckdb.DuckDBPyConnection, relations: Collection[str]) -> bool:
    """Whether one of them was made for this cursor alone."""
    own = "select count(*) from duckdb_tables() where temporary and table_name = $name"
    return any(cursor.execute(own, {"name": name}).fetchone() != (0,) for name in later(relations))


def _is_owed(cursor: duckdb.DuckDBPyConnection, name: str) -> bool:
    row = cursor.execute(
        f"""select coalesce((select rows + upcoming from relation_states where relation = $name), 0) > 0
          and not exists (from {name})""",
        {"name": name},
    ).fetchone()
    return bool(row and row[0])
