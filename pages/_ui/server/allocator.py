"""How the C library hands out memory to many threads.

Invariant: told once, before any thread is started; where the library is another, nothing is told and nothing changes.
"""

import ctypes
import sys

ARENAS = 2
"""Pieces of memory that all threads share. By default there are eight for every core, and each keeps what it has freed:
a server whose scripts run in threads that come and go holds a part of the same memory in every one of them. Two are
enough where one thread computes at a time."""
_M_ARENA_MAX = -8
"""The number of that setting in malloc.h."""


def few_arenas() -> bool:
    """Whether the library was told."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS))
    except (OSError, AttributeError):  # not the GNU library
        return False
