"""What people entered in a schema of the PostgreSQL that several instances share.

Invariant: who enters something has the turn, a lock that PostgreSQL holds for the transaction, so it is one at a time
among all processes, and what was looked at within it still is so when it is changed. Who reads waits for nobody. What a
process had not committed when it was killed is nowhere.
"""

import hashlib
import re
import secrets
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg

from data.message import say
from data.store.entries.database import copying, preparing
from data.store.entries.database.contract import KEPT, Answer, Writing
from data.store.entries.database.dialect import placed, values
from data.store.entries.database.held import Held
from data.store.entries.database.migrate import FOLDER
from data.store.entries.database.session import Opened, Session, Unreachable
from data.store.gate import Duty, Gate

STALE = 0.5
"""Seconds for which a version is taken to stand."""
_VERSION = "select version from entries_version"
_LIFE = re.compile(r"[0-9a-f]{16}")
_HELD = """
    select (classid::bigint << 32) | objid::bigint from pg_locks
    where locktype = 'advisory' and objsubid = 1 and granted
    and database = (select oid from pg_database where datname = current_database())"""


class PostgresDatabase:
    """One schema, usable from any thread: a connection to read by and one to write by."""

    def __init__(
        self, reached: str, schema: str, folder: Path = FOLDER, gate: Gate | None = None, before: Path | None = None
    ) -> None:
        """`before`: the SQLite file whose rows are taken over where the schema is not there yet."""
        self.gate = gate or Gate()
        """Asked before anything is entered."""
        self.life = secrets.token_hex(8)
        """Name of this process among those that use the same data."""
        self._reached, self._schema, self._folder = reached, schema, folder
        self._turn = f"select pg_advisory_xact_lock({_number(f'turn of {schema}')})"
        self._reader, self._writer = Session(reached, schema, self._live), Session(reached, schema)
        self._held = Held()
        self._inside: int | None = None
        """The thread that is in the middle of the transaction."""
        self._within: Writing
        self._version, self._asked, self._own, self._unlike = 0, 0.0, 0, count(-1, -1)
        try:
            with self._writer.lock:
                opened = self._writer.opened()
                with self._writer.telling(), _kept(opened, self._turn):
                    preparing.prepare(opened, schema, folder, before)
            self._see(monotonic(), int(self.rows(_VERSION)[0][0]))
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> int:
        """How often something was entered, as known half a second ago or later.

        Within a transaction that enters something it is a number of its own that nobody sees again.
        """
        if self._inside == threading.get_ident():
            return self._own
        if monotonic() - self._asked > STALE:
            asked = monotonic()
            self._see(asked, int(self.rows(_VERSION)[0][0]))
        return self._version

    def others(self, lives: Collection[str]) -> frozenset[str]:
        """Those of these lives that go on in other processes."""
        known = {life for life in lives if life != self.life and _LIFE.fullmatch(life)}
        held = {row[0] for row in self.rows(_HELD)} if known else set()
        return frozenset(life for life in known if _of_life(life) in held)

    @contextmanager
    def only(self, name: str) -> Iterator[bool]:
        """Whether nobody else, in any process, does the work of this name meanwhile."""
        number = _number(f"{name} of {self._schema}")
        with self._held.one(name) as mine:
            got = mine and self._reader.run(lambda it: _last(it, f"select pg_try_advisory_lock({number})"))
            try:
                yield bool(got)
            finally:
                if got:
                    with suppress(Unreachable, sqlite3.Error):  # it is let go of with the connection
                        self._reader.run(lambda it: _last(it, f"select pg_advisory_unlock({number})"))

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Answer of a SELECT."""
        if self._inside == threading.get_ident():
            return self._within.execute(sql, params).fetchall()
        return self._reader.run(lambda it: it.execute(placed(sql), values(params)).fetchall())

    @contextmanager
    def change(self, what: str, duty: Duty = "owner") -> Iterator[Writing]:
        """A transaction that enters something; rolled back by whatever ends it early.

        `what` names it for the log; `NotAllowed` for who may not do what the duty asks for.
        """
        self.gate.require(duty, what)
        with self._transaction() as writing:
            self._own = next(self._unlike)
            yield writing
            writing.execute("update entries_version set version = version + 1")
            self._own = next(self._unlike)

    @contextmanager
    def receive(self) -> Iterator[Writing]:
        """A transaction that takes in what others say, and changes no definition or target: the version stays."""
        with self._transaction() as writing:
            yield writing

    def remark(self, sql: str, params: Sequence[Any]) -> None:
        """Write something down that changes no answer: the version stays."""
        with self._transaction() as writing:
            writing.execute(sql, params)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else enters anything meanwhile; what is entered within is kept as one, or not at all."""
        with self._transaction():
            yield

    def columns(self, table: str) -> list[str]:
        """Names of a table's columns."""
        sql = (
            "select column_name from information_schema.columns where table_schema = ? and table_name = ?"
            " order by ordinal_position"
        )
        return [str(row[0]) for row in self.rows(sql, (self._schema, table))]

    def tables(self) -> tuple[str, ...]:
        """Every table."""
        rows = self.rows("select tablename::text from pg_tables where schemaname = ?", (self._schema,))
        return tuple(sorted(row[0] for row in rows))

    def snapshot(self, copy: Path) -> None:
        """All of it as of one moment, as a new SQLite file, however much is entered meanwhile."""
        reading = Session(self._reached, self._schema)
        try:
            opened = reading.opened()
            with reading.telling():
                opened.execute("begin isolation level repeatable read read only")
                copying.into_file(lambda sql: opened.execute(sql).fetchall(), copy, self._folder)
        finally:
            reading.close()

    def erase(self) -> None:
        """As if nothing had ever been entered. The version goes on."""
        with self.change("everything") as writing:
            gone = ", ".join(table for table in self.tables() if table not in KEPT)
            writing.execute(f"truncate {gone} restart identity")

    def close(self) -> None:
        """Let go of the connections, and of everything that is held by them."""
        self._writer.close()
        self._reader.close("select pg_advisory_unlock_all()")

    @contextmanager
    def _transaction(self) -> Iterator[Writing]:
        if self._inside == threading.get_ident():  # it is part of that one
            yield self._within
            return
        with self._writer.lock:
            asked = monotonic()
            # What was true before the turn came need not be so any more: the version is read within it.
            opened, self._own = self._writer.run(self._begun)
            self._within, self._inside, done = _Within(self._writer, opened), threading.get_ident(), False
            try:
                yield self._within
                done = True
            finally:
                self._inside = None
                if not done:
                    _roll_back(opened)
            self._see(asked, self._committed(opened))

    def _begun(self, opened: Opened) -> tuple[Opened, int]:
        """The connection, which has the turn, and the version that stands."""
        try:
            return opened, int(_last(opened, f"begin; {self._turn}; {_VERSION}"))
        except psycopg.Error:
            _roll_back(opened)
            raise

    def _committed(self, opened: Opened) -> int:
        """The version that stands from now on."""
        try:
            return int(_last(opened, f"{_VERSION}; commit"))
        except psycopg.Error as error:
            if not opened.closed:
                _roll_back(opened)
                raise self._writer.told(error) from error
            told = say("The connection to PostgreSQL was lost at the last moment: look whether it was entered.")
            raise Unreachable(self._reached, told) from error

    def _see(self, asked: float, version: int) -> None:
        self._asked, self._version = asked, max(self._version, version)

    def _live(self, opened: Opened) -> None:
        """As long as this connection lasts, so does this process, as others see it."""
        opened.execute(f"select pg_try_advisory_lock_shared({_of_life(self.life)})")


