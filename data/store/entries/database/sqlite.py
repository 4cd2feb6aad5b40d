"""The SQLite file of what people entered.

Invariant: durable when a call returns (WAL, synchronous FULL); transactions are short and one at a time, and one that
begins inside another is part of it; `version` grows with every change, so it can be part of a cache key. The file has
one process that enters much; the version of another is known after a restart.
"""

import secrets
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.message import Message, say
from data.store.disk import told_if_full
from data.store.entries.database.contract import KEPT
from data.store.entries.database.held import Held
from data.store.entries.database.migrate import FOLDER, TABLE, missing, numbered, statements
from data.store.gate import Duty, Gate

MEND = say("Move the workspace folder aside, and put a backup into an empty one with `python -m kpi restore`.")
"""What to do where a file is damaged."""


class SqliteDatabase:
    """One connection behind a lock, usable from any thread."""

    def __init__(self, path: Path, folder: Path = FOLDER, gate: Gate | None = None, mend: Message = MEND) -> None:
        """`UserError` where the file is damaged; `mend` says what to do then."""
        self.gate = gate or Gate()
        """Asked before anything is entered."""
        self.life = secrets.token_hex(8)
        """Name of this process among those that use the same data."""
        self._path, self._held = path, Held()
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        try:
            self.version: int = self._prepare(path, folder)
            """How often something was entered."""
        except sqlite3.DatabaseError as error:
            self._connection.close()
            if not is_damage(error):
                raise
            told = say("The file {file} is damaged and cannot be read.", file=str(path))
            raise UserError(told, hint=mend) from error

    def _prepare(self, path: Path, folder: Path) -> int:
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
            self._connection.execute(f"pragma {pragma}")
        path.chmod(0o600)
        for number, migration in missing(folder, self._applied(folder)):
            with self._transaction():
                for statement in statements(migration):
                    self._connection.execute(statement)
                self._connection.execute(f"insert into {TABLE} values (?)", (number,))
        return int(self.rows("select version from entries_version")[0][0])

    def _applied(self, folder: Path) -> frozenset[int]:
        """The migrations the file went through. Files older than the list say so in PRAGMA user_version."""
        with self._transaction():
            if not self._connection.execute("select 1 from sqlite_master where name = ?", (TABLE,)).fetchone():
                self._connection.execute(f"create table {TABLE} (number integer primary key) strict")
                reached = self._connection.execute("pragma user_version").fetchone()[0]
                before = [(number,) for number in sorted({reached, *numbered(folder)}) if 0 < number <= reached]
                self._connection.executemany(f"insert into {TABLE} values (?)", before)
            return frozenset(row[0] for row in self._connection.execute(f"select number from {TABLE}"))

    def others(self, lives: Collection[str]) -> frozenset[str]:  # noqa: ARG002 - the file is this process's
        """No other process goes on with anything here."""
        return frozenset()

    @contextmanager
    def only(self, name: str) -> Iterator[bool]:
        """Whether no other thread does the work of this name meanwhile."""
        with self._held.one(name) as mine:
            yield mine

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Answer of a SELECT."""
        with self._lock:
            return self._connection.execute(sql, params).fetchall()

    @contextmanager
    def change(self, what: str, duty: Duty = "owner") -> Iterator[sqlite3.Connection]:
        """A transaction that enters something; rolled back by whatever ends it early.

        `what` names it for the log; `NotAllowed` for who may not do what the duty asks for.
        """
        self.gate.require(duty, what)
        with self._lock:
            with self._transaction():
                yield self._connection
                self._connection.execute("update entries_version set version = version + 1")
            self.version += 1

    @contextmanager
    def receive(self) -> Iterator[sqlite3.Connection]:
        """A transaction that takes in what others say, and changes no definition or target: the version stays."""
        with self._lock, self._transaction():
            yield self._connection

    def remark(self, sql: str, params: Sequence[Any]) -> None:
        """Write something down that changes no answer: the version stays."""
        with self._lock, self._transaction():
            self._connection.execute(sql, params)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads or enters anything meanwhile: for what is looked at before it is changed."""
        with self._lock:
            yield

    def columns(self, table: str) -> list[str]:
        """Names of a table's columns."""
        return [str(row[1]) for row in self.rows(f"pragma table_info({table})")]

    def tables(self) -> tuple[str, ...]:
        """Every table."""
        rows = self.rows(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
        )
        return tuple(row[0] for row in rows)

    def snapshot(self, copy: Path) -> None:
        """All of it as of one moment, as a new file, however much is entered meanwhile."""
        copied(self._path, copy)

    def erase(self) -> None:
        """Nothing was ever entered; no byte of it stays in the file. The version goes on."""
        with self._lock:
            self._connection.execute("pragma secure_delete = on")
            self._connection.execute("pragma foreign_keys = off")
            with self.change("everything") as connection:
                for table in self.tables():
                    if table not in KEPT:
                        connection.execute(f"delete from {table}")
            self._connection.execute("pragma foreign_keys = on")
            self._connection.execute("vacuum")
            self._connection.execute("pragma wal_checkpoint(truncate)")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._connection.in_transaction:  # of this thread, which holds the lock: it is part of that one
            yield
            return
        with told_if_full():
            self._connection.execute("begin immediate")
            done = False
            try:
                yield
                self._connection.execute("commit")
                done = True
            finally:
                if not done and self._connection.in_transaction:  # a full disk has rolled it back already
                    self._connection.execute("rollback")


def copied(path: Path, copy: Path) -> None:
    """A SQLite file as of one moment, in a new one. `UserError` where it is damaged."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as made:
        try:
            source.backup(made)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise UserError(say("The file {file} is damaged and cannot be read.", file=str(path))) from error
            raise


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite could not make sense of the file; a lock or a full disk is something else."""
    return type(error) is sqlite3.DatabaseError
