"""What an experiment asks of the data: each member's numerators and denominators, day by day.

Invariant: everything is asked through the Reader, so a scope holds; the day that is running is never among the days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.access.reader import Reader
from data.errors import UserError
from data.expression import Name, Node, children
from data.message import Message, say
from data.store.entries import Design, Mark
from kpi.catalogue import Catalogue
from kpi.compile import Plan, Resolution, calendar, is_private, plan_query, resolve
from kpi.evaluate import Aggregated, aggregates, why_not
from kpi.experiment.arms import Arm, Arms
from kpi.formula import computed
from kpi.model import Kpi, Query
from kpi.targets import TargetBook
from kpi.why.chance import BY_CALENDAR
from kpi.why.counted import Counted
from kpi.why.shape import Shape, linear

Array = np.ndarray[Any, Any]
DAY = timedelta(days=1)
KINDS = 3
"""Rows of a plan's spine a period; the first is the period itself."""
LEAST_BEFORE = 14
"""Days before the start below which they say nothing about the arms."""


@dataclass(frozen=True)
class Asking:
    """Where answers come from."""

    reader: Reader
    """Every question goes through it."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""
    marks: tuple[Mark, ...]
    """What somebody marked on days."""
    today: date
    """The clock's day."""


class NotTold(UserError):
    """The experiment cannot be computed here; the title says why."""


@dataclass(frozen=True)
class Series:
    """One KPI in both arms, day by day."""

    kpi: Kpi
    """The KPI."""
    arms: Arms
    """Its numbers, of the days that both arms have."""
    days: tuple[date, ...]
    """Those days."""
    members: tuple[tuple[str, ...], tuple[str, ...]]
    """Members of A and of B, as the data know them."""
    rows: tuple[Array, Array]
    """Rows behind each member (units × all days), of A and of B, missing days included."""
    every: tuple[date, ...]
    """All days asked for."""
    missing: tuple[date, ...]
    """Days left out because an arm has no rows on them."""

    @property
    def is_sum(self) -> bool:
        """Whether the KPI is a sum, not a ratio."""
        return self.arms.a.below is None


def resolved(asking: Asking, id_: str, dimension: str, where: Sequence[tuple[str, tuple[str, ...]]]) -> Resolution:
    """The KPI, if an experiment can be judged by it. `NotTold` says why not."""
    kpi = asking.catalogue.get(id_)
    relations = asking.reader.relations()
    found = resolve(kpi, asking.catalogue, relations)
    if kpi.kind == "stage" or any(leaf.window != "period" for leaf in found.leaves):
        raise NotTold(say("«{kpi}» does not follow from days, so no experiment can be judged by it.", kpi=_named(kpi)))
    if kpi.better == "band":
        raise NotTold(say("«{kpi}» has no better side: choose a KPI that is to rise or to fall.", kpi=_named(kpi)))
    if any(map(is_private, found.leaves)):
        raise NotTold(say("Answers of staff are told of no single day, so no experiment can be judged by them."))
    why = why_not(found, Query((id_,), by=dimension, where=tuple(where)), relations)
    if why is not None:
        raise NotTold(say("«{kpi}»: {why}", kpi=_named(kpi), why=why))
    return found


def data_until(asking: Asking, resolution: Resolution) -> date:
    """The last day that is over in every relation of the KPI."""
    relations = asking.reader.relations()
    ends = [relations[name].data_until for name in resolution.relations]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        raise NotTold(say("Nothing is loaded yet that tells «{kpi}».", kpi=_named(resolution.kpi)))
    return min(*known, asking.today - DAY)


def first_day(asking: Asking, resolution: Resolution) -> date:
    """The first day of every relation of the KPI."""
    relations = asking.reader.relations()
    return max(relations[name].first_day or date.max for name in resolution.relations)


def series(asking: Asking, design: Design, id_: str, until: date) -> Series:
    """A KPI in both arms from the time before the start to a day. `NotTold` says why it cannot be."""
    found = resolved(asking, id_, design.dimension, design.where)
    last = min(until, data_until(asking, found))
    since = max(design.start - design.baseline * DAY, first_day(asking, found))
    if last < since:
        raise NotTold(say("No day of the experiment or before it is loaded yet."))
    members = [found_as(asking, found, design.dimension, arm) for arm in (design.a, design.b)]
    both = tuple(sorted(set(members[0]) & set(members[1])))
    if both:  # two spellings that were merged since
        raise NotTold(say("In both arms at once: {members}. Each belongs to one arm only.", members=both))
    plan, counted = _counted(asking, found, design, (*members[0], *members[1]), since, last)
    shape = _shape(plan, counted, found.kpi)
    every = tuple(since + n * DAY for n in range((last - since).days + 1))
    rows = counted.columns[plan.measures[found.base].used]
    places = [_places(counted, arm) for arm in members]
    arms = [
        Arm(_of(shape.above, counted, p), None if shape.below is None else _of(shape.below, counted, p)) for p in places
    ]
    behind = (_taken(rows[::KINDS], places[0]), _taken(rows[::KINDS], places[1]))
    return _series(found, arms, (members[0], members[1]), behind, every, design.start)


