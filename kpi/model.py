"""The nouns of measuring: Kpi, Target, Query, Result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from data.message import Message
from data.model import Statement

Area = Literal["quality", "operations", "finance", "team", "marketing", "hiring", "process"]
Better = Literal["higher", "lower", "band"]
Grain = Literal["total", "day", "week", "month", "quarter", "year"]
TargetKind = Literal["fixed", "plan", "cumulative", "rule", "none"]
Status = Literal["good", "acceptable", "missed", "too_few", "partial", "no_target"]
Unit = Literal[
    "percent", "points", "money", "hours", "minutes", "seconds", "days", "months", "count", "score", "per_person"
]
Window = Literal["period", "period_end", "trailing_12_months"]

GRAINS: tuple[Grain, ...] = ("total", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Bounds:
    """Thresholds of a target; one side is open for ↑ (no high) and ↓ (no low)."""

    good_low: float | None = None
    """At or above is good."""
    good_high: float | None = None
    """At or below is good."""
    ok_low: float | None = None
    """At or above is still acceptable; None: there is no acceptable zone below good."""
    ok_high: float | None = None
    """At or below is still acceptable."""


@dataclass(frozen=True)
class Target(Bounds):
    """What a KPI should reach, for whom and since when."""

    kpi: str = ""
    """KPI id."""
    valid_from: date | None = None
    """First day it judges; None: always."""
    valid_to: date | None = None
    """Last day it judges; None: until replaced."""
    scope: tuple[str, str] | None = None
    """(dimension, member) it is set for, such as ("team", "Crew 1"); None: the whole business."""
    source: str = ""
    """Where the number comes from: the catalogue's source, or who set it."""
    kind: TargetKind = "fixed"
    """One number (of sums: a month's); one calendar period's number, as a plan or as a sum with its pace; a rule with a
    number for each period; or none of one's own."""
    grain: Grain | None = None
    """Length of the periods a plan, a sum or a rule has numbers for."""
    entered: date | None = None
    """The day it was entered; None: before anything was judged."""
    undone: date | None = None
    """The day it was taken back; None: it stands."""
    numbers: tuple["Target", ...] = ()
    """Of a rule: what it came to, period by period."""


@dataclass(frozen=True)
class Counter:
    """What shows that another KPI was gamed."""

    kpi: str
    """KPI id to look at beside it."""
    why: str
    """What it would show, in plain words."""


@dataclass(frozen=True)
class Kpi:
    """A definition of the catalogue."""

    id: str
    """Public id; never renamed."""
    title: str
    """English name; msgid of the catalogue domain."""
    question: str
    """The question it answers, in plain words."""
    advice: str
    """What to do when it is red."""
    area: Area
    """The page it lives on."""
    unit: Unit
    """Unit of the value; percent is 0–100, points −100…100."""
    better: Better
    """Which way is good."""
    definition: str
    """Text of exactly one of value, formula, stage."""
    kind: Literal["value", "formula", "stage"]
    """How the definition is read."""
    relation: str | None = None
    """The relation a `value` aggregates, or a `stage` is computed from."""
    time: str | None = None
    """Another time column than the relation's business date that places its rows."""
    window: Window = "period"
    """Which rows belong to a period: its own, those of its last day, or the twelve months up to its end."""
    target: Bounds | None = None
    """Default target with a source; None: set your own."""
    target_solo: Bounds | None = None
    """Default target where average headcount is at most one, if it differs."""
    target_source: str = ""
    """Source of the default target."""
    min_rows: int = 0
    """Below this many used rows the value gets no status."""
    warmup_days: int = 0
    """No status in so many days after the first loaded row."""
    additive: bool = False
    """A sum or count: its target is per month and scales with the period, and a running period is judged by pace."""
    slice_by: tuple[str, ...] = ()
    """Dimensions worth offering first."""
    source: str = ""
    """Where the definition comes from."""
    internal: bool = False
    """Only a part of other KPIs: not shown in cards or the catalogue."""
    counter: tuple[Counter, ...] = ()
    """What to watch beside it, because it can be improved at the cost of something else; the best first."""
    drivers: str = ""
    """What a value is the product of, as arithmetic over KPIs, for telling what made it change; empty: of nothing."""
    note: str = ""
    """English sentence shown where this KPI stands in for another («from people with a done order»)."""
    written: str = ""
    """Of a KPI somebody defined: its formula as they wrote it. Such a KPI is custom."""
    seconds: float | None = None
    """Longest a query that computes it may run; None: as long as it takes."""

    @property
    def is_of_judgements(self) -> bool:
        """Whether it is made of what other KPIs were judged to be, and so has no rows of its own."""
        return self.kind == "stage" and self.relation is None

    @property
    def is_custom(self) -> bool:
        """Whether somebody of the business defined it."""
        return bool(self.written)


