"""The tables of what people entered, brought to the newest form.

Invariant: a migration is applied whole or not at all, and once; which ones were is written in the file, so that one
that arrives later with a lower number is not passed over. Files older than that list say how far they came in
PRAGMA user_version. A file that is newer than the program is not touched.
"""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from data.errors import UserError
from data.message import say

FOLDER = Path(__file__).parent / "migrations"
"""Where the migrations lie: 0001_name.sql, 0002_name.sql, …"""
TABLE = "entries_migrations"
"""The list of those that were applied."""


class NewerEntries(UserError):
    """The file was written by a newer version of the program."""

    def __init__(self) -> None:
        super().__init__(
            say("The workspace was last opened by a newer version of this program."),
            hint=say("Start the newer version again, or restore the backup made before the upgrade."),
        )


def migrate(
    connection: sqlite3.Connection, transaction: Callable[[], AbstractContextManager[None]], folder: Path = FOLDER
) -> None:
    """Apply what is missing, in the order of the numbers. `NewerEntries` where the file knows more than the program."""
    paths = {int(path.name.split("_")[0]): path for path in sorted(folder.glob("[0-9]*.sql"))}
    applied = _applied(connection, transaction, frozenset(paths))
    if applied - paths.keys():
        raise NewerEntries
    for number in sorted(paths.keys() - applied):
        with transaction():
            for statement in paths[number].read_text(encoding="utf-8").split(";\n"):
                connection.execute(statement)
            connection.execute(f"insert into {TABLE} values (?)", (number,))


def _applied(
    connection: sqlite3.Connection, transaction: Callable[[], AbstractContextManager[None]], known: frozenset[int]
) -> frozenset[int]:
    """The migrations the file went through."""
    with transaction():
        if not connection.execute("select 1 from sqlite_master where name = ?", (TABLE,)).fetchone():
            connection.execute(f"create table {TABLE} (number integer primary key) strict")
            reached = connection.execute("pragma user_version").fetchone()[0]
            before = [(number,) for number in sorted({reached} | known) if 0 < number <= reached]
            connection.executemany(f"insert into {TABLE} values (?)", before)
        return frozenset(row[0] for row in connection.execute(f"select number from {TABLE}"))
