"""Everything a month's bonuses are computed from, as plain values.

Invariant: whoever holds a `MonthInput` and its scheme needs nothing else: this is what a snapshot keeps.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kpi.bonus.curve import Curve
from kpi.model import Unit

Why = Literal["", "unavailable", "no_value", "too_few", "no_target", "no_team", "not_asked"]
"""Why a side of a KPI cannot be paid; empty: it can."""
Step = Literal["one_of", "one_average", "one", "percent"]
"""What one step more is: one more of the counted rows, one more average row, one more, or 1 % of the target."""


@dataclass(frozen=True)
class Side:
    """A KPI of one person, or of their team."""

    value: Decimal | None
    """The value as it is counted with."""
    rows: int
    """Rows behind it."""
    curve: Curve | None
    """What values pay; None: no target."""
    why: Why = ""
    """Why it cannot be paid."""
    quality: Decimal | None = None
    """The value of the brake's KPI; None: no brake, or not known."""
    spread: Decimal = Decimal(0)
    """How much one row moves the value: the size of a step; 0: 1 % of the target."""
    step: Step = "percent"
    """What that step is."""
    from_scheme: bool = False
    """The target is the scheme's own; else one of the targets in force."""

    @cached_property
    def payout(self) -> Decimal:
        """Per cent paid for the value."""
        return self.curve.payout(self.value) if self.curve is not None and self.value is not None else Decimal(0)

    @property
    def is_measured(self) -> bool:
        """Whether it can be paid."""
        return not self.why


@dataclass(frozen=True, slots=True)
class KpiInput:
    """A KPI of the scheme for one person."""

    kpi: str
    """KPI id."""
    title: str
    """English name of the KPI."""
    unit: Unit
    """Unit of its values."""
    personal: Side
    """The person's."""
    team: Side
    """The team's."""


@dataclass(frozen=True, slots=True)
class GateInput:
    """What a gate saw."""

    kpi: str
    """KPI id."""
    title: str
    """English name of the KPI."""
    unit: Unit
    """Unit of its values."""
    value: Decimal | None
    """Value of whom it watches; None: not known, and the gate is open."""
    target: Decimal | None
    """Its target; None: not known, and the gate is open."""
    reached: Decimal | None
    """Per cent of the target that are reached."""
    of: str
    """The member it watches; empty: the whole business."""
    lower: bool = False
    """Lower values are better: reached is target ÷ value."""


@dataclass(frozen=True, slots=True)
class TimeShare:
    """How much of the month a person worked."""

    days: int
    """Days in the post."""
    month_days: int
    """Days of the month."""
    worked: Decimal | None = None
    """Hours worked; None: nobody wrote them down."""
    planned: Decimal | None = None
    """Hours planned on the days that have both."""


@dataclass(frozen=True)
class Result:
    """The result a fund is a share of."""

    kpi: str
    """KPI id."""
    title: str
    """English name."""
    value: Decimal | None
    """Its value; None: not known."""


@dataclass(frozen=True, slots=True)
class PersonInput:
    """Everything about one person's month."""

    name: str
    """As they are known."""
    role: str
    """Their post at the end of the month."""
    branch: str
    """Its branch."""
    team: str
    """Its team."""
    fund: Decimal | None
    """Roubles at 100 %, or their part in a pool; None: nobody said."""
    time: TimeShare
    """What of the month they worked."""
    share: Decimal
    """The same in per cent, as it is counted with."""
    kpis: tuple[KpiInput, ...]
    """In the order of the scheme."""
    gates: tuple[GateInput, ...]
    """In the order of the scheme."""
    base: Result | None = None
    """The own result their fund is a share of."""


@dataclass(frozen=True)
class MonthInput:
    """A month of one scheme."""

    month: date
    """Its first day."""
    until: date
    """The last day of it up to which all KPIs have data."""
    is_running: bool
    """The month is not over: sums are taken as they will be at its end if it goes on so."""
    data_version: int
    """Version of the data."""
    pool: Decimal | None
    """Roubles that are divided; None: each has their own."""
    result: Result | None
    """What a fund was taken from."""
    people: tuple[PersonInput, ...]
    """Whom the scheme is for, by name."""