@dataclass(frozen=True)
class Against:
    """Days that stand for the previous period.

    A query of one period is compared with all of them. Of several periods each is compared with the one that lies as
    many periods away as these days lie from `period`, so that two runs of months stand side by side.
    """

    period: date
    """First day of what is compared."""
    since: date
    """First day it is compared with."""
    until: date
    """Last day it is compared with, inclusive."""


@dataclass(frozen=True)
class Query:
    """What a page asks. Hashable: the URL and the report key."""

    kpis: tuple[str, ...]
    """KPI ids."""
    since: date | None = None
    """First day, inclusive; None: from the first loaded day."""
    until: date | None = None
    """Last day, inclusive; None: until the last loaded day."""
    grain: Grain = "total"
    """Length of the periods."""
    by: str | None = None
    """Dimension (or extra column) to break down by."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → allowed members; the empty string means «not filled in»."""
    compare: tuple[Literal["previous", "year"], ...] = ("previous",)
    """Which comparisons to compute."""
    against: Against | None = None
    """Other days in the place of the previous period; None: the period before."""


RESULT_COLUMNS = (
    "period",  # datetime64: first day of the period
    "period_end",  # datetime64: last day of the period
    "is_total",  # bool: over all slices
    "is_partial",  # bool: the period is not over in the KPI's data
    "slice",  # str or None: the member; None with is_total False = not filled in
    "kpi",  # str: id
    "value",  # float or NaN
    "rows",  # int: rows the definition selects (the count behind it)
    "used",  # int: those whose cells are known and entered the value
    "eligible",  # int: rows that may belong: selected, or not known whether
    "previous",  # float: the previous equal period, or the query's `against` (like for like while running)
    "last_year",  # float: the same period a year before
    "target",  # float: the threshold of good, scaled to the period (the nearer side of a band)
    "good_low",
    "good_high",
    "ok_low",
    "ok_high",  # floats: the bounds in force, scaled to the period
    "status",  # one of Status
    "low",
    "high",  # floats: of a share, its 95 % Wilson interval
    "target_kind",  # str or None: TargetKind of the target in force
    "due",  # float: while running, of additive KPIs: where the value should be by the last day with data
    "pace",  # float: while running, of additive KPIs: the value expected at the end of the period
)


@dataclass(frozen=True)
class Result:
    """One answer, tidy: one row per period, slice and KPI."""

    frame: pd.DataFrame
    """Columns as RESULT_COLUMNS; totals first, then slices; periods ascending."""
    query: Query
    """What was asked."""
    statement: Statement
    """What was run."""
    data_version: int
    """Version of the data it saw."""
    now: Mapping[str, date] = field(default_factory=dict)
    """KPI id → until when its facts go (the earliest data_until)."""
    unavailable: Mapping[str, Message] = field(default_factory=dict)
    """KPI id → why it cannot be computed here, or not by this dimension or filter."""
    notes: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    """KPI id → what the reader must know («from people with a done order», «spread over days»)."""
