"""The periods a person is likely to choose next are asked for while they look at this one.

Invariant: one worker a process, which waits while anybody's page runs and drops what it does for a view that is no
longer the newest; it asks nothing the page itself would not ask in the same words, so it can only save time.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

log = logging.getLogger("kpi.pages")

PAUSE = 0.02
"""Seconds between two looks at whether a page runs."""
SETTLED = 0.3
"""Seconds after a page before anything is asked ahead: a click that follows at once comes first."""


class Ahead:
    """What is asked ahead, in the background."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "ahead")
        self._lock = threading.Lock()
        self._running = 0
        self._newest = 0

    @contextmanager
    def page(self) -> Iterator[None]:
        """Around a page that runs."""
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1

    def ask(self, questions: Sequence[Callable[[], object]]) -> None:
        """Ask these when nothing else is to be done; what was to be asked before is forgotten."""
        with self._lock:
            self._newest += 1
            number = self._newest
        self._worker.submit(self._work, number, questions)

    def _work(self, number: int, questions: Sequence[Callable[[], object]]) -> None:
        time.sleep(SETTLED)
        for question in questions:
            while self._running:
                time.sleep(PAUSE)
            if self._newest != number:
                return
            try:
                question()
            except Exception as error:
                log.debug("not asked ahead", exc_info=error)
                return


AHEAD = Ahead()
"""The one of this process."""
