"""Everything entered, from a SQLite file into PostgreSQL, and from there into such a file.

Invariant: both have the same tables and columns, for both were made by the same migrations; every row is copied as it
is, the version of what was entered included, and numbers go on where they were.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from data.store.entries.database.dialect import values
from data.store.entries.database.migrate import TABLE
from data.store.entries.database.session import Opened
from data.store.entries.database.sqlite import SqliteDatabase
from data.store.identifiers import quoted

_IDENTITIES = (
    "select table_name, column_name from information_schema.columns where table_schema = %s and is_identity = 'YES'"
)


def into_file(read: Callable[[str], list[tuple[Any, ...]]], path: Path, folder: Path) -> None:
    """A new SQLite file of what `read` answers, as of one moment, to SELECTs."""
    SqliteDatabase(path, folder).close()
    with closing(sqlite3.connect(path)) as made, made:
        for table, columns in _tables(made).items():
            rows = read(f"select {_listed(columns)} from {table}")
            made.execute(f"delete from {table}")
            places = ", ".join("?" * len(columns))
            made.executemany(f"insert into {table} ({_listed(columns)}) values ({places})", rows)


def out_of_file(path: Path, folder: Path, opened: Opened, schema: str) -> None:
    """What a SQLite file holds, into the empty tables of a schema; within a transaction."""
    SqliteDatabase(path, folder).close()  # brought to the newest form
    with closing(sqlite3.connect(path)) as source:
        for table, columns in _tables(source).items():
            rows = source.execute(f"select {_listed(columns)} from {table}").fetchall()
            places = ", ".join(["%s"] * len(columns))
            opened.execute(f"delete from {table}")
            with opened.cursor() as cursor:
                cursor.executemany(
                    f"insert into {table} ({_listed(columns)}) values ({places})", [values(row) for row in rows]
                )
        _go_on_counting(opened, schema, _reached(source))


def _go_on_counting(opened: Opened, schema: str, reached: dict[str, int]) -> None:
    """The next numbers follow the greatest that was given."""
    for table, column in opened.execute(_IDENTITIES, (schema,)).fetchall():
        greatest = opened.execute(f"select coalesce(max({quoted(column)}), 0) from {table}").fetchone()
        last = max(int(greatest[0]) if greatest else 0, reached.get(table, 0))
        if last > 0:
            opened.execute("select setval(pg_get_serial_sequence(%s, %s), %s)", (f"{schema}.{table}", column, last))


def _reached(source: sqlite3.Connection) -> dict[str, int]:
    """Table → the greatest number that was ever given, where numbers are not given twice."""
    if not source.execute("select 1 from sqlite_master where name = 'sqlite_sequence'").fetchone():
        return {}
    return {str(name): int(number) for name, number in source.execute("select name, seq from sqlite_sequence")}


def _tables(opened: sqlite3.Connection) -> dict[str, list[str]]:
    """Table → its columns, in the order they were made: what is referred to comes before what refers to it."""
    names = opened.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by rowid"
    ).fetchall()
    return {
        str(name): [str(row[1]) for row in opened.execute(f"pragma table_info({name})")]
        for (name,) in names
        if name != TABLE
    }


def _listed(columns: list[str]) -> str:
    return ", ".join(quoted(column) for column in columns)
