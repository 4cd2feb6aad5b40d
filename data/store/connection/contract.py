"""What the store asks of wherever its tables lie.

Invariant: SQL means the same in both places; what one of them has not (constraints, sequences, enumerations, whole
numbers of 128 bits) the store does not use.
"""

from contextlib import AbstractContextManager
from typing import Protocol

import duckdb

from data.store.journal import Journal
from data.store.originals import Originals


class Connection(Protocol):
    """The one connection of a process to a workspace's tables."""

    @property
    def shared(self) -> bool:
        """Other processes write too: what is there now must be asked."""
        ...

    @property
    def journal(self) -> Journal:
        """What every import went through, whatever becomes of the tables."""
        ...

    @property
    def originals(self) -> Originals:
        """The files as they were uploaded."""
        ...

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: one a query, never shared between threads."""
        ...

    def turn(self, *, wait: bool) -> AbstractContextManager[bool]:
        """The turn to write among all processes; gives whether it was got. Asked by one thread at a time.

        Without waiting it is not got while another process writes. A thread that has it may ask again.
        """
        ...

    def revived(self) -> bool:
        """Whether DuckDB had given up and was opened anew."""
        ...

    def give_up(self) -> None:
        """Whoever waits for the turn waits no longer."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
