"""Choices of the workspace: key → a JSON value.

Invariant: what was set reads back equal.
"""

import json
from typing import Any

from data.store.entries.database import Database


class Settings:
    """Settings of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default where nothing was chosen."""
        rows = self._database.rows("select value from settings where key = ?", (key,))
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any) -> None:
        """Choose a value; None: nothing is chosen any more."""
        with self._database.change("settings") as connection:
            if value is None:
                connection.execute("delete from settings where key = ?", (key,))
            else:
                connection.execute(
                    "insert into settings values (?, ?) on conflict (key) do update set value = excluded.value",
                    (key, json.dumps(value)),
                )
