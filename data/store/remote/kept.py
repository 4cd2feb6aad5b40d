"""What PostgreSQL keeps of a business beside the lake's catalogue: the journal, and the mark of the place of its files.

Invariant: a line of the journal is durable when it was written, whatever becomes of the lake's transaction; an import
number is begun once, so of two processes that believe it is their turn one is refused.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from data.errors import UserError
from data.message import say
from data.store.identifiers import literal, quoted
from data.store.journal import Entry, Event
from data.store.remote.place import MARK, Place
from data.store.transaction import transaction
from data.store.workspace import sha256_of

_TABLES = """
create schema if not exists {schema};
create table if not exists {schema}.journal (
  number integer not null, event text not null, moment timestamp not null, facts text not null,
  primary key (number, event));
create table if not exists {schema}.place (mark text not null);
"""


def ensure(opened: duckdb.DuckDBPyConnection, dsn: str, schema: str, name: str) -> None:
    """Make the tables where they are missing, and attach them under a name. Within the turn."""
    opened.execute(f"attach {literal(dsn)} as making (type postgres)")
    try:
        opened.execute(f"call postgres_execute('making', {literal(_TABLES.format(schema=quoted(schema)))})")
    finally:
        opened.execute("detach making")
    opened.execute(f"attach {literal(dsn)} as {quoted(name)} (type postgres, schema {literal(schema)})")


class TableJournal:
    """The journal as a table that every process reads and adds to."""

    def __init__(self, opened: duckdb.DuckDBPyConnection, tables: str) -> None:
        self._opened, self._table = opened, f"{tables}.journal"

    def append(self, event: Event, import_id: int, at: datetime, **facts: Any) -> None:
        """Write one line; durable when this returns."""
        self.receive([Entry(event, import_id, at, facts)])

    def receive(self, entries: Iterable[Entry]) -> None:
        """Write lines, all or none; durable when this returns."""
        with self._opened.cursor() as cursor, transaction(cursor):
            for entry in entries:
                line = [entry.import_id, entry.event, entry.at, json.dumps(entry.facts, ensure_ascii=False)]
                cursor.execute(f"insert into {self._table} values (?, ?, ?, ?)", line)

    def entries(self) -> Iterator[Entry]:
        """Every line, oldest first."""
        with self._opened.cursor() as cursor:
            rows = cursor.execute(
                f"select event, number, moment, facts from {self._table} order by moment, number"
            ).fetchall()
        for event, number, at, facts in rows:
            yield Entry(event, int(number), at, json.loads(facts))

    def next_import(self) -> int:
        """A number no import ever had, failed and undone ones included. Within the turn."""
        with self._opened.cursor() as cursor:
            row = cursor.execute(f"select coalesce(max(number), 0) + 1 from {self._table}").fetchone()
        return int(row[0]) if row else 1


def settle_place(opened: duckdb.DuckDBPyConnection, tables: str, place: Place) -> None:
    """Whether the files of this catalogue lie there; a new catalogue takes a new place. Within the turn.

    `UserError` where the place is another one's, or not the one the files lie in.
    """
    row = opened.execute(f"select mark from {tables}.place").fetchone()
    known, found = row[0] if row else None, _mark_at(place)
    if known is None and found is None:
        mark = secrets.token_hex(16)
        _leave_mark(place, mark)
        opened.execute(f"insert into {tables}.place values (?)", [mark])
    elif known is None:
        raise UserError(
            say("The files at {place} belong to another catalogue.", place=place.root),
            hint=say("Name a new place, or the PostgreSQL that knows them."),
        )
    elif known != found:
        raise UserError(
            say("The files of these data do not lie at {place}.", place=place.root),
            hint=say("Every machine has to name the same place. Look at {setting}.", setting="KPI_STORE_DATA"),
        )


def _mark_at(place: Place) -> str | None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / MARK
        try:
            place.objects().get(MARK, path)
        except FileNotFoundError:
            return None
        return path.read_text(encoding="ascii")


def _leave_mark(place: Place, mark: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / MARK
        path.write_text(mark, encoding="ascii")
        place.objects().put(MARK, path, sha256_of(path))
