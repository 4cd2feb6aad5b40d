"""The workspace as the rest of the program sees it.

Invariant: one Store a workspace and process. Reading is by `cursor()`, from any thread; writing is one at a time, and
what is published is whole or not there.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb
import pandas as pd

from data.ingest.column_map import Mapping as TableMapping
from data.ingest.staged import ImportOptions
from data.message import Message
from data.model import IngestReport, Relation
from data.rollup import Rollup
from data.store import entered
from data.store.clock import Clock, system_clock
from data.store.connection import Connection
from data.store.derived import DERIVED
from data.store.disk import told_if_full
from data.store.engine import engine
from data.store.entries import Entries
from data.store.gate import Gate
from data.store.journal import imports_of
from data.store.ledger import LedgerEntry, entries, entry_of, standing_entry
from data.store.memory import Memory
from data.store.opening import open_database
from data.store.owed import is_owed, later, make_owed, make_own
from data.store.present import Present
from data.store.readable import Readable, Uncommitted
from data.store.recovery import close_dead
from data.store.rejects import rejected_rows
from data.store.rollups import Rollups
from data.store.taking import alone, erase, finishing
from data.store.transaction import transaction
from data.store.turns import Turns
from data.store.undo import TakenBack, take_back
from data.store.watched import Progress, unwatched
from data.store.workspace import Workspace
from data.store.writer import Query, Writer

if TYPE_CHECKING:
    from data.store.publishing import Publishing

Seen = TypeVar("Seen")


class Store:
    """One workspace, open. Made by `Store.open`."""

    def __init__(self, workspace: Workspace, connection: Connection, clock: Clock, notes: tuple[Message, ...]) -> None:
        self.workspace = workspace
        """Its folder."""
        self.clock = clock
        """Where its «now» comes from."""
        self.opening_notes = notes
        """What was found and mended when it was opened."""
        self.gate = Gate()
        """Asked before anything is written."""
        self.entries = Entries(workspace.entries, clock, self.gate)
        """What people entered."""
        self.writer = Writer(workspace.folder.name, Query.of(lambda: self._at_work), self._rest, self.gate)
        """The thread that writes."""
        self.memory = Memory()
        """What was made of the data and is at hand until they change."""
        self.turns = Turns()
        """Who asks how much at a time."""
        self.shared = connection.shared
        """Other processes write to the same data."""
        self.journal, self.originals = connection.journal, connection.originals
        """What every import went through, and the files as they were uploaded."""
        self._connection, self._present = connection, Present(connection)
        self._making, self._writing = threading.Lock(), threading.RLock()
        self.ahead = Rollups(self.cursor, lambda: (self.data_version, clock().date()), self._spare, self.writer.wake)
        """What is counted ahead of questions."""
        self._at_work: duckdb.DuckDBPyConnection | None = None
        self.engine = self._present.followed_by(engine(workspace, lambda: self.reading(DERIVED)))
        """Who else may answer."""

    @staticmethod
    def open(folder: Path, clock: Clock = system_clock) -> "Store":
        """Open (or make) the workspace in a folder. `WorkspaceBusy` if another process has it."""
        workspace = Workspace(Path(folder))
        workspace.prepare()
        finishing.finish_if_begun(workspace)
        connection, notes = open_database(workspace, clock())
        store = Store(workspace, connection, clock, notes)
        store.read_entries()
        return store

    def close(self) -> None:
        """Stop writing, cleanly, and let go of the files."""
        self._connection.give_up()
        self._present.close()
        self.writer.close()
        self.entries.close()
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: one a query, never shared between threads."""
        return self._connection.cursor()

    @contextmanager
    def reading(self, relations: Collection[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor to read these relations by: those that are made when first read are made.

        While something is written they are made for this cursor alone.
        """
        if not later(relations) and not self.shared:
            yield self.cursor()
            return
        self._make_owed(relations)
        cursor = self.cursor()
        with transaction(cursor, keep=False):
            self._present.see(cursor)
            make_own(cursor, relations)
            yield cursor

    def _make_owed(self, relations: Collection[str] = frozenset(DERIVED)) -> None:
        with self._making, self._spare() if is_owed(self.cursor(), relations) else nullcontext() as cursor:
            if cursor is not None:
                make_owed(cursor, relations, self.clock().date())

    def _rest(self) -> None:
        self._make_owed()
        self.ahead.bring_up(lambda: self.writer.is_wanted)

    @contextmanager
    def _spare(self) -> Iterator[duckdb.DuckDBPyConnection | None]:
        """A transaction for what can wait; None where somebody writes."""
        if not self._writing.acquire(blocking=False):
            yield None
            return
        try:
            with self._connection.turn(wait=False) as free:
                if not free or self._at_work is not None:
                    yield None
                    return
                with self.gate.itself(), self.writing() as cursor, transaction(cursor):
                    yield cursor
        finally:
            self._writing.release()

    @property
    def rollups(self) -> Mapping[str, tuple[Rollup, ...]]:
        """Relation → what of it is counted ahead; nothing where other processes write too."""
        return {} if self.shared else self.ahead.ready

    @property
    def data_version(self) -> int:
        """How often the data changed; part of every cache key."""
        return self._present.version

    def relations(self) -> Mapping[str, Relation]:
        """Facts and derived relations as they are loaded today."""
        return self._present.relations(self.clock().date())

    def publish(
        self,
        path: Path,
        mappings: Sequence[TableMapping] | None = None,
        options: ImportOptions | None = None,
        *,
        dry_run: bool = False,
        progress: Progress = unwatched,
    ) -> tuple[IngestReport, ...]:
        """Import a file: one report a table. Without mappings the file must explain itself.

        `SourceQuestion`: the person must say whose keys these are. The same file again changes nothing and says so.
        """
        if dry_run:
            return self.rehearse(path, mappings, options, lambda _after, _told: None, progress=progress)[0]
        with self.writing() as cursor:
            return self._publishing(cursor).publish(Path(path), mappings, self._given(options), progress)

    def rehearse(
        self,
        path: Path,
        mappings: Sequence[TableMapping] | None,
        options: ImportOptions | None,
        look: Callable[[Readable, tuple[IngestReport, ...]], Seen],
        *,
        progress: Progress = unwatched,
    ) -> tuple[tuple[IngestReport, ...], Seen | None]:
        """What importing a file would report, and what `look` answers about the workspace as it would be.

        Nothing is kept. `look` is given the reports too; it is not asked where the file is loaded already.
        """
        seen: list[Seen] = []

        def shown(after: Readable, reports: tuple[IngestReport, ...]) -> None:
            seen.append(look(after, reports))

        with self.writing() as cursor:
            reports = self._publishing(cursor).rehearse(Path(path), mappings, self._given(options), shown, progress)
        return reports, seen[0] if seen else None

    def _publishing(self, cursor: duckdb.DuckDBPyConnection) -> "Publishing":
        from data.store.publishing import Publishing  # brings all that reads files

        return Publishing(self._connection, cursor, self.clock, self.entries.mappings.recall)

    def _given(self, options: ImportOptions | None) -> ImportOptions:
        """The options, with the day checks call today."""
        return replace(options or ImportOptions(), today=(options and options.today) or self.clock().date())

    def imports(self) -> tuple[LedgerEntry, ...]:
        """Every import, the latest first; those taken back are marked so."""
        return entries(self.cursor())

    def undo(self, import_id: int) -> None:
        """Take an import back. `UnknownName` if there is none of that number."""
        with self.writing() as cursor:
            entry, now = standing_entry(cursor, import_id), self.clock()
            with transaction(cursor):
                take_back(cursor, entry, now, now.date())
            self.journal.append("undone", import_id, now)

    def rehearse_undo(self, import_id: int, look: Callable[[Readable], Seen]) -> tuple[TakenBack, Seen]:
        """What taking an import back would do, and what `look` answers about the workspace as it would be."""
        with self.writing() as cursor:
            entry, now = standing_entry(cursor, import_id), self.clock()
            with transaction(cursor, keep=False):
                taken = take_back(cursor, entry, now, now.date())
                return taken, look(Uncommitted(cursor, now.date()))

    def rejects(self, import_id: int) -> pd.DataFrame:
        """The rows of an import that were not loaded: sheet, line, reason and their cells."""
        return rejected_rows(self.cursor(), import_id, entry_of(self.cursor(), import_id).parts)

    def rebuild(self, progress: Progress = unwatched) -> None:
        """Make DuckDB anew from the journal and the originals."""
        with self.writing() as cursor:
            from data.store.rebuild import rebuild

            close_dead(self.journal, cursor, self.clock())
            known, today, folder = imports_of(self.journal), self.clock().date(), self.workspace.temporary
            rebuild(cursor, folder, self.originals, known, today, progress, least_version=self.data_version)
        self.read_entries()

    def erase(self) -> None:
        """Delete everything: the workspace is as new. `UserError` where other processes use it too."""
        alone.require(shared=self.shared)
        with self.writing() as cursor:
            erase.begin(self.workspace)
            erase.empty_database(cursor)
            self.entries.erase()
            erase.remove_files(self.workspace)
            erase.end(self.workspace)

    def merge_people(self, name: str, spellings: Collection[str]) -> int:
        """Read these spellings as one person from now on; the merge's number."""
        with self.writing():
            number = self.entries.merges.enter(name, spellings)
            self.read_entries()
            return number

    def undo_merge(self, number: int) -> None:
        """Take a merge of spellings back: exactly as if it had never been made."""
        with self.writing():
            self.entries.merges.undo(number)
            self.read_entries()

    def read_entries(self) -> None:
        """Bring names, answers and cases up to what was entered."""
        with self.writing() as cursor:
            entered.catch_up(cursor, self.entries, self.clock().date())

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The cursor of the one piece of writing at hand; closing the store interrupts it."""
        self.gate.require("owner", "data")
        with self._writing, told_if_full(), self._connection.turn(wait=True):
            outer, cursor = self._at_work, self.cursor()
            cursor.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
            self._at_work = cursor
            try:
                yield cursor
            finally:
                self._at_work = outer
                cursor.close()
                self._connection.revived()
                self._present.see(self.cursor())
