"""One connection to the PostgreSQL that several instances share.

Invariant: where it was lost a new one is made for what comes next; what was at hand is done again only if it changed
nothing. Whatever is told of it names no password: the setting holds none.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from data.errors import UserError, WorkspaceBusy
from data.message import Message, say
from data.store.connection.setting import SETTING
from data.store.disk import DiskFull

Opened = psycopg.Connection[tuple[Any, ...]]
Answer = TypeVar("Answer")

WAIT = 10
"""Seconds until another process must have let go, and the server have answered."""
SILENT = 60
"""Seconds after which the server ends a transaction in which nothing happens: a process that hangs holds nobody up."""
_DEFAULTS: dict[str, Any] = {
    "application_name": "kpi", "connect_timeout": WAIT, "keepalives_idle": 30, "keepalives_interval": 10,
    "keepalives_count": 3, "client_encoding": "utf8",
}  # fmt: skip
_ERRORS: tuple[tuple[type[psycopg.Error], type[sqlite3.Error]], ...] = (
    (psycopg.IntegrityError, sqlite3.IntegrityError), (psycopg.DataError, sqlite3.DataError),
    (psycopg.ProgrammingError, sqlite3.ProgrammingError), (psycopg.OperationalError, sqlite3.OperationalError),
)  # fmt: skip
"""The same errors of PEP 249 under the name that the rest of the program knows."""


class Unreachable(UserError):
    """PostgreSQL does not answer."""

    def __init__(self, reached: str, what: Message | None = None) -> None:
        super().__init__(
            what or say("The PostgreSQL that keeps what was entered cannot be reached."),
            say("It is said to be at «{catalogue}».", catalogue=reached),
            say("Look at {setting} and whether PostgreSQL runs, then do it again.", setting=SETTING),
        )


class Session:
    """One connection; asked by one thread at a time, whoever holds `lock`."""

    def __init__(self, reached: str, schema: str, begin: Callable[[Opened], None] = lambda _opened: None) -> None:
        """`begin`: what is done on each new connection before anything else."""
        self.lock = threading.RLock()
        """Held by whoever asks."""
        self._reached, self._schema, self._begin = reached, schema, begin
        self._opened: Opened | None = None
        self._is_over = False

    def run(self, work: Callable[[Opened], Answer]) -> Answer:
        """What `work` answers: once more on a new connection where the one at hand was lost. It must change nothing."""
        with self.lock:
            opened = self.opened()
            try:
                return work(opened)
            except psycopg.Error as error:
                if not opened.closed:
                    raise self.told(error) from error
            opened = self.opened()
            with self.telling():
                return work(opened)

    def opened(self) -> Opened:
        """The connection: a new one where there is none, or it was lost."""
        if self._is_over:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
        if self._opened is None or self._opened.closed:
            try:
                self._opened = self._connect()
            except psycopg.Error as error:
                raise Unreachable(self._reached) from error
        return self._opened

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What PostgreSQL refuses is told as everything else is."""
        try:
            yield
        except psycopg.Error as error:
            raise self.told(error) from error

    def told(self, error: psycopg.Error) -> Exception:
        """What is told instead of an error of PostgreSQL's."""
        if isinstance(error, errors.DiskFull):
            return DiskFull()
        if isinstance(error, errors.LockNotAvailable):
            return WorkspaceBusy(say("Another process is entering something and does not end."))
        if self._opened is None or self._opened.closed:
            return Unreachable(self._reached, say("The connection to PostgreSQL was lost. Nothing was changed."))
        return next((ours(str(error)) for theirs, ours in _ERRORS if isinstance(error, theirs)), error)

    def close(self, last: str | None = None) -> None:
        """Let go of it, for good; `last`: what is said before, for the server sees an end a moment later."""
        with self.lock:
            self._is_over = True
            if self._opened is not None:
                with suppress(psycopg.Error):
                    self._opened.execute(last or "")
                self._opened.close()

    def _connect(self) -> Opened:
        opened = psycopg.connect(
            make_conninfo(**{**_DEFAULTS, **conninfo_to_dict(self._reached)}), autocommit=True, prepare_threshold=None
        )
        opened.execute(
            f"set search_path to {self._schema}; set lock_timeout to '{WAIT}s';"
            f" set idle_in_transaction_session_timeout to '{SILENT}s'; set synchronous_commit to on"
        )
        self._begin(opened)
        return opened
