"""The nouns of alerts as they are kept: the rule, what was noted, what was told.

Invariant: an alert that is over stays over; the same thing found again is another one.
"""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal, get_args

from data.model import Role

Kind = Literal["signal", "missed", "endangered", "silence", "review", "import"]
"""A KPI out of its natural limits; a target missed; one that will be; data that stopped coming; a bad review; an import
that lost rows."""
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["open", "acknowledged", "over"]
Language = Literal["ru", "en"]

DIMENSIONS = ("account", "branch", "team", "employee")
"""Members that are looked at, the coarse dimensions first."""
COOLDOWN = 7
"""Days in which the same is not told again."""
LINES = 8
"""Alerts told one by one in a message."""


@dataclass(frozen=True)
class QuietHours:
    """When nobody is to be disturbed."""

    since: time = time(21)
    """From then on."""
    until: time = time(9)
    """Up to then; earlier than `since`: on the next day."""
    weekends: bool = False
    """All of Saturday and Sunday."""
    holidays: bool = False
    """All of the days off of the country's calendar."""


@dataclass(frozen=True)
class AlertRule:
    """What is told, to whom, when."""

    kinds: frozenset[Kind] = frozenset(KINDS)
    """What is looked for."""
    kpis: tuple[str, ...] = ()
    """KPI ids; empty: the key KPIs, whichever they are."""
    dimensions: tuple[str, ...] = DIMENSIONS
    """Members that are looked at besides the whole; empty: the whole only."""
    worst_rating: float = 3.0
    """A review of so much or less is a bad one."""
    roles: tuple[Role, ...] = ("owner",)
    """Everybody with an account of one of these roles is told, within what they may see."""
    persons: tuple[int, ...] = ()
    """Numbers of people with an account who are told besides."""
    addressees: tuple[int, ...] = ()
    """Numbers of people without one who are told."""
    channels: tuple[int, ...] = ()
    """Numbers of the channels by which they are told; none: nothing is sent, alerts stand on their page."""
    cooldown: int = COOLDOWN
    """Days in which the same is not told again to the same person, unless it got worse by a step."""
    quiet: QuietHours | None = QuietHours()
    """When nothing is sent; None: it is sent at any time."""
    lines: int = LINES
    """Alerts told one by one in a message; the rest are counted."""
    language: Language = "ru"
    """What messages are written in."""
    active: bool = True
    """Whether it is followed."""
    id: int = 0
    """Its number; 0: not entered yet."""


@dataclass(frozen=True)
class Noted:
    """An alert as it stands."""

    id: int
    """Its number."""
    rule: int
    """Number of the rule by which it was looked for; 0: none, somebody just looked."""
    rights: str
    """What whoever it was found for may see (`kpi.alerts.rights`)."""
    kind: Kind
    """What it is."""
    subject: str
    """What it is about."""
    place: str
    """Whose it is: JSON of (dimension, members)."""
    period: str
    """The period it is about; empty: none."""
    content: str
    """What was found and what is said of it: JSON."""
    size: float
    """How bad it is."""
    found_at: datetime
    """When it was found first."""
    seen_at: datetime
    """When it was found last."""
    acknowledged_at: datetime | None
    """When somebody said they know."""
    acknowledged_by: str
    """Who."""
    acknowledged_size: float | None
    """How bad it was then."""
    over_at: datetime | None
    """When it was found no more."""

    @property
    def state(self) -> State:
        """open, acknowledged or over."""
        if self.over_at is not None:
            return "over"
        return "open" if self.acknowledged_at is None else "acknowledged"


@dataclass(frozen=True)
class Told:
    """What one person was told of one thing, however often it was over and found again."""

    last: datetime
    """When they were told last."""
    size: float
    """How bad it was then."""
    times: int
    """How often they were told of the alert that stands now."""


@dataclass(frozen=True)
class Sent:
    """One message to one person."""

    id: int
    """Its number."""
    rule: int
    """Number of the rule."""
    recipient: str
    """Whom it is for."""
    rights: str
    """What they may see."""
    lines: str
    """What it says: JSON."""
    made_at: datetime
    """When it was put together."""
    closed_at: datetime | None
    """When its links stopped working by hand; None: they did not."""
    alerts: tuple[int, ...]
    """Numbers of the alerts it tells."""
