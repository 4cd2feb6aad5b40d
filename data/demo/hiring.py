"""The vacancies and applicants facts: whom the business looked for, who answered, and who recruited them.

Invariant: an applicant's stages are in order and end where they were rejected; those who accept never exceed the people
wanted by more than had an offer already; nothing happened after `until`. People hired here work by the job and are not
on the staff.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row
from data.demo.stories import FAST_RECRUITER
from data.demo.trades import BARBER, CLEANING, REPAIR, Branch


@dataclass(frozen=True, eq=False)
class Recruiter:
    """Who looks for people, and how."""

    name: str
    """The employee of vacancies and applicants."""
    shares: tuple[float, float, float, float]
    """Share that reaches each stage from the one before."""
    days: tuple[tuple[int, int], ...]
    """Least and most days until each stage."""
    leave: float
    """Share of the hires who leave within 90 days."""
    scores: tuple[int, int]
    """Least and most performance, 0–100, of those who stay."""


_CAREFUL_DAYS = ((1, 4), (2, 7), (1, 5), (1, 4))
RECRUITERS = (
    Recruiter("Алина Морозова", (0.62, 0.5, 0.42, 0.72), _CAREFUL_DAYS, 0.2, (70, 98)),
    Recruiter(FAST_RECRUITER, (0.78, 0.66, 0.66, 0.88), ((0, 1), (0, 2), (0, 1), (0, 2)), 0.66, (40, 75)),
    Recruiter("Ольга Титова", (0.55, 0.52, 0.4, 0.78), ((1, 3), (2, 6), (1, 4), (1, 5)), 0.22, (66, 96)),
)
"""They take the vacancies in turn."""
STAGES = ("screened_at", "interviewed_at", "offered_at", "accepted_at")
"""Moments of an applicant after the application, in order."""
_TITLES: tuple[tuple[str, Branch], ...] = (
    ("Клинер на подработку", CLEANING), ("Помощник мастера", REPAIR), ("Барбер-стажёр", BARBER),
    ("Мойщик окон", CLEANING),
)  # fmt: skip
_OPENED = (*range(706, 45, -12), 44, 39, 35, 31, 27, 23, 19, 15, 11, 8, 5)
"""Days before `until` on which a vacancy was opened: more of them lately."""
_CANCELLED, _ON_HOLD = frozenset({9, 23, 40}), frozenset({59})
"""Vacancies, by number, for which the search stopped after three weeks: given up, or put off."""
_SOURCES = {"Авито Работа": 0.55, "HeadHunter": 0.25, "Рекомендация": 0.12, "Сайт": 0.08}
_COST = {"Авито Работа": 180, "HeadHunter": 320, "Рекомендация": 0, "Сайт": 0}
_RECOMMENDED = 0.5
"""How much less often those leave whom somebody of the team recommended."""


def hiring(seed: int, until: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The vacancies fact and the applicants fact."""
    vacancies: list[Row] = []
    applicants: list[Row] = []
    for number, opened in enumerate(_OPENED, 1):
        recruiter, chance = RECRUITERS[number % len(RECRUITERS)], Chance(seed, "hiring", number)
        vacancy = _vacancy(number, recruiter, until - timedelta(days=opened), chance)
        stopped = until - timedelta(days=opened - 21) if number in _CANCELLED | _ON_HOLD else until
        people = list(_applicants(vacancy, recruiter, min(stopped, until), until, chance))
        vacancies.append({**vacancy, **_closing(people, vacancy, number, stopped)})
        applicants += [{"applicant_id": f"К-{len(applicants) + n + 1:04d}", **row} for n, row in enumerate(people)]
    return pd.DataFrame(vacancies), pd.DataFrame(applicants)


def _vacancy(number: int, recruiter: Recruiter, opened: date, chance: Chance) -> Row:
    at = datetime.combine(opened, time(10))
    title, branch = chance.pick(_TITLES)
    return {
        "vacancy_id": f"В-{number}", "title": title, "branch": branch.name, "opened_at": at,
        "published_at": at + timedelta(days=chance.whole(1, 3)), "planned_hires": chance.whole(1, 3),
        "employee": recruiter.name,
    }  # fmt: skip


