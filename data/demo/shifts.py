"""The shifts fact: who was to work, who did, and how long they were busy with clients.

Invariant: one row a person and rostered day up to `until`. The repair crew does not write down busy hours: there they
are derived from the orders.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import cast

import pandas as pd

from data.demo.chance import Chance
from data.demo.people import PEOPLE, Person, absences, at_work
from data.demo.seasons import DAYS, first_day
from data.demo.trades import REPAIR

_PLANNED = {"barber": 10.0, "repair": 9.0, "cleaning": 9.0}
"""Hours of a rostered day."""


def shifts(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact, person by person."""
    busy = _busy(orders)
    return pd.DataFrame([row for person in PEOPLE for row in _person(person, busy, seed, until)])


def _busy(orders: pd.DataFrame) -> Mapping[tuple[str, date], float]:
    """Hours between start and finish of each person's jobs of a day."""
    done = orders.dropna(subset=["started_at", "finished_at", "employee"])
    hours = (done["finished_at"] - done["started_at"]).dt.total_seconds() / 3600
    summed = hours.groupby([done["employee"], done["started_at"].dt.date]).sum()
    return cast("dict[tuple[str, date], float]", summed.to_dict())


def _person(
    person: Person, busy: Mapping[tuple[str, date], float], seed: int, until: date
) -> Iterator[dict[str, object]]:
    chance, planned = Chance(seed, "shifts", person.name), _PLANNED[person.branch.trade]
    away = absences(person, seed, first_day(until), until)
    for day in (first_day(until) + timedelta(days=n) for n in range(DAYS)):
        if not at_work(person, day, until):
            continue
        row = {"employee": person.name, "date": day, "branch": person.branch.name, "planned_hours": planned}
        if day in away:
            yield {**row, "worked_hours": 0.0, "busy_hours": 0.0, "absence": away[day]}
            continue
        worked = planned + (0.5 * chance.whole(-2, 2) if chance.yes(0.3) else 0)
        known = person.serves and person.branch is not REPAIR and not chance.yes(0.01)
        occupied = min(round(busy.get((person.name, day), 0.0), 2), worked) if known else None
        yield {**row, "worked_hours": worked, "busy_hours": occupied, "absence": None}
