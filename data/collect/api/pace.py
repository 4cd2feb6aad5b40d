"""How often a service may be asked.

Invariant: within any `seconds` a limit's requests are at most its `count`, over runs too: the times of the last ones
are part of the state. A short wait is waited; a long one is `Wait`, so that nobody's thread stands still.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.collect.api.failures import Wait
from data.collect.model import Asked

PATIENCE = 3.0
"""Longest wait within a run, in seconds."""


@dataclass(frozen=True)
class Limit:
    """So many requests in so many seconds."""

    name: str
    """What it counts; requests that share a name share the limit."""
    count: int
    """Most requests."""
    seconds: float
    """Length of the window."""


@dataclass
class Pace:
    """Keeps the limits of one account."""

    clock: Callable[[], datetime]
    """The business's local time."""
    sleep: Callable[[float], None]
    """Waits seconds."""
    patience: float = PATIENCE
    """Longest wait within a run, in seconds."""
    asked: dict[str, list[datetime]] = field(default_factory=dict)
    """Limit → when its last requests were made, the earliest first."""

    @staticmethod
    def of(asked: Asked) -> "Pace":
        """The pace of one run, whose time goes on from when it was asked."""
        began = asked.clock()
        pace = Pace(lambda: asked.now + timedelta(seconds=asked.clock() - began), asked.sleep)
        pace.recall(asked.state.get("asked", {}))
        return pace

    def wait(self, limits: Sequence[Limit]) -> None:
        """Wait until one more request keeps all limits, and count it. `Wait` where that would take long."""
        seconds = max((self._needed(limit) for limit in limits), default=0.0)
        self.rest(seconds)
        made = self.clock()
        for limit in limits:
            self.asked[limit.name] = [*self.asked.get(limit.name, ())[-limit.count + 1 :], made][-limit.count :]

    def rest(self, seconds: float) -> None:
        """Wait so long; `Wait` where that is too long for one run."""
        if seconds > self.patience:
            raise Wait(self.clock() + timedelta(seconds=math.ceil(seconds)))
        if seconds > 0:
            self.sleep(seconds)

    def back_off(self, failures: int) -> None:
        """Wait longer after each failure in a row, a little by chance so that not everybody asks at once."""
        self.sleep(min(self.patience, 0.5 * 2.0**failures) * random.uniform(0.75, 1.0))

    def _needed(self, limit: Limit) -> float:
        now = self.clock()
        window = timedelta(seconds=limit.seconds)
        within = [at for at in self.asked.get(limit.name, ()) if at <= now < at + window]
        if len(within) < limit.count:
            return 0.0
        return (within[-limit.count] + window - now).total_seconds()

    def state(self) -> dict[str, list[str]]:
        """What the next run has to know."""
        return {name: [at.isoformat() for at in times] for name, times in self.asked.items()}

    def recall(self, state: Mapping[str, Sequence[str]]) -> None:
        """Take up what an earlier run knew."""
        self.asked = {name: [datetime.fromisoformat(at) for at in times] for name, times in state.items()}
