"""The vacancies and applicants facts: whom the business looked for, and who answered.

Invariant: an applicant's stages are in order and end where they were rejected; those hired are counted against the
vacancy; nothing happened after `until`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row
from data.demo.trades import BARBER, CLEANING, REPAIR, Branch

_RECRUITER = "Алина Морозова"
_VACANCIES: tuple[tuple[str, Branch, int, int], ...] = (
    ("Барбер", BARBER, 690, 1),
    ("Клинер", CLEANING, 520, 1),
    ("Мастер по ремонту", REPAIR, 470, 1),
    ("Барбер", BARBER, 415, 1),
    ("Администратор выходного дня", BARBER, 350, 1),
    ("Клинер", CLEANING, 290, 2),
    ("Мастер по ремонту", REPAIR, 190, 1),
    ("Диспетчер выходного дня", REPAIR, 120, 1),
    ("Клинер", CLEANING, 75, 1),
    ("Мастер по ремонту", REPAIR, 40, 2),
)
"""Title, branch, days before `until` on which it was opened, people wanted."""
_STAGES = (
    ("screened_at", 0.62, (1, 4)),
    ("interviewed_at", 0.5, (2, 7)),
    ("offered_at", 0.42, (1, 5)),
    ("accepted_at", 0.72, (1, 4)),
)
"""Stage, share that reaches it from the one before, days until then."""
_SOURCES = {"Авито Работа": 0.55, "HeadHunter": 0.25, "Рекомендация": 0.12, "Сайт": 0.08}
_COST = {"Авито Работа": 180, "HeadHunter": 320, "Рекомендация": 0, "Сайт": 0}


def hiring(seed: int, until: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The vacancies fact and the applicants fact."""
    vacancies: list[Row] = []
    applicants: list[Row] = []
    for number, (title, branch, opened, wanted) in enumerate(_VACANCIES):
        vacancy = _vacancy(f"В-{number + 1}", title, branch, until - timedelta(days=opened), wanted)
        people = list(_applicants(vacancy, wanted, until, Chance(seed, "applicants", number)))
        vacancies.append({**vacancy, **_closing(people, wanted)})
        applicants += [{"applicant_id": f"К-{len(applicants) + n + 1:04d}", **row} for n, row in enumerate(people)]
    return pd.DataFrame(vacancies), pd.DataFrame(applicants)


def _vacancy(number: str, title: str, branch: Branch, opened: date, wanted: int) -> Row:
    at = datetime.combine(opened, time(10))
    return {
        "vacancy_id": number, "title": title, "branch": branch.name, "opened_at": at,
        "published_at": at + timedelta(days=2), "planned_hires": wanted, "employee": _RECRUITER,
    }  # fmt: skip


def _closing(people: list[Row], wanted: int) -> Row:
    accepted = sorted(row["accepted_at"] for row in people if row["accepted_at"] is not None)  # type: ignore[type-var]
    closed = len(accepted) >= wanted
    return {"closed_at": accepted[wanted - 1] if closed else None, "status": "filled" if closed else "open"}


def _applicants(vacancy: Row, wanted: int, until: date, chance: Chance) -> Iterator[Row]:
    """People apply until enough have accepted."""
    applied: datetime = vacancy["published_at"]  # type: ignore[assignment]
    hired: list[datetime] = []
    while True:
        applied = _by_day(applied + timedelta(hours=chance.whole(6, 52)))
        if applied.date() > until or (len(hired) >= wanted and applied > sorted(hired)[wanted - 1]):
            return
        row = _applicant(vacancy, applied, len(hired) < wanted, until, chance)
        hired += [row["accepted_at"]] if row["accepted_at"] else []  # type: ignore[list-item]
        yield row


def _applicant(vacancy: Row, applied: datetime, wanted: bool, until: date, chance: Chance) -> Row:
    source, last = chance.weighted(_SOURCES), datetime.combine(until, time(23, 59))
    row: Row = {name: vacancy[name] for name in ("vacancy_id", "branch", "employee")}
    row |= {
        "applied_at": applied,
        "source": source,
        "cost": _COST[source],
        "rejected_at": None,
        "hired_on": None,
        "left_on": None,
    }
    row |= dict.fromkeys([stage for stage, _, _ in _STAGES])
    at = applied
    for stage, share, (least, most) in _STAGES:
        at = _by_day(at + timedelta(days=chance.whole(least, most), hours=chance.whole(0, 5)))
        goes_on = chance.yes(share) and (wanted or stage != "offered_at")
        if at > last:
            return row
        row["rejected_at" if not goes_on else stage] = at
        if not goes_on:
            return row
    return {**row, **_hired(at, until, chance)}


def _by_day(at: datetime) -> datetime:
    """The same moment, or the same day's working hours where it was night."""
    return at if 9 <= at.hour < 20 else at.replace(hour=9 + at.hour % 10)


def _hired(accepted: datetime, until: date, chance: Chance) -> Row:
    first = accepted.date() + timedelta(days=chance.whole(2, 12))
    if first > until:
        return {}
    left = first + timedelta(days=chance.whole(12, 80)) if chance.yes(0.4) else None
    old = (until - first).days > 90 and left is None
    scores: Row = {"performance": chance.whole(60, 98), "manager_score": chance.whole(3, 5)} if old else {}
    scales: Row = {"performance_min": 0, "performance_max": 100, "manager_score_min": 1, "manager_score_max": 5}
    return {"hired_on": first, "left_on": left if left and left <= until else None, **scores, **(scales if old else {})}
