"""How long a query may run.

Invariant: a query that outlives its limit is interrupted where it stands, and whoever asked is told so in words;
nothing else is disturbed.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.errors import UserError
from data.message import say

AGAIN = 0.05
"""Seconds between two interruptions: one that comes between the steps of a query is lost."""


class TooSlow(UserError):
    """A question takes longer, or more memory, than it may."""


@contextmanager
def limited(cursor: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Around the running and fetching of one query on a cursor of its own. `TooSlow` when it takes too long."""
    if seconds is None:
        yield
        return
    done, started = threading.Event(), time.monotonic()
    watch = threading.Thread(target=_interrupted, args=(cursor, seconds, done), name="limit", daemon=True)
    watch.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise too_slow(seconds) from error
    except duckdb.OutOfMemoryException as error:
        raise TooSlow(say("It takes too much memory to compute."), hint=say("Make the formula simpler.")) from error
    finally:
        done.set()
        watch.join()
    if time.monotonic() - started > seconds:
        raise too_slow(seconds)


def _interrupted(cursor: duckdb.DuckDBPyConnection, seconds: float, done: threading.Event) -> None:
    """Interrupts what runs on the cursor when its time is over, until it is done."""
    wait = seconds
    while not done.wait(wait):
        cursor.interrupt()
        wait = AGAIN


def too_slow(seconds: float) -> TooSlow:
    """What is told of a question that took longer."""
    return TooSlow(
        say("It takes longer than {n} seconds to compute.", n=seconds),
        hint=say("Make the formula simpler, or choose a shorter period."),
    )
