"""What stands out, as one finding.

Invariant: a finding says what was seen, where, when, how large, against what, and how often noise alone shows as much.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kpi.model import Grain, Kpi
from kpi.signals import Rule

Kind = Literal["change", "season", "apart"]
"""A move out of the natural limits; something that comes back every year; a member unlike the others."""


@dataclass(frozen=True)
class Signal:
    """One finding."""

    kind: Kind
    """What it is."""
    kpi: Kpi
    """The KPI."""
    scope: tuple[str, str] | None
    """(dimension, member) it is of; None: the whole of what was asked for."""
    grain: Grain
    """Length of the periods it was seen in."""
    since: date
    """First day it was seen."""
    until: date
    """Last day it was seen."""
    lasts: bool
    """Seen up to the latest complete period."""
    value: float
    """The KPI's mean where it was seen."""
    usual: float
    """Against what: the centre of the natural limits, the other months, the other members."""
    good: bool | None
    """In the direction that is good; None: nobody said what is."""
    chance: float
    """How often noise alone shows as much in one such look."""
    rules: tuple[Rule, ...] = ()
    """Run rules it broke, the weightiest first."""
    months: tuple[int, ...] = ()
    """Of a season: the months of the year that differ."""
    also: tuple[tuple[str, str], ...] = ()
    """Others with the same signal of the same KPI at the same time, the clearest first."""

    @property
    def size(self) -> float:
        """How many times the usual value, or what part of it; what the list is sorted by."""
        if self.value == self.usual:
            return 1.0
        least = max(min(abs(self.value), abs(self.usual)), 1e-9)
        return max(abs(self.value), abs(self.usual)) / least
