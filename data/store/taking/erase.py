"""The deletion of everything.

Invariant: once it has begun it is finished, by the next opening if a crash cuts it off; afterwards the workspace is as
new, and no file of it holds anything of what was there.
"""

import contextlib
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb

from data.schema.loader import facts
from data.store.derived import DERIVED
from data.store.fact_tables import make_empty_table
from data.store.refresh import bump
from data.store.rollups import forget
from data.store.transaction import transaction
from data.store.workspace import SET_ASIDE, Workspace, sync_folder

_LEDGER = ("imports", "import_parts", "rejects", "relation_states", "merged_people", "process_settings")
_OPEN = ("main.duckdb", "app.sqlite", "people.sqlite", "app.json", "deleting", "tmp", "businesses")
"""How the names begin of what a running process holds open, of the marker, and of what is no part of this business:
who may come in, and other businesses."""

_NOISE = 16
"""Bytes of a value of noise."""
_TRIES, _PAUSE = 20, 0.1
"""How often it is tried, and seconds between."""


def begin(workspace: Workspace) -> None:
    """From here on it will be finished."""
    _marker(workspace).touch(mode=0o600)
    sync_folder(workspace.folder)


def empty_database(cursor: duckdb.DuckDBPyConnection) -> None:
    """Every table as new, in one transaction; the version goes on, so that nothing remembered is taken for current."""
    with transaction(cursor):
        for fact in facts().values():
            make_empty_table(cursor, fact)
        for table in (*_LEDGER, *DERIVED):
            cursor.execute(f"create or replace table {table} as select * from {table} limit 0")
        forget(cursor)
        bump(cursor)
    _write_over(cursor)


def _write_over(cursor: duckdb.DuckDBPyConnection) -> None:
    """Fill what is free in the file with noise: DuckDB leaves the bytes of a dropped table where they were.

    Somebody who is reading meanwhile keeps the old blocks from being free: then it is tried again for a while.
    """
    for _ in range(_TRIES):
        try:
            _make_noise(cursor)
        except duckdb.TransactionException:
            time.sleep(_PAUSE)
        else:
            break
    cursor.execute("drop table if exists noise")
    with contextlib.suppress(duckdb.TransactionException):
        cursor.execute("checkpoint")


def _make_noise(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute("checkpoint")
    row = cursor.execute("select block_size, free_blocks from pragma_database_size()").fetchone()
    size, free = row or (0, 0)
    cursor.execute(f"create or replace table noise as select uuid() from range({size * free // _NOISE})")
    cursor.execute("checkpoint")


def remove_files(workspace: Workspace) -> None:
    """Originals, journal, uploads, exports: all that no open database is."""
    _remove(path for path in workspace.folder.iterdir() if not _is_open(path.name))
    workspace.prepare()


def end(workspace: Workspace) -> None:
    """All of it is gone."""
    _marker(workspace).unlink()
    sync_folder(workspace.folder)


def finish_if_begun(workspace: Workspace) -> None:
    """What an opening does with a deletion that was cut off."""
    if _marker(workspace).exists():
        _remove(path for path in workspace.folder.iterdir() if path != _marker(workspace))
        workspace.prepare()
        end(workspace)


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_open(name: str) -> bool:
    """A running process holds it open; a damaged database beside it is held by nobody."""
    return name.startswith(_OPEN) and not name.endswith(SET_ASIDE)


def _marker(workspace: Workspace) -> Path:
    """The file that says a deletion has begun."""
    return workspace.folder / "deleting"
