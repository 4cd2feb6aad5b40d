"""What can be read: the workspace as it stands, or as it would be.

Invariant: whoever reads through a `Readable` cannot tell the two apart; what was not committed is seen only inside the
transaction that will be rolled back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Protocol

import duckdb

from data.model import Relation
from data.rollup import Rollup
from data.store import loaded
from data.store.engine import Engine
from data.store.memory import Memory
from data.store.owed import make_owed
from data.store.refresh import version
from data.store.turns import Turns


class Readable(Protocol):
    """What a Reader asks: the Store is one."""

    @property
    def data_version(self) -> int:
        """How often the data changed."""
        ...

    def relations(self) -> Mapping[str, Relation]:
        """Facts and derived relations as they are loaded."""
        ...

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Where to run a query."""
        ...

    def reading(self, relations: Collection[str]) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Where to run a query of these relations: those that are made when first read are made."""
        ...

    @property
    def memory(self) -> Memory | None:
        """Where what was made of the data is at hand; None: nothing may be kept of them."""
        ...

    @property
    def rollups(self) -> Mapping[str, tuple[Rollup, ...]]:
        """Relation → what of it is counted ahead."""
        ...

    @property
    def turns(self) -> Turns | None:
        """Who asks how much at a time; None: nobody else is there."""
        ...

    @property
    def engine(self) -> Engine | None:
        """Who else may answer; None: DuckDB alone."""
        ...


class Uncommitted:
    """The workspace as a transaction leaves it, read on that transaction's own cursor; gone when it ends."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, today: date) -> None:
        self._cursor, self._today = cursor, today
        self._relations = loaded.relations(cursor, today)
        self._version = version(cursor)
        self.memory = self.turns = self.engine = None
        """What may never have been is not kept, nor copied."""
        self.rollups: Mapping[str, tuple[Rollup, ...]] = {}
        """Nor counted ahead."""

    @property
    def data_version(self) -> int:
        """The version it would be."""
        return self._version

    def relations(self) -> Mapping[str, Relation]:
        """Facts and derived relations as they would be."""
        return self._relations

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The transaction's cursor."""
        return self._cursor

    @contextmanager
    def reading(self, relations: Collection[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """The transaction's cursor; what is made for it is gone with it."""
        make_owed(self._cursor, relations, self._today)
        yield self._cursor


class Unkept:
    """The workspace as it stands; nothing that is asked of it is kept at hand: for questions asked once."""

    def __init__(self, store: Readable) -> None:
        self._store, self.engine = store, store.engine
        self.memory = self.turns = None
        """What is asked once would push out what is asked again."""

    @property
    def data_version(self) -> int:
        """How often the data changed."""
        return self._store.data_version

    @property
    def rollups(self) -> Mapping[str, tuple[Rollup, ...]]:
        """Relation → what of it is counted ahead."""
        return self._store.rollups

    def relations(self) -> Mapping[str, Relation]:
        """Facts and derived relations as they are loaded."""
        return self._store.relations()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Where to run a query."""
        return self._store.cursor()

    def reading(self, relations: Collection[str]) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor on which these relations are there."""
        return self._store.reading(relations)
