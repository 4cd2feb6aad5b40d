"""How people develop: skills, who has had no training for a year, ideas from proposal to effect, tenure and leaving.

Invariant: counted person by person from the roster, the courses and the ideas; who cannot be known to be without
training (hired, or recorded, for less than a year) is not said to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Statement
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.people.asking import Asking
from kpi.people.learning import Course
from kpi.people.roster import Person

YEAR = timedelta(days=365)
TURNOVER = "turnover"
"""The KPI."""
BANDS = (3, 12, 24, 60)
"""Edges of the bands of tenure, in months."""
STAGES = ("proposed", "accepted", "implemented")
"""An idea's way; who is further on has passed the former."""


@dataclass(frozen=True)
class Untrained:
    """Somebody without training for a year."""

    person: Person
    """Who."""
    last: date | None
    """Their last course; None: none is recorded."""


@dataclass(frozen=True)
class Idea:
    """One proposal."""

    day: date
    """When it was made."""
    title: str
    """What it is."""
    status: str
    """proposed, accepted or implemented."""
    effect: float | None
    """Money a month, as somebody put it."""
    person: str | None
    """Whose it is."""


@dataclass(frozen=True)
class Funnel:
    """Ideas from proposal to effect."""

    reached: Mapping[str, int]
    """Stage → ideas that came at least so far."""
    effect: float
    """Money a month of those implemented, as far as it is known."""
    unvalued: int
    """Implemented ideas whose effect nobody put a figure on."""


@dataclass(frozen=True)
class Leaving:
    """Who stays and who left."""

    here: int
    """People here."""
    bands: tuple[int, ...]
    """People by tenure: up to each edge of BANDS, then beyond; who has no first day is in none."""
    typical: float | None
    """Median tenure in months."""
    left: tuple[Person, ...]
    """Who left within the last year, the latest first."""


def untrained(people: Sequence[Person], courses: Sequence[Course], day: date) -> tuple[Untrained, ...]:
    """People here whose last course is over a year ago, or who never had one though here that long.

    Where courses are recorded for less than a year nobody can be told to have had none.
    """
    if not courses or min(course.day for course in courses) > day - YEAR:
        return ()
    last: dict[str, date] = {}
    for course in courses:
        if course.day <= day:
            last[course.person] = max(course.day, last.get(course.person, date.min))
    found = []
    for person in people:
        is_new = person.hired_on is not None and person.hired_on > day - YEAR
        known = last.get(person.name)
        if person.here and (known < day - YEAR if known else not is_new):
            found.append(Untrained(person, known))
    return tuple(sorted(found, key=lambda one: (one.last or date.min, one.person.name)))


def skills(courses: Sequence[Course], day: date) -> Mapping[tuple[str, str], Course]:
    """(person, course) → the latest time they took it."""
    found: dict[tuple[str, str], Course] = {}
    for course in sorted(courses, key=lambda one: one.day):
        if course.title and course.day <= day:
            found[course.person, course.title] = course
    return found


def ideas(reader: Reader) -> tuple[Idea, ...]:
    """Proposals within the scope, the newest first."""
    source = reader.sources().get("ideas")
    if source is None or not source.relation.rows:
        return ()
    told = [name for name in ("title", "status", "effect", "employee") if name in source.relation.own]
    params = Params()
    sql = f"select * from ({select(source, told, params)}) where day is not null order by day desc"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), ("ideas",), reader.scope))
    return tuple(
        Idea(
            row["day"].date(), str(_known(row.get("title")) or ""), str(_known(row.get("status")) or "proposed"),
            None if _known(row.get("effect")) is None else float(row["effect"]), _known(row.get("employee")),
        )
        for row in frame.to_dict("records")
    )  # fmt: skip


def _known(cell: object) -> str | None:
    """A cell, None where it is empty."""
    return None if cell is None or cell != cell else cell  # type: ignore[return-value]  # text, or tested for None only


def funnel(found: Sequence[Idea]) -> Funnel:
    """How far ideas came."""
    places = {stage: place for place, stage in enumerate(STAGES)}
    reached = {
        stage: sum(places.get(idea.status, 0) >= place for idea in found) for stage, place in places.items()
    }  # fmt: skip
    done = [idea for idea in found if idea.status == STAGES[-1]]
    return Funnel(reached, sum(idea.effect or 0.0 for idea in done), sum(idea.effect is None for idea in done))


def leaving(people: Sequence[Person], day: date) -> Leaving:
    """Tenure of who is here, and who left within a year."""
    here = [person for person in people if person.here and person.hired_on is not None]
    tenures = [tenure for person in here if (tenure := person.tenure(day)) is not None]
    edges = (0.0, *map(float, BANDS), float("inf"))
    bands = tuple(sum(low <= t < high for t in tenures) for low, high in pairwise(edges))
    left = [p for p in people if p.left_on is not None and day - YEAR < p.left_on < day]
    return Leaving(
        sum(person.here for person in people), bands, median(tenures) if tenures else None,
        tuple(sorted(left, key=lambda p: p.left_on or day, reverse=True)),
    )  # fmt: skip


def turnover(asking: Asking, day: date) -> float | None:
    """The KPI turnover over the year up to a day; None: it cannot be computed here."""
    asked = Query((TURNOVER,), day - YEAR + timedelta(days=1), day, compare=())
    frame = evaluate(asking.reader, asking.catalogue, asked, asking.targets).frame
    found = frame.loc[frame["is_total"].astype(bool), "value"].dropna()
    return float(found.iloc[0]) if len(found) else None
