"""Transactions that cannot be left half done.

Invariant: whatever leaves the block — an error, an interrupt, a killed thread's SystemExit — rolls back unless the
block came to its end.
"""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection, *, keep: bool = True) -> Iterator[None]:
    """Begin, and commit at the end; with `keep=False` (a dry run) roll back always."""
    cursor.begin()
    done = False
    try:
        yield
        if keep:
            cursor.commit()
            done = True
    finally:
        if not done:
            # A commit that failed has ended the transaction already; its own error is the one to be told.
            with contextlib.suppress(duckdb.TransactionException):
                cursor.rollback()
