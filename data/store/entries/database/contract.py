"""What is asked of wherever it lies what people entered: a SQLite file, or a schema of a PostgreSQL that is shared.

Invariant: a statement means the same in both. Its places are `?`, a number that was given comes by `returning`
(`inserted`), what is there already is told by `on conflict`; texts are compared byte by byte; a truth is 0 or 1. What
the tables do not allow is `sqlite3.IntegrityError` in both.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from data.store.gate import Duty, Gate

KEPT = ("entries_version", "entries_migrations")
"""Tables that say what the database is, not what was entered."""


class Answer(Protocol):
    """What a statement came to."""

    @property
    def rowcount(self) -> int:
        """Rows it changed."""
        ...

    def fetchone(self) -> Any:
        """The next row; None: there is none."""
        ...

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Writing(Protocol):
    """The transaction at hand."""

    def execute(self, sql: str, params: Sequence[Any] = (), /) -> Answer:
        """Run a statement."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Answer:
        """Run it once a row."""
        ...


class Database(Protocol):
    """Usable from any thread. Durable when a call returns; transactions are short and one at a time, among all
    processes too, and one that begins inside another is part of it."""

    gate: Gate
    """Asked before anything is entered."""

    @property
    def version(self) -> int:
        """How often something was entered, for cache keys: it never goes back, and nothing that is older than it is
        read under it. Where other processes write too it is asked anew, at most twice a second."""
        ...

    @property
    def life(self) -> str:
        """Name of this process among those that use the same data, from its opening to its end."""
        ...

    def others(self, lives: Collection[str]) -> frozenset[str]:
        """Those of these lives that go on in other processes."""
        ...

    def only(self, name: str) -> AbstractContextManager[bool]:
        """Gives whether nobody else, in any process, does the work of this name meanwhile. Nobody waits; it is free
        again when a process ends, however it ends."""
        ...

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Answer of a SELECT."""
        ...

    def change(self, what: str, duty: Duty = "owner") -> AbstractContextManager[Writing]:
        """A transaction that enters something; rolled back by whatever ends it early.

        `what` names it for the log; `NotAllowed` for who may not do what the duty asks for.
        """
        ...

    def receive(self) -> AbstractContextManager[Writing]:
        """A transaction that takes in what others say, and changes no definition or target: the version stays."""
        ...

    def remark(self, sql: str, params: Sequence[Any]) -> None:
        """Write something down that changes no answer: the version stays."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else enters anything meanwhile: for what is looked at before it is changed."""
        ...

    def columns(self, table: str) -> list[str]:
        """Names of a table's columns."""
        ...

    def tables(self) -> tuple[str, ...]:
        """Every table."""
        ...

    def snapshot(self, copy: Path) -> None:
        """All of it as of one moment, as a new SQLite file, however much is entered meanwhile."""
        ...

    def erase(self) -> None:
        """Nothing was ever entered. The version goes on."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def inserted(writing: Writing, sql: str, params: Sequence[Any], number: str = "id") -> int:
    """Number of the row an INSERT made; `number`: the column it stands in."""
    return int(writing.execute(f"{sql} returning {number}", params).fetchall()[0][0])
