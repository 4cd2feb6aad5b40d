"""What happened, for the time axis: holidays, new staff, and what somebody marked.

Invariant: an event is shown only to who may see the rows it comes from (new staff are read through the Reader), and
only where it is about what is shown: a mark of one branch is no news to a view of another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from data import calendar
from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.message import Message, say
from data.model import Statement
from data.store.entries.marks import KINDS, Mark

HOLIDAY, HIRED = "holiday", "hired"
"""Kinds that nobody enters."""
ALL_KINDS = (*KINDS, HIRED, HOLIDAY)
"""Every kind, in the order they are offered."""
Where = Sequence[tuple[str, Sequence[str]]]
"""Dimension → the members a view is narrowed to."""


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    day: date
    """Its first day."""
    until: date
    """Its last day."""
    kind: str
    """One of ALL_KINDS."""
    title: Message | str
    """What it is called; a person's own words stay as they are."""
    scope: tuple[str, str] | None = None
    """(dimension, member) it is about; None: everybody."""


def marked(marks: Sequence[Mark], kpi: str, where: Where, kinds: Collection[str]) -> tuple[Event, ...]:
    """The marks of these kinds that are about a KPI and about what a view is narrowed to."""
    return tuple(
        Event(mark.day, mark.until or mark.day, mark.kind, mark.title, mark.scope)
        for mark in marks
        if mark.kind in kinds and mark.kpi in (None, kpi) and _is_seen(mark, where)
    )


def _is_seen(mark: Mark, where: Where) -> bool:
    shown = dict(where).get(mark.scope[0]) if mark.scope else None
    return mark.scope is None or shown is None or mark.scope[1] in shown


def holidays(since: date, until: date) -> tuple[Event, ...]:
    """Days off of Russia's calendar; neighbours of one name are one event."""
    named = groupby(calendar.days_off(since, until), key=lambda off: off.title)
    runs = [(title, days) for title, run in named for days in _together([off.day for off in run])]
    return tuple(Event(days[0], days[-1], HOLIDAY, title) for title, days in runs)


def _together(days: Sequence[date]) -> list[list[date]]:
    """Runs of days without a gap."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def hired(reader: Reader, since: date, until: date, where: Where) -> tuple[Event, ...]:
    """People of the staff list who began in these days."""
    source = reader.sources().get("staff")
    if source is None or not {"employee", "hired_on"} <= set(source.relation.own):
        return ()
    params = Params()
    told = [part for part in where if part[0] in source.relation.columns]
    rows = select(source, ["employee", "hired_on"], params, where=told, days=(since, until))
    known = "where employee is not null group by employee order by 2, 1"
    sql = f"select employee, min(hired_on) as day from ({rows}) {known}"
    frame, _ = reader.run(Statement(sql, params.values, ("staff",), reader.scope))
    days = [moment.date() for moment in frame["day"]]
    return tuple(
        Event(day, day, HIRED, say("New: {name}", name=name), ("employee", name))
        for day, name in zip(days, frame["employee"], strict=True)
        if since <= day <= until
    )
