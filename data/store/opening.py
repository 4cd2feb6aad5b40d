"""Opening the database: made, migrated, mended.

Invariant: a database that cannot be read is set aside, never deleted, and made anew from the journal and the originals.
"""

from collections.abc import Mapping
from datetime import datetime

import duckdb

from data.errors import UserError
from data.message import Message, say
from data.store.connection import Connection, connect
from data.store.derived import DERIVED
from data.store.disk import is_full
from data.store.fact_tables import ensure_fact_tables
from data.store.journal import Known, imports_of
from data.store.ledger import LedgerEntry, entries
from data.store.migrate import migrate
from data.store.recovery import must_rebuild, resolve_open, unwanted_originals
from data.store.refresh import make_empty, remake, remake_of_day, version
from data.store.transaction import transaction
from data.store.watched import unwatched
from data.store.workspace import SET_ASIDE, Workspace

DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)
"""What DuckDB raises on reading a damaged file or log."""
_NOT_DAMAGE = ("Too many open files", "Permission denied", "Operation not permitted")


def is_damage(error: BaseException) -> bool:
    """DuckDB could not read its own file; a disk that is full, or a file that may not be opened, is something else."""
    said = str(error)
    return isinstance(error, DAMAGE) and not is_full(error) and not any(word in said for word in _NOT_DAMAGE)


def open_database(workspace: Workspace, now: datetime) -> tuple[Connection, tuple[Message, ...]]:
    """The connection, and what was found and mended."""
    try:
        return _opened(workspace, now)
    except DAMAGE as error:
        if not is_damage(error) or not workspace.database.exists():
            raise
        _set_aside(workspace)
        connection, notes = _opened(workspace, now)
        return connection, (say("The database could not be read: it was set aside and made anew."), *notes)


def _opened(workspace: Workspace, now: datetime) -> tuple[Connection, tuple[Message, ...]]:
    connection = connect(workspace)
    try:
        if not connection.shared:
            workspace.clear_temporary()
        with connection.turn(wait=True):
            _prepare(connection.cursor())
            return connection, _mend(workspace, connection, now)
    except BaseException:
        connection.close()
        raise


def _prepare(cursor: duckdb.DuckDBPyConnection) -> None:
    migrate(cursor)
    with transaction(cursor):
        ensure_fact_tables(cursor)


def _set_aside(workspace: Workspace) -> None:
    for path in (workspace.database, workspace.database.with_name(workspace.database.name + ".wal")):
        if path.exists():
            path.replace(path.with_name(path.name + SET_ASIDE))


def _mend(workspace: Workspace, connection: Connection, now: datetime) -> tuple[Message, ...]:
    cursor, journal = connection.cursor(), connection.journal
    ledger = _ledger(cursor)
    with transaction(cursor):
        make_empty(cursor, now.date())
    notes = resolve_open(journal, ledger, now)
    connection.originals.sweep(unwanted_originals(journal))
    if must_rebuild(journal, ledger):
        return (*notes, _rebuild(workspace, cursor, connection, ledger, now))
    with transaction(cursor):
        remake(cursor, DERIVED["staff_days"], now.date())
        remake_of_day(cursor, now.date())
    return notes


def _rebuild(
    workspace: Workspace,
    cursor: duckdb.DuckDBPyConnection,
    connection: Connection,
    ledger: Mapping[int, LedgerEntry],
    now: datetime,
) -> Message:
    from data.store.rebuild import rebuild, without_original  # brings all that reads files

    known, originals = imports_of(connection.journal), connection.originals
    lost = without_original(known, originals)
    kept = {number: told for number, told in known.items() if number not in lost}
    gained = any(told.done is not None and number not in ledger for number, told in kept.items())
    if lost and (not gained or any(number in lost and not entry.undone for number, entry in ledger.items())):
        # What is there holds more than what could be made.
        return say("The database lacks imports whose files are missing: {files}.", files=_named(lost))
    try:
        rebuild(cursor, workspace.temporary, originals, kept, now.date(), unwatched, least_version=version(cursor))
    except UserError as error:
        return say("The database lacks imports and could not be rebuilt: {reason}", reason=str(error))
    if lost:
        return say(
            "The database was rebuilt from the original files, without imports whose files are missing: {files}.",
            files=_named(lost),
        )
    return say("The database lacked imports that the journal knows: it was rebuilt from the original files.")


def _named(lost: Mapping[int, Known]) -> str:
    return ", ".join(str(told.begin.facts["file"]) for told in lost.values())


def _ledger(cursor: duckdb.DuckDBPyConnection) -> dict[int, LedgerEntry]:
    return {entry.import_id: entry for entry in entries(cursor)}
