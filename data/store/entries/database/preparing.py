"""The schema of what people entered in PostgreSQL: made, and brought to the newest form.

Invariant: within one transaction that has the turn, so that of several processes that start at once one does it, whole.
Where a schema is not there yet, what the workspace's SQLite file holds is taken over into it.
"""

from pathlib import Path

from data.store.entries.database import copying
from data.store.entries.database.dialect import made
from data.store.entries.database.migrate import TABLE, missing, statements
from data.store.entries.database.session import Opened

TWINS = "postgres"
"""Folder beside the migrations of those that differ: under the same name, what is done in PostgreSQL instead."""


def prepare(opened: Opened, schema: str, folder: Path, before: Path | None = None) -> None:
    """Do what is missing. `before`: the SQLite file to take over; `NewerEntries` where the schema is newer."""
    if opened.execute("select to_regnamespace(%s)", (schema,)).fetchone() == (None,):
        opened.execute(f"create schema {schema}")
    is_new = opened.execute("select to_regclass(%s)", (f"{schema}.{TABLE}",)).fetchone() == (None,)
    if is_new:
        opened.execute(f"create table {TABLE} (number bigint primary key)")
    applied = {int(row[0]) for row in opened.execute(f"select number from {TABLE}")}
    for number, path in missing(folder, applied):
        twin = folder / TWINS / path.name
        for statement in statements(twin if twin.exists() else path):
            for one in made(statement):
                opened.execute(one)
        opened.execute(f"insert into {TABLE} values (%s)", (number,))
    if is_new and before is not None and before.exists():
        copying.out_of_file(before, folder, opened, schema)
