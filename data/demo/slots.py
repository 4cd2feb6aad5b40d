"""Appointments in a person's day: which service begins when.

Invariant: appointments of one person do not overlap and begin within the branch's opening hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.demo.chance import Chance
from data.demo.people import Person, absences, at_work, serving
from data.demo.seasons import demand, first_day
from data.demo.trades import Branch, Service

UPCOMING = 14
"""Days after `until` that already have appointments."""
_FULL = 0.94
"""No day is booked fuller than that."""


@dataclass(frozen=True)
class Slot:
    """An appointment before anything happened."""

    person: Person
    """Who is to serve."""
    service: Service
    """What is to be done."""
    at: datetime
    """When it is to begin."""


def slots(branch: Branch, seed: int, until: date) -> Iterator[Slot]:
    """All appointments of a branch in order of time, those of the next days included."""
    first, chance = first_day(until), Chance(seed, "slots", branch.name)
    away = {person: absences(person, seed, first, until) for person in serving(branch)}
    for day in (first + timedelta(days=n) for n in range((until - first).days + 1 + UPCOMING)):
        there = [p for p in serving(branch) if at_work(p, day, until) and day not in away[p]]
        found = [slot for person in there for slot in _day(person, day, until, chance)]
        yield from sorted(found, key=lambda slot: slot.at)


def _day(person: Person, day: date, until: date, chance: Chance) -> Iterator[Slot]:
    branch = person.branch
    fill = min(_FULL, branch.fill * demand(branch.trade, day, until))
    closes = datetime.combine(day, time(branch.closes))
    begins = datetime.combine(day, time(branch.opens)) + _hours(chance.between(0, 1.2 * (1 - fill)))
    weights = {service: service.weight for service in branch.services}
    while begins < closes:
        service = chance.weighted(weights)
        if begins + _hours(service.hours * 0.6) <= closes:
            yield Slot(person, service, begins)
        idle = service.hours * (1 / fill - 1) * chance.between(0.3, 1.7)
        begins += _hours(service.hours + max(branch.gap_hours * chance.between(0.6, 1.4), idle))


def _hours(hours: float) -> timedelta:
    """Rounded to five minutes, as appointments are made."""
    return timedelta(minutes=5 * round(hours * 12))
