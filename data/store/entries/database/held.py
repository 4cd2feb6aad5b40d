"""The work that is being done in this process, each by one thread.

Invariant: of one name there is one at a time, and nobody waits.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Held:
    """Names of the work at hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: set[str] = set()

    @contextmanager
    def one(self, name: str) -> Iterator[bool]:
        """Have the name inside; gives whether it was got."""
        with self._lock:
            got = name not in self._names
            self._names.add(name)
        try:
            yield got
        finally:
            if got:
                with self._lock:
                    self._names.discard(name)
