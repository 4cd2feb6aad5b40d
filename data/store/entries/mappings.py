"""Mappings people settled, found again by a table's headers.

Invariant: the same headers, in any order, find the mapping that was settled last for them.
"""

import json
from datetime import datetime

from data.ingest.column_map import Mapping
from data.store.clock import Clock
from data.store.codec import mapping_from_json, mapping_to_json
from data.store.entries.database import Database


class Mappings:
    """Mappings of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def remember(self, signature: str, mappings: tuple[Mapping, ...]) -> None:
        """Keep how tables with these headers are read (`data.ingest.column_map.signature`)."""
        text = json.dumps([mapping_to_json(mapping) for mapping in mappings], ensure_ascii=False)
        with self._database.change("mappings") as connection:
            connection.execute(
                "insert into mappings values (?, ?, ?) on conflict (signature) do update"
                " set mappings = excluded.mappings, entered_at = excluded.entered_at",
                (signature, text, self._clock().isoformat()),
            )

    def recall(self, signature: str) -> tuple[Mapping, ...] | None:
        """The mappings settled for these headers, or None."""
        rows = self._database.rows("select mappings from mappings where signature = ?", (signature,))
        return tuple(mapping_from_json(value) for value in json.loads(rows[0][0])) if rows else None

    def latest(self) -> datetime | None:
        """When one was settled last; None: none is."""
        rows = self._database.rows("select max(entered_at) from mappings")
        return datetime.fromisoformat(rows[0][0]) if rows[0][0] else None

    def forget(self, signature: str) -> None:
        """Ask again next time."""
        with self._database.change("mappings") as connection:
            connection.execute("delete from mappings where signature = ?", (signature,))
