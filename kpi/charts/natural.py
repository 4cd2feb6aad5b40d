"""Natural limits in a chart: the range in which a KPI moves by itself, and the points that left it.

Invariant: limits are given, never computed here; a range is drawn only where there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from kpi.charts.drawn import Mark
from kpi.charts.scale import Scale


@dataclass(frozen=True)
class Natural:
    """One period's natural limits, as a chart reads them."""

    mean: float
    """The middle."""
    lower: float
    """Lower limit."""
    upper: float
    """Upper limit."""
    stretch: int = 0
    """Number of the stretch between two changes of process."""
    signal: str = ""
    """What the point is: `good`, `missed` or `no_target` for a signal that is good, bad or neither; empty: noise."""
    why: str = ""
    """The rules it broke, in words."""


Naturals = Mapping[datetime, Natural]
"""First day of a period → its limits."""


def edge_marks(naturals: Naturals, places: Mapping[datetime, int], scale: Scale) -> list[Mark]:
    """The edges of the range of each stretch as steps, cut at the ends of the scale."""
    return [
        Mark("natural", x=x, y=min(max(edge, scale.low), scale.high), series=f"n{natural.stretch}{side}")
        for x, natural in _steps(naturals, places)
        for side, edge in (("l", natural.lower), ("h", natural.upper))
    ]


def range_marks(naturals: Naturals, places: Mapping[datetime, int], scale: Scale) -> list[Mark]:
    """The range of each stretch from edge to edge, as steps."""
    return [
        Mark(
            "range",
            x=x,
            y=max(natural.lower, scale.low),
            y2=min(natural.upper, scale.high),
            series=f"r{natural.stretch}",
        )
        for x, natural in _steps(naturals, places)
    ]


def centre_marks(naturals: Naturals, places: Mapping[datetime, int]) -> list[Mark]:
    """The middle of each stretch, as steps."""
    return [
        Mark("centre", x=x, y=natural.mean, series=f"m{natural.stretch}") for x, natural in _steps(naturals, places)
    ]


def _steps(naturals: Naturals, places: Mapping[datetime, int]) -> Iterator[tuple[int, Natural]]:
    """Where a step begins, and the end of each stretch."""
    placed = sorted(((places[first], n) for first, n in naturals.items() if first in places), key=lambda pair: pair[0])
    for _, run in groupby(placed, key=lambda pair: pair[1].stretch):
        pairs = list(run)
        before = None
        for place, natural in pairs:
            if before is None or (natural.mean, natural.lower, natural.upper) != before:
                yield place, natural
            before = (natural.mean, natural.lower, natural.upper)
        yield pairs[-1][0] + 1, pairs[-1][1]


def signal_marks(naturals: Naturals, places: Mapping[datetime, int], values: Mapping[datetime, float]) -> list[Mark]:
    """A mark on each point that is a signal."""
    return [
        Mark("signal", x=places[first] + 0.5, y=values[first], state=natural.signal, period=first)
        for first, natural in naturals.items()
        if natural.signal and first in places and first in values
    ]


def edges(naturals: Naturals) -> Sequence[float]:
    """The values that the scale must hold."""
    return [edge for natural in naturals.values() for edge in (natural.lower, natural.upper)]
