"""What was made of the data and is kept at hand until the data change.

Invariant: nothing of one version of the data is ever given for another, and no more is held than was allowed: what was
not asked for the longest goes first. Everything here can be made again.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

SHARE = 8
"""One part of so many of the machine's memory."""
LEAST = 1 << 30
"""Bytes of memory a machine is taken to have where it does not say."""


class Memory:
    """Named things of one version of the data."""

    def __init__(self, most: int | None = None) -> None:
        self.most = _physical() // SHARE if most is None else most
        """Bytes that may be held."""
        self.making = threading.RLock()
        """Held by whoever makes something, so that nobody makes it a second time meanwhile."""
        self._lock = threading.Lock()
        self._version = 0
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, version: int, key: Hashable) -> Any | None:
        """What is held under the key; None if nothing is, or it belongs to another version."""
        with self._lock:
            if version != self._version or key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, version: int, key: Hashable, thing: Any, size: int) -> None:
        """Hold a thing of so many bytes; a newer version empties the memory first, an older one is not held."""
        with self._lock:
            if version > self._version:
                self._version, self._bytes = version, 0
                self._held.clear()
            if version < self._version or size > self.most:
                return
            self._bytes += size - self._held.pop(key, (None, 0))[1]
            self._held[key] = (thing, size)
            while self._bytes > self.most:
                _, (_, freed) = self._held.popitem(last=False)
                self._bytes -= freed

    @property
    def size(self) -> int:
        """Bytes held now."""
        return self._bytes


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return LEAST
