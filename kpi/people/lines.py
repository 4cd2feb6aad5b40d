"""One person's KPIs in one month, each against their own target.

Invariant: value, counts and status are a row of the evaluator's; only where a target of the person's team, role or
branch is nearer than the business's, it is judged by that one. What last month was judges nothing.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpi.model import Better, Bounds, Kpi, Result, Status, Target
from kpi.people.asking import Asking
from kpi.people.roster import GROUPS, Person
from kpi.signals import State
from kpi.targets import TargetBook, judge, running_status
from kpi.watch import watched
from kpi.watch.series import Seen

JUDGED = ("good", "acceptable", "missed")
Row = dict[str, Any]
"""One row of the evaluator by column."""
People = Mapping[str, Mapping[str, Sequence[Row]]]
"""Person → KPI id → their rows."""
SHOWN = 13
"""Months of a sparkline."""


@dataclass(frozen=True)
class Line:
    """One KPI of one person in one month."""

    kpi: Kpi
    """The KPI."""
    value: float
    """Its value; NaN: none."""
    previous: float
    """The month before; while running, as many days of it."""
    status: Status
    """Against the target."""
    bounds: Bounds
    """The target in force, scaled to the month."""
    aim: str | None
    """Whose target it is: employee, team, role, branch or business; None: there is none."""
    used: int
    """Rows that entered the value."""
    is_partial: bool
    """The month is not over."""
    due: float
    """Of a sum while running: where it should be by now; else NaN."""
    history: tuple[float, ...]
    """The last months' values, the month itself last."""
    aims: tuple[float, ...]
    """Their targets."""
    state: State
    """Whether the latest complete month is more than chance, by the person's own usual range."""

    @property
    def has_value(self) -> bool:
        """There is something to show."""
        return not math.isnan(self.value)

    @property
    def is_judged(self) -> bool:
        """It has a target, and rows enough to be held against it."""
        return self.status in JUDGED and self.has_value


def records(answer: Result) -> Iterator[Row]:
    """Every row of an answer by column."""
    names = [str(name) for name in answer.frame.columns]
    for cells in zip(*(answer.frame[name].tolist() for name in names), strict=True):
        yield dict(zip(names, cells, strict=True))


def by_person(answer: Result) -> People:
    """Every person's rows, KPI by KPI, periods ascending: read once, whoever is looked at."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in records(answer):
        if not row["is_total"] and isinstance(row["slice"], str):
            found.setdefault(row["slice"], {}).setdefault(row["kpi"], []).append(row)
    for kpis in found.values():
        for rows in kpis.values():
            rows.sort(key=lambda row: row["period"])
    return found


def lines(
    asking: Asking, rows: Mapping[str, Sequence[Row]], kpis: Sequence[Kpi], person: Person, month: date,
    now: Mapping[str, date],
) -> tuple[Line, ...]:  # fmt: skip
    """The person's KPIs that they had any rows for in the month, in the order of `kpis`.

    `rows`: theirs, by KPI; `now`: KPI id → until when its facts go.
    """
    found = (
        _line(asking, kpi, rows[kpi.id], person, month, now.get(kpi.id))
        for kpi in kpis
        if kpi.id in rows and is_theirs(kpi.better, (row["value"] for row in rows[kpi.id]))
    )
    return tuple(line for line in found if line is not None)


def is_theirs(better: Better, values: Iterable[float]) -> bool:
    """Whether a KPI is of somebody's work at all: revenue an hour is not of who never took a client."""
    return better == "lower" or any(value != 0 and value == value for value in values)


def _line(
    asking: Asking, kpi: Kpi, rows: Sequence[Row], person: Person, month: date, now: date | None
) -> Line | None:  # fmt: skip
    told = [row for row in rows if row["period"].date() <= month]
    last = told[-1] if told and told[-1]["period"].date() == month else None
    if last is None or not last["rows"]:
        return None
    own, status, aim = aimed(asking.targets, kpi, last, person, now)
    shown = told[-SHOWN:]
    course = watched([as_seen(row) for row in rows], kpi, "month", scope=("employee", person.name))
    return Line(
        kpi, float(last["value"]), float(last["previous"]), status, own, aim, int(last["used"]),
        bool(last["is_partial"]), float(last["due"]), tuple(float(row["value"]) for row in shown),
        tuple(float(row["target"]) for row in shown), course.state,
    )  # fmt: skip


def as_seen(row: Row) -> Seen:
    """A row as the watch reads it."""
    return Seen(
        row["kpi"], row["slice"], row["is_total"], row["period"], row["period_end"],
        *(row[name] for name in Seen._fields[5:]),
    )  # fmt: skip


def aimed(book: TargetBook, kpi: Kpi, row: Row, person: Person, now: date | None) -> tuple[Bounds, Status, str | None]:
    """(target, status, whose target it is) of a person's row: by the target nearest to them, as it was known when the
    period closed; of a sum by the person's own alone."""
    first, last = row["period"].date(), row["period_end"].date()
    target = book.of_period(kpi, (first, last), {"employee": person.name, **person.groups}, last, last)
    near = target is not None and target.scope is not None and target.scope[0] in GROUPS and not kpi.additive
    own = bounds_of(row)
    status: Status = row["status"]
    if near and target is not None and status != "too_few":
        own, status = target, _judged(kpi, row, target, now)
    return own, status, _aim(target, own)


def _judged(kpi: Kpi, row: Row, target: Target, now: date | None) -> Status:
    """The status by another target than the evaluator's."""
    value = float(row["value"])
    if not row["is_partial"] or now is None:
        return judge(value, target)
    first, last = row["period"].date(), row["period_end"].date()
    gone = ((min(now, last) - first).days + 1) / ((last - first).days + 1)
    return running_status(kpi, value, math.nan, max(gone, 0.0), target)


def _aim(target: Target | None, bounds: Bounds) -> str | None:
    if (bounds.good_low, bounds.good_high) == (None, None):
        return None
    return target.scope[0] if target is not None and target.scope is not None else "business"


def bounds_of(row: Row) -> Bounds:
    """The target the evaluator judged a row by."""
    sides = (float(row[name]) for name in ("good_low", "good_high", "ok_low", "ok_high"))
    return Bounds(*(None if math.isnan(side) else side for side in sides))
