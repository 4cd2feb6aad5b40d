"""The tables in a file of the workspace.

Invariant: one connection a process and workspace; every query runs on its own cursor of it, and no other process opens
the file meanwhile.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.errors import WorkspaceBusy
from data.message import say
from data.store.connection.settings import settings
from data.store.journal import FileJournal
from data.store.originals import OwnOriginals
from data.store.workspace import Workspace

STORAGE = "v1.5.0"
"""Format of a new database file: every later DuckDB reads it, and its text columns are written in half the time."""

_LOCK = re.compile(r"Could not set lock|Conflicting lock|already open|being used by another process")
_PROCESS = re.compile(r"PID (\d+)")


def open_file(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """Open the workspace's DuckDB. `WorkspaceBusy` when another process holds it."""
    config = settings(workspace.temporary) | {"storage_compatibility_version": STORAGE}
    try:
        return duckdb.connect(str(workspace.database), config=config)
    except duckdb.Error as error:
        if _LOCK.search(str(error)):
            raise _busy(workspace.folder, str(error)) from error
        raise


class Embedded:
    """The one connection to a workspace's DuckDB file."""

    shared = False
    """One process owns the file."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._opened = workspace, open_file(workspace)
        self.journal = FileJournal(workspace.journal)
        """What every import went through."""
        self.originals = OwnOriginals(workspace)
        """The files as they were uploaded."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: one a query, never shared between threads."""
        return self._opened.cursor()

    @contextmanager
    def turn(self, *, wait: bool) -> Iterator[bool]:  # noqa: ARG002 - there is nothing to wait for
        """It is always this process's."""
        yield True

    def revived(self) -> bool:
        """Whether DuckDB had given up on its file and was opened anew.

        It does so when it cannot move its log to the file, on a full disk; everything committed is in the log.
        """
        try:
            self.cursor().execute("select 1")
        except duckdb.FatalException:
            self._opened.close()
            self._opened = open_file(self._workspace)
            return True
        return False

    def give_up(self) -> None:
        """Nobody waits."""

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()


def _busy(folder: Path, text: str) -> WorkspaceBusy:
    process = _PROCESS.search(text)
    return WorkspaceBusy(
        say("The workspace {folder} is in use by another process.", folder=str(folder)),
        say("Process {pid} holds it.", pid=process.group(1)) if process else None,
        say("Close the other program, or work through it."),
    )
