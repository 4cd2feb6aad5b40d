"""A full disk, in one sentence.

Invariant: whatever was being written is rolled back by the time this is told.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.errors import UserError
from data.message import say

_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
_WORDS = ("No space left", "disk is full", "quota exceeded")


class DiskFull(UserError):
    """There is no space left to write to."""

    def __init__(self) -> None:
        super().__init__(
            say("The disk is full. Nothing was changed."), hint=say("Free some space, then do it again."),
        )  # fmt: skip


def is_full(error: BaseException) -> bool:
    """Whether the disk had no space left."""
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return True
    told = isinstance(error, (duckdb.Error, sqlite3.Error))
    return told and any(word.casefold() in str(error).casefold() for word in _WORDS)


@contextmanager
def told_if_full() -> Iterator[None]:
    """`DiskFull` instead of whatever a full disk makes DuckDB, SQLite or the system say."""
    try:
        yield
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        if is_full(error):
            raise DiskFull from error
        raise
