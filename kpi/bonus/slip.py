"""What somebody gets, and why: every number between the values and the roubles.

Invariant: personal + team = total, to the kopeck; the parts and the rounding make the two.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi.bonus.inputs import KpiInput, MonthInput, PersonInput


@dataclass(frozen=True, slots=True)
class Pay:
    """What one side of a KPI pays."""

    weight: Decimal
    """Per cent of the bonus that depend on it."""
    payout: Decimal
    """Per cent paid for the value."""
    brake: Decimal
    """Per cent that the brake leaves."""
    points: Decimal
    """Per cent of the bonus it brings: the three multiplied."""
    money: Decimal
    """Roubles and kopecks."""


NOTHING = Pay(Decimal(0), Decimal(0), Decimal(100), Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Part:
    """One KPI of somebody's bonus."""

    given: KpiInput
    """What it was computed from."""
    weight: Decimal
    """Its weight, with what it got of KPIs that could not be judged."""
    personal: Pay
    """What the person's own value pays."""
    team: Pay
    """What the team's value pays."""

    @property
    def money(self) -> Decimal:
        """What it pays in all."""
        return self.personal.money + self.team.money


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody's bonus of a month."""

    person: PersonInput
    """What it was computed from."""
    parts: tuple[Part, ...]
    """In the order of the scheme."""
    time: Decimal
    """Per cent of the fund for the time worked; 100 where the fund depends on it already."""
    gate: Decimal
    """Per cent that the gates leave."""
    score: Decimal
    """Per cent of the bonus that was earned: the points together."""
    fund: Decimal
    """Roubles at 100 % before time and gates; in a pool that is divided by results, their part of it."""
    exact: Decimal
    """The parts together, in kopecks."""
    total: Decimal
    """What is paid."""

    @property
    def personal(self) -> Decimal:
        """Roubles for one's own results, with what rounding gave or took."""
        if not any(part.personal.money for part in self.parts):
            return Decimal(0)
        return max(Decimal(0), self.total - sum((part.team.money for part in self.parts), Decimal(0)))

    @property
    def team(self) -> Decimal:
        """Roubles for the team's results."""
        return self.total - self.personal

    @property
    def rounding(self) -> Decimal:
        """What rounding gave, or took."""
        return self.total - self.exact


@dataclass(frozen=True)
class Sheet:
    """Everybody's bonuses of a month."""

    given: MonthInput
    """What they were computed from."""
    slips: tuple[Slip, ...]
    """One a person, by name."""
    claims: Decimal = Decimal(0)
    """What a pool is divided by: all claims together; 0: there is nothing to divide."""

    @property
    def month(self) -> date:
        """First day of the month."""
        return self.given.month

    @property
    def total(self) -> Decimal:
        """What they cost together."""
        return sum((slip.total for slip in self.slips), Decimal(0))

    def of(self, name: str) -> Slip | None:
        """Somebody's slip."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Slip]:
        return {slip.person.name: slip for slip in self.slips}
