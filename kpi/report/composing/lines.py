"""The scorecard of a subject: a line for each KPI.

Invariant: value, counts, target and status are the evaluator's; only where a target of a person's team, role or branch
is nearer than the business's, it judges, as on the person's own page.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from kpi.compile.windows import step
from kpi.model import Bounds, Kpi
from kpi.people.lines import Row, aimed, as_seen, bounds_of, is_theirs
from kpi.report.composing.rows import Answered
from kpi.report.model import Line, Point, Subject
from kpi.watch import Watched, has_moved, watched

ENOUGH = 12
"""Lines of one person, where not more have a target."""
COURSE = 13
"""Periods of a course: a year of months and the same month before it."""


def lines(found: Answered, subject: Subject) -> tuple[tuple[Line, Watched], ...]:
    """The lines of a subject, in the order of the KPIs, each with the course it was watched by."""
    made = [line for kpi in found.kpis if (line := _line(found, subject, kpi)) is not None]
    return tuple(made) if found.asked.chosen or not subject.is_person else _weightiest(found, made)


def _weightiest(found: Answered, made: Sequence[tuple[Line, Watched]]) -> tuple[tuple[Line, Watched], ...]:
    """Of a person: what has a target or is key, and of the rest so many that a page holds them."""
    wanted = {line.kpi.id for line, _ in made if line.target is not None or line.aim} | found.asked.key_ids
    rest = [line.kpi.id for line, _ in made if line.kpi.id not in wanted and line.status != "too_few"]
    shown = wanted | {*rest[: max(ENOUGH - len(wanted), 0)]}
    return tuple((line, w) for line, w in made if line.kpi.id in shown)


def _line(found: Answered, subject: Subject, kpi: Kpi) -> tuple[Line, Watched] | None:
    rows = found.of(subject, kpi)
    told = [row for row in rows if row["period"].date() <= found.edition.first]
    last = told[-1] if told and told[-1]["period"].date() == found.edition.first else None
    if last is None or not _belongs(kpi, told, last, subject):
        return None
    bounds, status, aim = _judged(found, subject, kpi, last)
    w = _watched(found, subject, kpi, told)
    line = Line(
        kpi, *_days(last), _number(last["value"]), _number(last["previous"]), _number(last["last_year"]), bounds,
        _number(last["target"]), last["target_kind"] if isinstance(last["target_kind"], str) else None, aim, status,
        int(last["rows"]), int(last["used"]), int(last["eligible"]), bool(last["is_partial"]), _number(last["due"]),
        _number(last["pace"]), found.result.now.get(kpi.id), found.result.notes.get(kpi.id, ()),
        has_moved(w, found.edition.first), w.state, tuple(_point(row) for row in told[-COURSE:]),
        _coming(found, subject, kpi, rows),
    )  # fmt: skip
    return line, w


def _belongs(kpi: Kpi, told: Sequence[Row], last: Row, subject: Subject) -> bool:
    """Whether a KPI is told of a subject: of a person, whether it is of their work at all."""
    if subject.is_person:
        return bool(last["rows"]) and is_theirs(kpi.better, (row["value"] for row in told))
    return any(not math.isnan(row["value"]) for row in told)


def _judged(found: Answered, subject: Subject, kpi: Kpi, row: Row) -> tuple[Bounds, Any, str | None]:
    """(target, status, whose target it is)."""
    if subject.is_person:
        person, now = found.person(subject), found.result.now.get(kpi.id)
        return aimed(found.asked.targets, kpi, row, person, now)
    return bounds_of(row), row["status"], None


def _coming(found: Answered, subject: Subject, kpi: Kpi, rows: Sequence[Row]) -> Bounds:
    """The target of the next period."""
    last = rows[-1]
    if last["period"].date() != step(found.edition.first, found.edition.grain, 1):
        return Bounds()
    return _judged(found, subject, kpi, last)[0]


def _watched(found: Answered, subject: Subject, kpi: Kpi, told: Sequence[Row]) -> Watched:
    """The course of the periods since the first that has a value."""
    begun = next((place for place, row in enumerate(told) if not math.isnan(row["value"])), 0)
    scope = (subject.dimension, subject.member) if subject.dimension else None
    return watched(
        [as_seen(row) for row in told[begun:]], kpi, found.edition.grain, first_day=found.first_days[kpi.id],
        marks=found.look.marks, scope=scope if subject.is_person else None, narrowed=(scope,) if scope else (),
    )  # fmt: skip


def _point(row: Row) -> Point:
    return Point(
        *_days(row), _number(row["value"]), _number(row["target"]), row["status"], int(row["used"]),
        bool(row["is_partial"]),
    )  # fmt: skip


def _days(row: Row) -> tuple[date, date]:
    return row["period"].date(), row["period_end"].date()


def _number(cell: Any) -> float | None:
    return None if cell is None or math.isnan(cell) else float(cell)
