"""The nouns of a change: what is asked, what each member did, which dimension says most, what the KPI is made of.

Invariant: of every breakdown the effects add up to the change, bit for bit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.message import Message
from kpi.compile import Window
from kpi.model import Grain, Kpi

Method = Literal["sum", "ratio", "leave_one_out"]
Part = Literal["member", "overlap", "joint"]


@dataclass(frozen=True)
class Asked:
    """A question: why did this KPI change?"""

    kpi: str
    """KPI id."""
    since: date
    """First day of the period, inclusive."""
    until: date
    """Last day, inclusive; days without data yet are left out of both periods."""
    against: Literal["previous", "year"] | tuple[date, date] = "previous"
    """The equal period before, the same days a year before, or any days, both inclusive."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members it is narrowed to."""
    grain: Grain = "total"
    """The calendar length the period is one of: says what «the period before» is."""


@dataclass(frozen=True)
class Contribution:
    """What one member did to the change."""

    member: str | None
    """The member; None: not filled in, or no member at all (`part`)."""
    effect: float
    """Its part of the change, in the KPI's unit: rate + mix."""
    rate: float
    """What its own value did."""
    mix: float
    """What its share in the whole did; 0 for sums."""
    before: float
    """Its own value before; NaN: none."""
    after: float
    """Its own value after; NaN: none."""
    weight_before: float
    """Its share in the whole before, 0…1 (of rows the KPI is measured by; of sums, in what all members moved)."""
    weight_after: float
    """The same after."""
    chance: float
    """Standard error of its effect: how much of it chance alone makes; NaN: not known."""
    stands_out: float
    """What it did beyond its share in the whole and beyond chance, as a part of the change; 0: nothing."""
    part: Part = "member"
    """member · overlap: what several members counted and the whole counts once · joint: what cannot be divided."""


@dataclass(frozen=True)
class Breakdown:
    """A change by the members of one dimension."""

    dimension: str
    """Its name."""
    method: Method
    """sum: plain differences · ratio: rate and mix effects · leave_one_out: how the change differs without the member,
    whose effects overlap; what they overlap by is the part `joint`."""
    contributions: tuple[Contribution, ...]
    """Largest effect first; what is no member last."""
    score: float
    """How much of the change few members carry beyond their share and beyond chance, or the mix does; 0: nothing."""
    mix_stands_out: float = 0.0
    """The part of the change that the mix effects together are, where they are more than chance; 0: nothing."""

    @property
    def mix(self) -> float:
        """All mix effects."""
        return sum(c.mix for c in self.contributions)

    @property
    def is_mix(self) -> bool:
        """Whether it is the mix that stands out, rather than any member."""
        return 0 < self.mix_stands_out == self.score


@dataclass(frozen=True)
class Pair:
    """A member refined by another dimension."""

    first: tuple[str, str | None]
    """(dimension, member) of the best breakdown."""
    second: tuple[str, str | None]
    """(dimension, member) inside it that carries most of its effect."""
    contribution: Contribution
    """What the two together did."""
    within: Breakdown
    """The effect of the first by the second's dimension."""


@dataclass(frozen=True)
class Driver:
    """A part of a KPI's formula and what it did."""

    kpi: Kpi | None
    """The part; None: what no named part explains (rows that only some of them could use)."""
    before: float
    """Its value before."""
    after: float
    """Its value after."""
    effect: float
    """What its change did to the KPI, in the KPI's unit: the sum of its parts', where it has any."""
    parts: tuple["Driver", ...] = ()
    """What it is made of itself."""


@dataclass(frozen=True)
class Why:
    """An answer."""

    asked: Asked
    """What was asked."""
    kpi: Kpi
    """The KPI."""
    days: tuple[Window, Window]
    """The days compared: before, after."""
    before: float
    """Value before."""
    after: float
    """Value after."""
    change: float
    """after − before, exactly."""
    rows: tuple[int, int]
    """Rows used before and after."""
    is_real: bool | None
    """Whether the change leaves what the KPI does by itself; None: its history is too short to say."""
    breakdowns: tuple[Breakdown, ...] = ()
    """The one that explains most first."""
    pair: Pair | None = None
    """The narrowest place that carries most of it."""
    drivers: tuple[Driver, ...] = ()
    """What the KPI is made of; empty where it is made of nothing but rows."""
    left_out: Mapping[str, Message] = field(default_factory=dict)
    """Dimension → why the change is not told by it."""
    silent: Message | None = None
    """Why there is no answer at all."""
