"""The nouns of an audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

LEVELS = ("no_data", "computable", "target", "key", "reached")
"""How mature a KPI is: no data for it; it can be computed; it has a target; it is a key KPI with a target; its target
was reached in the latest complete month."""
Level = Literal["no_data", "computable", "target", "key", "reached"]


@dataclass(frozen=True)
class Check:
    """One condition of a step."""

    id: str
    """Its name, stable for snapshots."""
    met: bool
    """Whether it holds."""
    figure: str
    """The figure it rests on («5 / 8»); empty: none."""


@dataclass(frozen=True)
class Step:
    """One step of introducing the control of KPIs."""

    id: str
    """data, kpis, targets, monitoring, motivation or review."""
    checks: tuple[Check, ...]
    """Its conditions, in the order they are best met."""

    @property
    def met(self) -> int:
        """Conditions that hold."""
        return sum(check.met for check in self.checks)

    @property
    def next(self) -> Check | None:
        """The first condition that does not hold."""
        return next((check for check in self.checks if not check.met), None)


@dataclass(frozen=True)
class Key:
    """A key KPI in the latest complete month."""

    kpi: str
    """KPI id."""
    value: float | None
    """Its value."""
    target: float | None
    """The threshold of good."""
    status: str
    """One of Status."""


@dataclass(frozen=True)
class Pain:
    """One thing that hinders staff or clients."""

    audience: str
    """staff or client."""
    theme: str
    """What it belongs to (English, or somebody's own words); empty: nothing."""
    text: str
    """What it is (the same)."""
    share: float
    """Percent of those asked whom it hinders."""
    low: float | None
    """95 % interval, where it is known."""
    high: float | None
    """95 % interval, where it is known."""
    people: int
    """People asked; never under five."""


@dataclass(frozen=True)
class Audit:
    """What was found on a day."""

    day: date
    """The day."""
    steps: tuple[Step, ...]
    """The steps, in order."""
    levels: Mapping[str, Mapping[str, int]]
    """Area → level → KPIs."""
    keys: tuple[Key, ...]
    """The key KPIs."""
    pains: tuple[Pain, ...]
    """What hinders, the worst first."""
    goals_without: tuple[str, ...]
    """Goals that no key KPI serves, in their own words."""
    voices: tuple[Key, ...] = ()
    """What staff and clients answered in the surveys of the last half year."""

    @property
    def met(self) -> int:
        """Conditions that hold."""
        return sum(step.met for step in self.steps)

    @property
    def of(self) -> int:
        """Conditions there are."""
        return sum(len(step.checks) for step in self.steps)
