"""The turn to write, among processes that share one lake.

Invariant: one process has it. It is a lock that PostgreSQL holds for a transaction of its own, so it is free again when
that connection ends, however it ends: nobody waits for a process that was killed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.errors import WorkspaceBusy
from data.message import say

PAUSE = 0.05
"""Seconds between two tries."""


class Turn:
    """The turn to write to one lake. Asked by one thread at a time."""

    def __init__(self, opened: duckdb.DuckDBPyConnection, server: str, number: int) -> None:
        self._opened = opened
        self._try = f"from postgres_query('{server}', 'select pg_try_advisory_xact_lock({number}) as got')"
        self._depth = 0
        self._given_up = threading.Event()

    @contextmanager
    def taken(self, *, wait: bool) -> Iterator[bool]:
        """Have it inside; gives whether it was got. `WorkspaceBusy` once it was given up."""
        holder = None if self._depth else self._got(wait)
        got = self._depth > 0 or holder is not None
        self._depth += got
        try:
            yield got
        finally:
            self._depth -= got
            if holder is not None:
                holder.close()

    def give_up(self) -> None:
        """Whoever waits, waits no longer."""
        self._given_up.set()

    def _got(self, wait: bool) -> duckdb.DuckDBPyConnection | None:
        """The cursor whose open transaction is the turn; None: another process has it."""
        while True:
            cursor = self._opened.cursor()
            cursor.begin()
            if cursor.execute(self._try).fetchone() == (True,):
                return cursor
            cursor.close()
            if not wait:
                return None
            if self._given_up.wait(PAUSE):
                raise WorkspaceBusy(say("Another process is writing to the same data."))
