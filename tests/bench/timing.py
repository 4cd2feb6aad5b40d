"""Two ways of doing the same, timed in turn in the same minute.

Invariant: a ratio compares medians of runs that alternate, so that a machine that gets busy slows both sides.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Ratio:
    """What one benchmark found."""

    name: str
    """What was measured."""
    ours: float
    """The product: a median, if of several runs."""
    yardstick: float
    """What it is measured against, likewise."""
    limit: float
    """The most the ratio may be."""
    unit: Literal["s", "MB"] = "s"
    """Of both."""

    @property
    def ratio(self) -> float:
        """ours / yardstick."""
        return self.ours / self.yardstick

    @property
    def over(self) -> bool:
        """Whether the limit is broken."""
        return self.ratio > self.limit

    def record(self) -> dict[str, str | float | None]:
        """As a line of the table."""
        figures = {"ours": self.ours, "yardstick": self.yardstick, "ratio": self.ratio}
        rounded = {name: float(f"{value:.4g}") for name, value in figures.items()}
        return {"name": self.name, **rounded, "unit": self.unit, "limit": self.limit, "ok": not self.over}

    def __str__(self) -> str:
        verdict = "OVER" if self.over else "ok"
        scale, unit = (1000, "ms") if self.unit == "s" else (1, self.unit)
        return (
            f"{self.name}: ratio {self.ratio:.2f} (limit {self.limit:g}) {verdict} — "
            f"{self.ours * scale:.0f} {unit} against {self.yardstick * scale:.0f} {unit}"
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
