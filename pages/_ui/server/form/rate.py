"""How often something may happen.

Invariant: only numbers are kept, for as long as the process runs: nobody's address.
"""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field


@dataclass
class Rate:
    """So many at once for each key, and so many a second after that."""

    burst: float
    """How many at once."""
    a_second: float
    """How many come back every second."""
    now: Callable[[], float] = time.monotonic
    """Seconds."""
    most: int = 10_000
    """Keys remembered; then all begin anew."""
    _left: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, key: Hashable) -> bool:
        """Whether one more may happen; it is counted then."""
        with self._lock:
            if len(self._left) >= self.most:
                self._left.clear()
            now = self.now()
            left, since = self._left.get(key, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.a_second)
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, now)
            return allowed
