"""A bonus scheme: whom it is for, what it is measured by, what it pays and from which fund.

Invariant: a `Scheme` that exists is whole: the weights make 100 %, every level is on the right side of the next. It is
made from TOML text by `reading.scheme_of` only, and the text is what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Over = Literal["company", "branch", "team", "role"]
"""Whose result it is."""
FundKind = Literal["staff", "person", "pool", "share", "own_share"]
"""staff: each person's own of the staff list · person: the same for each · pool: one for all · share: one for all,
per cent of a result · own_share: each person's per cent of their own result."""
Unmeasured = Literal["spread", "zero", "full"]
"""A KPI without a value or target: its weight goes to the others, it pays nothing, or it pays as if on target."""
ProRata = Literal["hours", "days", "none"]
Unearned = Literal["keep", "spread"]
"""What a pool's people have not earned stays in the business, or is divided among those who have."""


@dataclass(frozen=True)
class Level:
    """A point of a payout curve."""

    number: Decimal
    """In the unit of the KPI, or per cent of its target."""
    of_target: bool = False
    """Whether it is per cent of the target."""


@dataclass(frozen=True)
class Levels:
    """Where a KPI begins to pay, pays in full, and pays no more."""

    threshold: Level | None = None
    """Below it nothing is paid; None: as the target in force says, else 20 % short of the target."""
    target: Level | None = None
    """Here 100 % are paid; None: the target in force for the person, team or business."""
    cap: Level | None = None
    """From here on it pays no more; None: 20 % beyond the target."""


@dataclass(frozen=True)
class Brake:
    """What is paid for speed is cut where quality suffers."""

    kpi: str
    """The KPI of quality."""
    begins: Decimal
    """Up to this value nothing is cut."""
    ends: Decimal
    """From this value on only `least` is left."""
    least: Decimal
    """Per cent that are left at the worst."""


@dataclass(frozen=True)
class Measure:
    """One KPI of a scheme."""

    kpi: str
    """KPI id."""
    weight: Decimal
    """Per cent of the bonus."""
    levels: Levels = Levels()
    """For the person."""
    team_levels: Levels | None = None
    """For the team; None: those of the person where the KPI is no sum."""
    pays_threshold: Decimal = Decimal(50)
    """Per cent paid at the threshold."""
    pays_cap: Decimal = Decimal(150)
    """Per cent paid at the cap and beyond."""
    steps: bool = False
    """Between the points the payout stays what it was, instead of growing evenly."""
    team_share: Decimal | None = None
    """Per cent of its weight that the team's value pays; None: the scheme's."""
    brake: Brake | None = None
    """What cuts it."""
    stretch: Decimal = Decimal(100)
    """Per cent of every level, said or in force: 110 asks for a tenth more."""


@dataclass(frozen=True)
class Gate:
    """What has to be reached before anything is paid."""

    kpi: str
    """KPI id."""
    over: Over
    """Whose value it is."""
    at_least: Decimal
    """Per cent of the target."""
    otherwise: Decimal = Decimal(0)
    """Per cent of the bonus paid where it is not reached."""
    target: Decimal | None = None
    """Of a month; None: the target in force."""


@dataclass(frozen=True)
class Fund:
    """Where the money comes from."""

    kind: FundKind
    """How it is made."""
    amount: Decimal = Decimal(0)
    """Roubles a month, of kinds person and pool."""
    percent: Decimal = Decimal(0)
    """Per cent of the result, of kinds share and own_share."""
    kpi: str = ""
    """KPI id of that result."""
    over: Over = "company"
    """Whose result, of kind share."""
    unearned: Unearned = "keep"
    """What becomes of the part of a pool that nobody earned."""

    @property
    def is_pool(self) -> bool:
        """Whether all people share one."""
        return self.kind in ("pool", "share")

    @property
    def divides_by_results(self) -> bool:
        """Whether what somebody gets depends on what the others have earned."""
        return self.is_pool and self.unearned == "spread"


@dataclass(frozen=True)
class Scheme:
    """The rules of one group of people."""

    id: str
    """Its name in addresses and commands."""
    title: str
    """What people call it."""
    fund: Fund
    """Where the money comes from."""
    measures: tuple[Measure, ...]
    """What is measured; the weights make 100 %."""
    who: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """role, branch, team or employee → whom it is for; empty: everybody."""
    team_by: Over = "team"
    """Whose result is the team's."""
    team_share: Decimal = Decimal(0)
    """Per cent of the bonus that the team's result pays."""
    gates: tuple[Gate, ...] = ()
    """All must be open."""
    pro_rata: ProRata = "hours"
    """Worked hours ÷ planned ones × days in the post ÷ days of the month; days only; or not at all."""
    unmeasured: Unmeasured = "spread"
    """What a KPI that cannot be judged pays."""
    round_to: Decimal = Decimal(1)
    """Unit of what is paid: 1 rouble, 10, 100 or a kopeck."""

    def share_of(self, measure: Measure) -> Decimal:
        """Per cent of a KPI's weight that the team's value pays."""
        return self.team_share if measure.team_share is None else measure.team_share

    def share_of_kpi(self, kpi: str) -> Decimal:
        """The same of a KPI of the scheme by its id."""
        return next(self.share_of(measure) for measure in self.measures if measure.kpi == kpi)

    @property
    def kpis(self) -> tuple[str, ...]:
        """Every KPI it asks for, in order."""
        found = [m.kpi for m in self.measures]
        found += [m.brake.kpi for m in self.measures if m.brake]
        found += [gate.kpi for gate in self.gates]
        found += [self.fund.kpi] if self.fund.kpi else []
        return tuple(dict.fromkeys(found))
