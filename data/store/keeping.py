"""A file is copied among the originals while it is read where it lies: a large one takes as long to copy as to read.

Invariant: what was read counts only if the file stayed as it was until the copy was whole; else the copy is read. Where
the reading fails, the copying ends too, and nothing of it stays.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import contextmanager
from pathlib import Path

from data.store.workspace import GivenUp, Original, keep

Wait = Callable[[Callable[[], None]], tuple[Original, bool]]
"""Waits for the copy, calling again and again what may end the waiting with an error; with the copy, whether the file
is still what it was when the copy began."""
LOOKS_EVERY = 0.2
"""Seconds."""


@contextmanager
def kept_meanwhile(arriving: Path, path: Path) -> Iterator[Wait]:
    """Copy the file into a folder beside what the block does."""
    before, given_up, done = _stamp(path), threading.Event(), False
    with futures.ThreadPoolExecutor(1, "original") as pool:
        copying = pool.submit(keep, path, arriving, given_up)

        def wait(look: Callable[[], None]) -> tuple[Original, bool]:
            while not futures.wait([copying], LOOKS_EVERY).done:
                look()
            return copying.result(), _stamp(path) == before

        try:
            yield wait
            done = True
        finally:
            if not done:
                given_up.set()
                with contextlib.suppress(OSError, GivenUp):
                    copying.result().path.unlink(missing_ok=True)


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What tells a file from a changed one; None where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
