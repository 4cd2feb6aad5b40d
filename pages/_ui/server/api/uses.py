"""How often tokens are used, written down a few seconds later for all uses together.

Invariant: no answer waits for it; a use is counted once, and lost only when the program is ended within `WAITS`.
"""

import logging
import sqlite3
import threading
from collections import Counter
from typing import TYPE_CHECKING

from pages._ui.server import workspace

if TYPE_CHECKING:
    from pages._ui.server.api.bearer import Holder

WAITS = 3.0
"""Seconds from a use to its being written down."""
_log = logging.getLogger(__name__)


class Uses:
    """Uses that are not written down yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: Counter[tuple[str, int]] = Counter()
        self._timer: threading.Timer | None = None

    def note(self, of: "Holder") -> None:
        """It was used now."""
        with self._lock:
            self._pending[of.key] += 1
            if self._timer is None:
                self._timer = threading.Timer(WAITS, self.write)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Write down what is pending, now: when its time has come, and before the workspaces are closed."""
        with self._lock:
            pending, self._pending = self._pending, Counter()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for (business, number), count in pending.items():
            entries = workspace.entries_of(business)
            try:
                if entries is not None:
                    entries.api_tokens.note_used(number, count)
            except sqlite3.Error as error:  # closed, or a backup is being put in its place
                _log.warning("uses of a token were not written down: %s", error)


USES = Uses()
"""Of this process."""
