"""The thread that looks once a minute what is due, in every business.

Invariant: one thread a process; it holds nothing open, and whatever happens in one business or one minute keeps no
other from its turn. When the app stops it is waited for only so long: what it was at is claimed, and settled at the
next start.
"""

import logging
import threading

from pages._ui.server import workspace

EVERY = 60.0
"""Seconds between two looks."""
FIRST_AFTER = 10.0
"""Seconds after the start: whoever opens the first page comes first."""
PATIENCE = 10.0
"""Seconds the end of the app waits for what is being done."""

_log = logging.getLogger(__name__)


class Clockwork:
    """The thread, from `start` to `stop`."""

    def __init__(self, first_after: float = FIRST_AFTER, every: float = EVERY) -> None:
        self._stop = threading.Event()
        self._waits = (first_after, every)
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        wait, every = self._waits
        while not self._stop.wait(wait):
            wait = every
            self._look()

    def _look(self) -> None:
        from kpi.delivery.due import run_due  # brings what no first page waits for

        for name in self._names():
            if self._stop.is_set():
                return
            try:
                run_due(workspace.store(name))
            except Exception:  # the workspace itself cannot be opened, or is being closed
                _log.exception("what is due in a business could not be looked at")

    def _names(self) -> tuple[str, ...]:
        try:
            return workspace.names()
        except Exception:  # who may come in cannot be asked now
            _log.exception("which businesses there are could not be looked at")
            return ()
