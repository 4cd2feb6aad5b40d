"""Two ways of doing the same, timed in turn in the same minute.

Invariant: a ratio compares medians of runs that alternate, so that a machine that gets busy slows both sides.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """What one benchmark found."""

    name: str
    """What was measured."""
    ours: float
    """Median seconds of the product."""
    yardstick: float
    """Median seconds of what it is measured against."""
    limit: float
    """The most the ratio may be."""

    @property
    def ratio(self) -> float:
        """ours / yardstick."""
        return self.ours / self.yardstick

    @property
    def over(self) -> bool:
        """Whether the limit is broken."""
        return self.ratio > self.limit

    def __str__(self) -> str:
        verdict = "OVER" if self.over else "ok"
        return (
            f"{self.name}: ratio {self.ratio:.2f} (limit {self.limit:.1f}) {verdict} — "
            f"{self.ours * 1000:.0f} ms against {self.yardstick * 1000:.0f} ms"
        )


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(
    name: str, ours: Callable[[], object], yardstick: Callable[[], object], *, limit: float, rounds: int, warm: int = 1
) -> Ratio:
    """Medians over `rounds` alternating runs, after `warm` unmeasured ones."""
    for _ in range(warm):
        ours(), yardstick()
    pairs = [(seconds(ours), seconds(yardstick)) for _ in range(rounds)]
    return Ratio(name, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), limit)
