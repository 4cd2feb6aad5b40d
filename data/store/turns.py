"""How many questions of one person are answered at a time.

Invariant: whoever asks much waits for their own answers, and keeps nobody else waiting; who waits too long is told so.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from data.errors import UserError
from data.message import say

AT_ONCE = 4
"""Questions of one person at a time."""
PATIENCE = 20.0
"""Seconds a question waits for its turn."""
REMEMBERED = 1000
"""Persons whose turns are kept apart."""


class Turns:
    """The turns of one workspace."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._at_once, self._patience = at_once, patience
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, threading.BoundedSemaphore] = OrderedDict()

    @contextmanager
    def taken(self, who: Hashable) -> Iterator[None]:
        """A turn of theirs. `UserError` after waiting in vain."""
        turn = self._of(who)
        if not turn.acquire(timeout=self._patience):
            raise UserError(say("You ask for much at once. Wait a moment, then try again."))
        try:
            yield
        finally:
            turn.release()

    def _of(self, who: Hashable) -> threading.BoundedSemaphore:
        with self._lock:
            turn = self._known.pop(who, None) or threading.BoundedSemaphore(self._at_once)
            self._known[who] = turn
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return turn
