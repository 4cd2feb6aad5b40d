"""The nouns of a report: whom it is about, which period, a line for each KPI, what changed and why, pictures.

Invariant: a report holds figures, names and messages but no language: every form of it, in either language, is written
from the same value, and no form asks for anything more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import pandas as pd

from data.message import Message
from data.model import Money
from kpi.model import Bounds, Kpi, Status
from kpi.signals import State
from kpi.watch import Signal, Watched
from kpi.why import Why

Length = Literal["week", "month"]
Where = tuple[tuple[str, tuple[str, ...]], ...]
PERSON = "employee"
"""The dimension whose members get personal reports."""


@dataclass(frozen=True)
class Subject:
    """Whom a report is about."""

    dimension: str | None = None
    """team, branch, employee, …; None: the whole business."""
    member: str = ""
    """The member of it."""

    @property
    def where(self) -> Where:
        """The filter that leaves the subject's rows."""
        return ((self.dimension, (self.member,)),) if self.dimension else ()

    @property
    def is_person(self) -> bool:
        """Whether it is one person."""
        return self.dimension == PERSON


WHOLE = Subject()
"""The whole business, or all of it that one may see."""


@dataclass(frozen=True)
class Edition:
    """Which period a report is about: one calendar week or month."""

    grain: Length
    """Its length."""
    first: date
    """First day."""
    last: date
    """Last day; of a period that is still running too."""
    complete: bool
    """Whether what the report is made of goes to the last day."""


@dataclass(frozen=True)
class Point:
    """One period of a line's course."""

    first: date
    """First day."""
    last: date
    """Last day."""
    value: float | None
    """The KPI's value; None: none."""
    target: float | None
    """The threshold of good in force; None: none."""
    status: Status
    """Against the target."""
    used: int
    """Rows that entered the value."""
    is_partial: bool
    """The period is not over in the data."""


@dataclass(frozen=True)
class Line:
    """One KPI of the scorecard. Numbers are in the KPI's unit, as the evaluator gave them; None: there is none."""

    kpi: Kpi
    """The definition."""
    first: date
    """First day of the period."""
    last: date
    """Last day of the period."""
    value: float | None
    """The value."""
    previous: float | None
    """The period before; while running, as many days of it."""
    last_year: float | None
    """The same period a year before."""
    bounds: Bounds
    """The target in force, scaled to the period."""
    target: float | None
    """The threshold of good; of a band the nearer side."""
    target_kind: str | None
    """Kind of the target in force."""
    aim: str | None
    """Of a person: whose target it is (employee, team, role, branch, business); None: there is none, or no person."""
    status: Status
    """Against the target."""
    rows: int
    """Rows the definition selects."""
    used: int
    """Rows that entered the value."""
    eligible: int
    """Rows that may belong."""
    is_partial: bool
    """The period is not over in the KPI's data."""
    due: float | None
    """Of a sum while running: where it should be by the last day with data."""
    pace: float | None
    """Of a sum while running: what is to be expected at the end."""
    now: date | None
    """Until when the KPI's facts go."""
    notes: tuple[Message, ...]
    """What the reader must know."""
    moved: bool | None
    """Whether the way from the period before is more than noise; None: nobody can tell."""
    state: State
    """Where the KPI stands against what it does by itself."""
    course: tuple[Point, ...]
    """The last periods, this one last."""
    coming: Bounds
    """The target of the next period, scaled to it."""

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        return self.first, self.last

    def number(self, name: str) -> float | None:
        """A figure by the name of its column in an answer (`kpi.model.RESULT_COLUMNS`)."""
        held = self.bounds if name in Bounds.__dataclass_fields__ else self
        found = getattr(held, name)
        return None if found is None else float(found)


@dataclass(frozen=True)
class Change:
    """A KPI that changed, and what did it."""

    line: Line
    """The KPI."""
    why: Why
    """What each member and part did; `kpi.why.telling.told` says it."""


@dataclass(frozen=True)
class Picture:
    """What one chart shows; `kpi.report.drawing.draw` draws it."""

    kind: Literal["trend", "breakdown"]
    """Values by period, or the period's values by member."""
    kpi: Kpi
    """The KPI."""
    rows: pd.DataFrame
    """Rows of the evaluator (`kpi.model.RESULT_COLUMNS`)."""
    dimension: str | None = None
    """Of a breakdown: the dimension."""
    usual: Watched | None = None
    """Of a trend: the natural limits."""


@dataclass(frozen=True)
class Remark:
    """What somebody said about a KPI in the period."""

    kpi: Kpi
    """The KPI."""
    scope: tuple[str, str] | None
    """(dimension, member) it is about; None: the whole business."""
    author: str
    """Who said it; empty where that is not told."""
    text: str
    """What they said."""


@dataclass(frozen=True)
class Report:
    """One report."""

    business: str
    """What the business is called; empty: it has no name."""
    subject: Subject
    """Whom it is about."""
    edition: Edition
    """Which period."""
    lines: tuple[Line, ...]
    """The scorecard, in its order."""
    changes: tuple[Change, ...]
    """What changed and why, the weightiest first."""
    signals: tuple[Signal, ...]
    """What else stands out in the period, in the subject and its parts."""
    pictures: tuple[Picture, ...]
    """The charts, in the order of the lines."""
    remarks: tuple[Remark, ...]
    """What people said about the period."""
    left_out: tuple[tuple[Kpi, Message], ...]
    """KPIs that were asked for and cannot be computed here, and why."""
    filters: Where
    """Everything the figures are narrowed to: the subject, and the part its reader may see."""
    days: tuple[date | None, date | None]
    """First and last day its reader may see; None: no limit."""
    money: Money
    """Whether its reader sees amounts, rounded amounts, or none."""
    made_at: datetime
    """When it was composed, by the clock of the workspace."""
    data_until: date | None
    """The earliest day until which the facts of its lines go; None: there are none."""