def _closing(people: list[Row], vacancy: Row, number: int, stopped: date) -> Row:
    accepted, wanted = _accepted(people), int(vacancy["planned_hires"])  # type: ignore[call-overload]
    if len(accepted) >= wanted:
        return {"closed_at": accepted[wanted - 1], "status": "filled"}
    if number in _CANCELLED:
        return {"closed_at": datetime.combine(stopped, time(18)), "status": "cancelled"}
    return {"closed_at": None, "status": "on_hold" if number in _ON_HOLD else "open"}


def _accepted(people: list[Row]) -> list[datetime]:
    return sorted(at for row in people if isinstance(at := row["accepted_at"], datetime))


def _applicants(vacancy: Row, recruiter: Recruiter, last: date, until: date, chance: Chance) -> Iterator[Row]:
    """People apply until enough have accepted, or the vacancy is given up."""
    applied: datetime = vacancy["published_at"]  # type: ignore[assignment]
    wanted = int(vacancy["planned_hires"])  # type: ignore[call-overload]
    known: list[Row] = []
    while True:
        applied = _by_day(applied + timedelta(hours=chance.whole(8, 58)))
        hired = _accepted(known)
        if applied.date() > last or (len(hired) >= wanted and applied > hired[wanted - 1]):
            return
        row = _applicant(vacancy, recruiter, (applied, last, until), chance, wanted=len(hired) < wanted)
        known.append(row)
        yield row


def _applicant(
    vacancy: Row, recruiter: Recruiter, days: tuple[datetime, date, date], chance: Chance, *, wanted: bool
) -> Row:
    """One application; `days`: when it came, the last day of the search, the last day of all."""
    at, last, until = days
    source, end = chance.weighted(_SOURCES), datetime.combine(last, time(23, 59))
    row: Row = {name: vacancy[name] for name in ("vacancy_id", "branch", "employee")}
    row |= {"applied_at": at, "source": source, "cost": _COST[source]}
    row |= dict.fromkeys((*STAGES, "rejected_at", "hired_on", "left_on", *_SCORES))
    for stage, share, (least, most) in zip(STAGES, recruiter.shares, recruiter.days, strict=True):
        at = _by_day(at + timedelta(days=chance.whole(least, most), hours=chance.whole(0, 5)))
        goes_on = chance.yes(share) and (wanted or stage != "offered_at")
        if at > end:
            return row
        row["rejected_at" if not goes_on else stage] = at
        if not goes_on:
            return row
    return {**row, **_hired(recruiter, source, at, until, chance)}


def _by_day(at: datetime) -> datetime:
    """The same moment, or the same day's working hours where it was night."""
    return at if 9 <= at.hour < 20 else at.replace(hour=9 + at.hour % 10)


_SCALES: Row = {"performance_min": 0, "performance_max": 100, "manager_score_min": 1, "manager_score_max": 5}
_SCORES = ("performance", "manager_score", *_SCALES)


def _hired(recruiter: Recruiter, source: str, accepted: datetime, until: date, chance: Chance) -> Row:
    """From the first day on: most stay, some leave within 80 days; who has been here a month is marked."""
    first = accepted.date() + timedelta(days=chance.whole(1, 6))
    leaves = chance.yes(recruiter.leave * (_RECOMMENDED if source == "Рекомендация" else 1.0))
    stay, performance, mark = chance.whole(9, 80), chance.whole(*recruiter.scores), chance.whole(3, 5)
    if first > until:
        return {}
    left = first + timedelta(days=stay) if leaves else None
    if left is not None and left <= until:
        return {"hired_on": first, "left_on": left, "manager_score": max(1, mark - 2), **_SCALES}
    if (until - first).days < 30:
        return {"hired_on": first}
    return {"hired_on": first, "performance": performance, "manager_score": mark, **_SCALES}
