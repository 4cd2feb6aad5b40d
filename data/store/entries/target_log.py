"""What a change of targets is, and which targets stand after all changes.

Invariant: changes are only ever added; which target stands is a pure function of them, in the order they were entered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

Kind = Literal["fixed", "plan", "cumulative", "rule", "none"]
"""One number from a day on; the number of one period; the sum of one period with its pace; a rule that gives the
number of each period; no target of one's own from a day on."""
Action = Literal["set", "remove", "import", "undo"]

CELLS: tuple[Kind, ...] = ("plan", "cumulative")
"""Kinds that are for one calendar period only."""
THIS_COMPUTER = "this computer"
"""Who enters, until accounts exist."""


@dataclass(frozen=True)
class NewTarget:
    """A target as somebody wants it."""

    kpi: str
    """KPI id."""
    kind: Kind = "fixed"
    """What sort of target it is."""
    scope: tuple[str, str] | None = None
    """(dimension, member) it is set for; None: the whole business."""
    valid_from: date | None = None
    """First day it judges; None: today. Of a period's number: the period's first day."""
    valid_to: date | None = None
    """Last day of the period the number is for; None: until replaced."""
    grain: str | None = None
    """Length of the period: of a period's number, or of those a rule gives numbers for."""
    good_low: float | None = None
    """At or above is good."""
    good_high: float | None = None
    """At or below is good."""
    ok_low: float | None = None
    """At or above is still acceptable."""
    ok_high: float | None = None
    """At or below is still acceptable."""
    rule: str | None = None
    """The rule as JSON, of a target from data."""
    source: str = ""
    """Who set it, or where it comes from."""

    @property
    def sides(self) -> tuple[float | None, float | None, float | None, float | None]:
        """The bounds: good low and high, acceptable low and high."""
        return self.good_low, self.good_high, self.ok_low, self.ok_high

    @property
    def is_cell(self) -> bool:
        """It is for one calendar period only."""
        return self.kind in CELLS

    @property
    def is_cleared(self) -> bool:
        """It takes a period's own number away."""
        return self.is_cell and self.sides == (None,) * 4


@dataclass(frozen=True)
class Number:
    """What a rule came to in one period."""

    first: date
    """First day of the period."""
    last: date
    """Last day of it."""
    sides: tuple[float | None, float | None, float | None, float | None]
    """The bounds: good low and high, acceptable low and high."""
    base: float
    """The value of the data the rule started from."""
    resolved_at: datetime
    """When it was computed; it is never computed again."""


@dataclass(frozen=True)
class TargetRow(NewTarget):
    """A target as it was entered."""

    id: int = 0
    """Number of the change: a later one has a greater number."""
    step: int = 0
    """The step it was entered in."""
    valid_from: date = date.min
    """First day it judges."""
    entered: date = date.min
    """The day it was entered."""
    undone: date | None = None
    """The day its step was taken back; None: it stands."""
    before: str | None = None
    """What stood in its place until then, as JSON; None: nothing did."""
    numbers: tuple[Number, ...] = ()
    """What a rule came to so far, by period."""

    @property
    def is_set(self) -> bool:
        """False: from `valid_from` on, or in the period it is for, there is no target of one's own here."""
        return self.kind != "none" and not self.is_cleared


@dataclass(frozen=True)
class Step:
    """What was changed at once: the unit of the audit log, and of taking back."""

    id: int
    """Its number."""
    at: datetime
    """When."""
    who: str
    """By whom."""
    action: Action
    """What was done."""
    note: str
    """Why, in the person's words."""
    file: str
    """The spreadsheet a plan came from; empty: none."""
    undoes: int | None
    """The step it takes back; None: none."""
    undone_at: datetime | None
    """When it was taken back itself; None: it stands."""


def place(row: NewTarget) -> tuple[str, str, str]:
    """What the row is for: KPI, dimension, member."""
    return (row.kpi, *(row.scope or ("", "")))


def standing(changes: Iterable[TargetRow]) -> tuple[TargetRow, ...]:
    """The targets that stand, past and present, by KPI, scope and first day; changes in the order of entering.

    A number of one period stands beside the target it is an exception to; anything else ends what stood before it.
    """
    kept = sorted((row for row in changes if row.undone is None), key=place)
    found: list[TargetRow] = []
    for _, group in groupby(kept, key=place):
        found += sorted(_timeline(list(group)), key=lambda row: (row.valid_from, row.id))
    return tuple(found)


def _timeline(changes: Sequence[TargetRow]) -> list[TargetRow]:
    rows: list[TargetRow] = []
    for change in changes:
        if change.is_cell:
            same = (change.grain, change.valid_from)
            rows = [row for row in rows if not (row.is_cell and (row.grain, row.valid_from) == same)]
        else:
            rows = [_until(row, change.valid_from) for row in rows if row.valid_from < change.valid_from]
        rows += [change] if change.is_set else []
    return rows


def _until(row: TargetRow, first: date) -> TargetRow:
    """The row without what follows from a day on."""
    before = first - timedelta(days=1)
    return row if row.valid_to is not None and row.valid_to <= before else replace(row, valid_to=before)


def in_place(rows: Iterable[TargetRow], wanted: NewTarget, first: date) -> TargetRow | None:
    """What stands where a new target is to stand: of a period's number the one before it, else what judges its day."""
    mine = [row for row in rows if place(row) == place(wanted) and row.valid_from <= first]
    valid = [row for row in mine if row.valid_to is None or row.valid_to >= first]
    if wanted.kind in CELLS:
        exact = [row for row in valid if row.is_cell and (row.grain, row.valid_from) == (wanted.grain, first)]
        if exact:
            return exact[-1]
    return next((row for row in reversed(valid) if not row.is_cell), None)
