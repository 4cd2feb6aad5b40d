"""A file is copied among the originals while it is read where it lies: a large one takes as long to copy as to read.

Invariant: what was read counts only if the file stayed as it was until the copy was whole; else the copy is read.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from data.store.workspace import Original, Workspace

Wait = Callable[[], tuple[Original, bool]]
"""Waits for the copy; with it, whether the file is still what it was when the copy began."""


@contextmanager
def kept_meanwhile(workspace: Workspace, path: Path) -> Iterator[Wait]:
    """Copy the file beside what the block does."""
    before = _stamp(path)
    with ThreadPoolExecutor(1, "original") as pool:
        copying = pool.submit(workspace.keep, path)
        yield lambda: (copying.result(), _stamp(path) == before)


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What tells a file from a changed one; None where it is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