def found_as(asking: Asking, of: Resolution, dimension: str, members: Sequence[str]) -> tuple[str, ...]:
    """Members as the data know them: people by the name they are read as."""
    relation = asking.reader.relations()[of.relations[0]]
    return tuple(dict.fromkeys(relation.known_as(dimension, members)))


def _counted(
    asking: Asking, found: Resolution, design: Design, members: tuple[str, ...], since: date, last: date
) -> tuple[Plan, Aggregated]:
    where = ((design.dimension, members), *design.where)
    query = Query((found.kpi.id,), since, last, "day", design.dimension, where, ())
    days = calendar(query, since, last)
    plan = plan_query(query, [found], asking.reader.sources(), days, asking.reader.scope)
    return plan, aggregates(plan, asking.reader)


def _shape(plan: Plan, counted: Aggregated, kpi: Kpi) -> Shape:
    """The KPI as a sum or a ratio of sums over members."""
    found = Counted(plan, (0, 0), counted).shape
    own = {name for scan in plan.scans for aggregate, name in scan.aggregates.columns.items() if aggregate.is_zero}
    if found is None or not all(_names(node) <= own for node in (found.above, found.below) if node is not None):
        raise NotTold(
            say("«{kpi}» is neither a sum nor a ratio of sums, so no experiment can be judged by it.", kpi=_named(kpi)),
            hint=say("Take a share or a mean instead: of a median no day tells its part."),
        )
    return found


def _names(node: Node) -> set[str]:
    return {node.name} if isinstance(node, Name) else {name for child in children(node) for name in _names(child)}


def _places(counted: Aggregated, members: Sequence[str]) -> list[int | None]:
    known = {member: place for place, (total, member) in enumerate(counted.slices) if not total}
    return [known.get(member) for member in members]


def _taken(columns: Array, places: Sequence[int | None]) -> Array:
    """The columns of these members as (units × days); who has no row has zeros."""
    none = np.zeros(columns.shape[0])
    found: Array = np.nan_to_num(
        np.array([none if place is None else columns[:, place] for place in places], dtype=float)
    )
    return found


def _of(node: Node, counted: Aggregated, places: Sequence[int | None]) -> Array:
    """The value of linear arithmetic for each member and day."""
    own: Mapping[str, Array] = {name: column[::KINDS] for name, column in counted.columns.items()}
    width = len(counted.slices)
    value = computed(linear(node), lambda name: np.nan_to_num(own[name]))
    return _taken(np.broadcast_to(value, (len(next(iter(own.values()))), width)), places)


def _series(
    found: Resolution,
    arms: Sequence[Arm],
    members: tuple[tuple[str, ...], tuple[str, ...]],
    rows: tuple[Array, Array],
    every: tuple[date, ...],
    start: date,
) -> Series:
    held = np.ones(len(every), dtype=bool)
    if any(name in BY_CALENDAR for name in found.relations):
        held = (rows[0].sum(axis=0) > 0) & (rows[1].sum(axis=0) > 0)
    before = int(sum(kept and day < start for kept, day in zip(held, every, strict=True)))
    if before < LEAST_BEFORE:
        held &= np.array([day >= start for day in every])
        before = 0
    a, b = (arm.only(held) for arm in arms)
    lowest = min((float(arm.cut(0, before or None).tops.min()) for arm in (a, b) if arm.days), default=0.0)
    kept = tuple(day for day, ok in zip(every, held, strict=True) if ok)
    missing = tuple(day for day, ok in zip(every, held, strict=True) if not ok and (day >= start or before))
    scale = "ratio" if lowest >= 0 else "difference"
    return Series(found.kpi, Arms(a, b, before, scale), kept, members, rows, every, missing)  # type: ignore[arg-type]


def _named(kpi: Kpi) -> Message:
    return say(kpi.title)
