"""The tables of what people enter are the same in SQLite and in PostgreSQL: columns, keys, indexes, rules."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from data.store.entries.database.migrate import FOLDER, PEOPLE, numbered, statements
from data.store.entries.database.postgres import PostgresDatabase
from data.store.entries.database.preparing import TWINS
from data.store.entries.database.sqlite import SqliteDatabase
from tests.postgres import Postgres

TYPES = {"integer": "bigint", "real": "double precision", "text": "text", "blob": "bytea"}
Told = dict[str, Any]


def in_sqlite(path: Path, folder: Path) -> Told:
    """Table → columns, keys, references and rules of a SQLite file."""
    SqliteDatabase(path, folder).close()
    found = {}
    with closing(sqlite3.connect(path)) as opened:
        names = opened.execute("select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        for table, sql in names.fetchall():
            rows = opened.execute(f"pragma table_info({table})").fetchall()
            indexes = opened.execute(f"pragma index_list({table})").fetchall()
            found[table] = {
                "columns": [(name, TYPES[kind.lower()], bool(must or key)) for _, name, kind, must, _, key in rows],
                "key": [row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5]],
                "indexes": {
                    (bool(unique), bool(partial), *(row[2] for row in opened.execute(f"pragma index_info({name})")))
                    for _, name, unique, origin, partial in indexes
                    if origin != "pk"
                },
                "references": {
                    (column, to, other, deed.lower())
                    for _, _, to, column, other, _, deed, _ in opened.execute(f"pragma foreign_key_list({table})")
                },
                "checks": sql.lower().count("check ("),
                "triggers": {
                    row[0]
                    for row in opened.execute(
                        "select name from sqlite_master where type = 'trigger' and tbl_name = ?", (table,)
                    )
                },
            }
    return found


DEEDS = {"a": "no action", "c": "cascade", "n": "set null"}


def in_postgres(opened: psycopg.Connection[Any], schema: str) -> Told:
    """The same of a schema."""
    tables = opened.execute("select tablename::text from pg_tables where schemaname = %s", (schema,)).fetchall()
    return {table: _of_table(opened, schema, f"{schema}.{table}", table) for (table,) in tables}


def _of_table(opened: psycopg.Connection[Any], schema: str, whole: str, table: str) -> Told:
    columns = opened.execute(
        "select column_name::text, data_type::text, is_nullable = 'NO' from information_schema.columns"
        " where table_schema = %s and table_name = %s order by ordinal_position", (schema, table),
    )  # fmt: skip
    key = opened.execute(
        "select a.attname::text from pg_constraint c cross join unnest(c.conkey) with ordinality as k (n, place)"
        " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n"
        " where c.conrelid = %s::regclass and c.contype = 'p' order by place", (whole,),
    )  # fmt: skip
    indexes = opened.execute(
        "select indisunique, indpred is not null, array(select a.attname::text from unnest(indkey::int2[])"
        " with ordinality as k (n, place) join pg_attribute a on a.attrelid = indrelid and a.attnum = n order by place)"
        " from pg_index where indrelid = %s::regclass and not indisprimary", (whole,),
    )  # fmt: skip
    references = opened.execute(
        "select a.attname::text, c.confrelid::regclass::text, b.attname::text, c.confdeltype::text from pg_constraint c"
        " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
        " join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]"
        " where c.conrelid = %s::regclass and c.contype = 'f'", (whole,),
    )  # fmt: skip
    return {
        "columns": columns.fetchall(),
        "key": [row[0] for row in key],
        "indexes": {(unique, partial, *names) for unique, partial, names in indexes},
        "references": {
            (one, to.rpartition(".")[2], other, DEEDS[deed]) for one, to, other, deed in references
        },
        "checks": _count(opened, "pg_constraint where conrelid = %s::regclass and contype = 'c'", whole),
        "triggers": {
            row[0]
            for row in opened.execute(
                "select tgname::text from pg_trigger where tgrelid = %s::regclass and not tgisinternal", (whole,)
            )
        },
    }  # fmt: skip


def _count(opened: psycopg.Connection[Any], of: str, *params: str) -> int:
    row = opened.execute(f"select count(*) from {of}", params).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def schema(postgres: Postgres, name: str, folder: Path) -> Iterator[psycopg.Connection[Any]]:
    reached = postgres.create(f"schema_{name}")
    with closing(PostgresDatabase(reached, name, folder)), psycopg.connect(reached) as opened:
        yield opened


@pytest.mark.parametrize("folder", [FOLDER, PEOPLE], ids=["entries", "people"])
def test_both_have_the_same_tables_columns_keys_indexes_and_rules(
    folder: Path, postgres: Postgres, tmp_path: Path
) -> None:
    with schema(postgres, f"kpi_{folder.name}", folder) as opened:
        found = in_postgres(opened, f"kpi_{folder.name}")
    wanted = in_sqlite(tmp_path / "file", folder)
    assert found.keys() == wanted.keys()
    for table, told in wanted.items():
        for what, value in told.items():
            assert found[table][what] == value, (table, what)


def test_texts_are_compared_byte_by_byte_in_every_column(postgres: Postgres) -> None:
    with schema(postgres, "kpi_texts", FOLDER) as opened:
        other = opened.execute(
            "select table_name::text, column_name::text from information_schema.columns"
            " where table_schema = 'kpi_texts'"
            " and data_type = 'text' and collation_name is distinct from 'C'"
        ).fetchall()
    assert other == []


def test_a_migration_that_moves_rows_says_what_is_done_in_postgres_instead() -> None:
    """SQLite's functions are not translated: the tables of a new schema are empty, and a twin leaves the moving out."""
    for folder in (FOLDER, PEOPLE):
        for path in numbered(folder).values():
            moves = any(" select " in one.lower() and "create trigger" not in one.lower() for one in statements(path))
            assert (folder / TWINS / path.name).exists() == moves, path.name
