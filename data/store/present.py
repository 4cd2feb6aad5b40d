"""What stands in the workspace now: how often the data changed, and every relation.

Invariant: the version told never goes back, and it is not behind anything that was read through `see`. Where other
processes write too, it is asked anew once it is `STALE`.
"""

import threading
from collections.abc import Mapping
from datetime import date
from time import monotonic

import duckdb

from data.model import Relation
from data.store import loaded
from data.store.connection import Connection
from data.store.engine import Engine
from data.store.refresh import version
from data.store.transaction import transaction

STALE = 0.5
"""Seconds for which a version is taken to stand where other processes write too."""


class Present:
    """The state of one workspace as this process knows it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._relations: tuple[tuple[int, date], Mapping[str, Relation]] | None = None
        self._version, self._asked = 0, 0.0
        self._follower: Engine | None = None
        self.see(connection.cursor())

    @property
    def version(self) -> int:
        """How often the data changed."""
        if self._connection.shared and monotonic() - self._asked > STALE:
            self.see(self._connection.cursor())
        return self._version

    def see(self, cursor: duckdb.DuckDBPyConnection) -> int:
        """The version a cursor reads, known from now on."""
        asked, seen = monotonic(), version(cursor)
        with self._lock:
            is_new = seen > self._version
            self._asked, self._version = asked, max(self._version, seen)
        if is_new and self._follower is not None:
            self._follower.follow()
        return seen

    def followed_by(self, engine: Engine | None) -> Engine | None:
        """From now on an engine is told of every new version; the engine, which has none yet."""
        self._follower = engine
        if engine is not None:
            engine.follow()
        return engine

    def close(self) -> None:
        """Nobody is told any more."""
        if self._follower is not None:
            self._follower.close()

    def relations(self, today: date) -> Mapping[str, Relation]:
        """Facts and derived relations as they are loaded on a day."""
        kept = self._relations
        if kept is not None and kept[0] == (self.version, today):
            return kept[1]
        with transaction(cursor := self._connection.cursor(), keep=False):
            seen = self.see(cursor)
            found = loaded.relations(cursor, today)
        self._relations = ((seen, today), found)
        return found
