"""The store's own tables, brought to the newest version.

Invariant: a migration is applied whole or not at all, once, in the order of its number.
"""

from pathlib import Path

import duckdb

from data.store.transaction import transaction

FOLDER = Path(__file__).parent / "migrations"
"""Where the migrations lie: 0001_name.sql, 0002_name.sql, …"""


def migrate(cursor: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> int:
    """Apply what is missing; the version reached."""
    cursor.execute("create table if not exists schema_version (version integer not null)")
    version = current(cursor)
    for path in sorted(folder.glob("[0-9]*.sql")):
        number = int(path.name.split("_")[0])
        if number > version:
            _apply(cursor, path, number)
            version = number
    return version


def current(cursor: duckdb.DuckDBPyConnection) -> int:
    """The version the database has; 0 when it is new."""
    row = cursor.execute("select coalesce(max(version), 0) from schema_version").fetchone()
    return int(row[0]) if row else 0


def _apply(cursor: duckdb.DuckDBPyConnection, path: Path, number: int) -> None:
    with transaction(cursor):
        cursor.execute(path.read_text(encoding="utf-8"))
        cursor.execute("delete from schema_version")
        cursor.execute("insert into schema_version values (?)", [number])
