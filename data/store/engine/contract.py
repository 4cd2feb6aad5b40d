"""What the store asks of an engine that answers Statements in the place of its own DuckDB.

Invariant: an answer belongs to one version of the data and equals DuckDB's; what an engine cannot answer so it does not
answer at all, and says why.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

import duckdb
import pyarrow as pa

from data.model import Statement

Reading = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
"""A cursor that sees one state of the data, everything derived included."""


class Unanswered(Exception):
    """DuckDB must be asked; `reason` is a short name to count by."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why, in a word or two: never a person's text."""


class TookTooLong(Exception):
    """It was stopped where its time was over."""


class Engine(Protocol):
    """An engine that holds a copy of the workspace."""

    def answer(self, statement: Statement, version: int, seconds: float | None) -> tuple[pa.Table, ...]:
        """The rows of each of the statement's scans in this version of the data, in no order.

        Raises `Unanswered`, and `TookTooLong` after so many seconds.
        """
        ...

    def follow(self) -> None:
        """The data may have changed: they are copied in the background."""
        ...

    def wait(self, version: int, seconds: float) -> bool:
        """Wait until it holds this version; False once the time is over or it never will."""
        ...

    @property
    def counted(self) -> Mapping[str, int]:
        """How often it answered («answered»), and, by reason, how often it did not."""
        ...

    def close(self) -> None:
        """Copy no more."""
        ...