class _Within:
    """The transaction at hand: its statements run on its connection or not at all."""

    def __init__(self, session: Session, opened: Opened) -> None:
        self._session, self._opened = session, opened

    def execute(self, sql: str, params: Sequence[Any] = (), /) -> Answer:
        """Run a statement."""
        with self._session.telling():
            return self._opened.execute(placed(sql), values(params))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Answer:
        """Run it once a row."""
        with self._session.telling():
            cursor = self._opened.cursor()
            cursor.executemany(placed(sql), [values(row) for row in rows])
            return cursor


@contextmanager
def _kept(opened: Opened, turn: str) -> Iterator[None]:
    """A transaction that has the turn."""
    done = False
    try:
        opened.execute(f"begin; {turn}")
        yield
        opened.execute("commit")
        done = True
    finally:
        if not done:
            _roll_back(opened)


def _roll_back(opened: Opened) -> None:
    with suppress(psycopg.Error):  # one that was lost is rolled back already
        opened.execute("rollback")


def _last(opened: Opened, sql: str) -> Any:
    """The cell that the last of some statements answers that answers anything; all of them in one way to the server."""
    cursor, found = opened.execute(sql), None
    while True:
        found = cursor.fetchone() if cursor.description else found
        if not cursor.nextset():
            return found[0] if found else None


def _number(name: str) -> int:
    """A lock's number, as PostgreSQL counts them: 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(f"kpi {name}".encode()).digest()[:8], "big", signed=True)


def _of_life(life: str) -> int:
    """The number of the lock that a life holds."""
    return int.from_bytes(bytes.fromhex(life), "big", signed=True)
