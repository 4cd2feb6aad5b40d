"""The one connection to DuckDB.

Invariant: one connection a process and workspace; every query runs on its own cursor of it. Nothing is fetched from the
network and no Python variable is ever read as a table.
"""

import os
import re
from pathlib import Path

import duckdb

from data.errors import WorkspaceBusy
from data.message import say
from data.store.workspace import Workspace

STORAGE = "v1.5.0"
"""Format of a new database file: every later DuckDB reads it, and its text columns are written in half the time."""

_LOCK = re.compile(r"Could not set lock|Conflicting lock|already open|being used by another process")
_PROCESS = re.compile(r"PID (\d+)")


def connect(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """Open the workspace's DuckDB. `WorkspaceBusy` when another process holds it."""
    try:
        return duckdb.connect(str(workspace.database), config=_settings(workspace.temporary))
    except duckdb.Error as error:
        if _LOCK.search(str(error)):
            raise _busy(workspace.folder, str(error)) from error
        raise


class Connection:
    """The one connection to a workspace's DuckDB."""

    def __init__(self, workspace: Workspace, opened: duckdb.DuckDBPyConnection) -> None:
        self._workspace, self._opened = workspace, opened

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: one a query, never shared between threads."""
        return self._opened.cursor()

    def revived(self) -> bool:
        """Whether DuckDB had given up on its file and was opened anew.

        It does so when it cannot move its log to the file, on a full disk; everything committed is in the log.
        """
        try:
            self.cursor().execute("select 1")
        except duckdb.FatalException:
            self._opened.close()
            self._opened = connect(self._workspace)
            return True
        return False

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()


def _settings(temporary: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": max(1, os.cpu_count() or 1),
        "memory_limit": os.environ.get("KPI_MEMORY", f"{_physical_memory() * 6 // 10 >> 20}MiB"),
        "temp_directory": str(temporary),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
        "preserve_insertion_order": True,
        "storage_compatibility_version": STORAGE,
    }


def _physical_memory() -> int:
    """Bytes of memory; 4 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 << 30


def _busy(folder: Path, text: str) -> WorkspaceBusy:
    process = _PROCESS.search(text)
    return WorkspaceBusy(
        say("The workspace {folder} is in use by another process.", folder=str(folder)),
        say("Process {pid} holds it.", pid=process.group(1)) if process else None,
        say("Close the other program, or work through it."),
    )
