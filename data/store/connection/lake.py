"""The tables in a lake: Parquet files in a folder or a bucket, and a catalogue of them in PostgreSQL.

Invariant: every process that names the same catalogue sees the same tables; whoever reads has one snapshot from the
begin of a transaction to its end, and what a process that was killed had not committed is in no snapshot.
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from data.errors import UserError
from data.message import say
from data.store.connection import compaction, confinement, extensions
from data.store.connection.setting import SETTING
from data.store.connection.settings import settings
from data.store.connection.turn import Turn
from data.store.identifiers import literal
from data.store.journal import Journal
from data.store.originals import Originals, OwnOriginals
from data.store.remote import kept
from data.store.remote.kept import TableJournal
from data.store.remote.moving import move_in
from data.store.remote.originals import SharedOriginals
from data.store.remote.place import Place, place_of
from data.store.workspace import OTHERS, Workspace

_WHERE = "business.main"
_KEPT = "kept"


class Lake:
    """The one connection of this process to a workspace's lake."""

    shared = True
    """Other processes write to it."""

    def __init__(self, workspace: Workspace, catalogue: str) -> None:
        self._spill = Path(mkdtemp(prefix="kpi-spill-"))
        self._opened = duckdb.connect(":memory:", config=settings(self._spill))
        schema = schema_of(workspace)
        try:
            place = place_of(workspace, schema)
            extensions.load(self._opened, extensions.LAKE + (extensions.BUCKET if place.account else ()))
            confinement.secret(self._opened, place, self._spill)
            self._attach(catalogue)
            self._turn = Turn(self._opened, "catalogue", _number(schema))
            self.originals: Originals = (
                OwnOriginals(workspace) if place.own else SharedOriginals(workspace, place.objects())
            )
            """The files as they were uploaded."""
            with self.turn(wait=True):
                kept.ensure(self._opened, catalogue, f"{schema}_kept", _KEPT)
                journal = TableJournal(self._opened, _KEPT)
                kept.settle_place(self._opened, _KEPT, place)
                self._open(place, catalogue, schema)
                move_in(workspace, journal, self.originals)
            self.journal: Journal = journal
            """What every import went through."""
            confinement.confine(self._opened, workspace, place)
        except BaseException:
            self.close()
            raise

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: one a query, never shared between threads."""
        cursor = self._opened.cursor()
        cursor.execute(f"use {_WHERE}")
        return cursor

    @contextmanager
    def turn(self, *, wait: bool) -> Iterator[bool]:
        """The turn to write among all processes that share the lake."""
        with self._turn.taken(wait=wait) as got:
            yield got

    def revived(self) -> bool:
        """A lake is not given up: its files are written once, its catalogue is PostgreSQL's."""
        return False

    def give_up(self) -> None:
        """Whoever waits for the turn waits no longer."""
        self._turn.give_up()

    def close(self) -> None:
        """Let go of it, the turn included."""
        self._opened.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def _attach(self, catalogue: str) -> None:
        """PostgreSQL itself, for the turn. `UserError` where it does not answer."""
        try:
            self._opened.execute(f"attach {literal(catalogue)} as catalogue (type postgres, read_only)")
        except duckdb.Error as error:
            raise UserError(
                say("The PostgreSQL that keeps the catalogue of the data cannot be reached."),
                say("It is said to be at «{catalogue}».", catalogue=catalogue),
                say("Look at {setting} and whether PostgreSQL runs, then start again.", setting=SETTING),
            ) from error

    def _open(self, place: Place, catalogue: str, schema: str) -> None:
        """The lake itself, made where it is not there; without what nobody needs any more. Within the turn."""
        if place.account is None:
            Path(place.lake).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._opened.execute(
            f"""attach {literal(f"ducklake:postgres:{catalogue}")} as business
            (data_path {literal(place.lake)}, metadata_schema {literal(schema)}, override_data_path true)"""
        )
        compaction.compact(self._opened)
        compaction.forget_old(self._opened)
        compaction.sweep(self._opened)


def schema_of(workspace: Workspace) -> str:
    """The catalogue's schema for a business: the same on every machine, wherever the folder is there."""
    if workspace.folder.parent.name != OTHERS:
        return "business"
    return f"business_{hashlib.sha256(workspace.folder.name.encode()).hexdigest()[:16]}"


def _number(schema: str) -> int:
    """The lock's number, as PostgreSQL counts them: 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(f"kpi {schema}".encode()).digest()[:8], "big", signed=True)
