"""Who works in the demo business, since when, in which team, and on which days.

Invariant: days are relative to `until`, so the story is the same whenever the demo is made. Staff rows are posts: a
person who changed teams has two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.trades import BARBER, CLEANING, REPAIR, Branch


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody who works, or worked, here."""

    name: str
    """Name and surname."""
    branch: Branch
    """Where."""
    team: str
    """Team at the beginning."""
    role: str
    """What they do; «Мастер…» and the like serve clients."""
    hired: int
    """Days before `until` on which they began."""
    left: int | None = None
    """Days before `until` on which they left."""
    salary: int = 30000
    """Roubles a month."""
    bonus_fund: int = 15000
    """Roubles a month at full bonus."""
    moved: tuple[int, str] | None = None
    """Days before `until` and the team they moved to."""
    serves: bool = True
    """Whether they serve clients (the others book and dispatch)."""


PEOPLE = (
    Person("Руслан Ахметов", BARBER, "Зал на Лесной", "Барбер", 1100, salary=40000, bonus_fund=25000),
    Person("Илья Громов", BARBER, "Зал на Лесной", "Барбер", 900),
    Person("Тимур Сафин", BARBER, "Зал на Лесной", "Барбер", 800, moved=(330, "Зал у вокзала")),
    Person("Никита Белов", BARBER, "Зал у вокзала", "Барбер", 760, left=395),
    Person("Артём Зайцев", BARBER, "Зал у вокзала", "Барбер", 372),
    Person("Павел Кузьмин", BARBER, "Зал у вокзала", "Барбер", 640),
    Person(
        "Алина Морозова", BARBER, "Администраторы", "Администратор", 980, salary=48000, bonus_fund=8000, serves=False
    ),
    Person("Сергей Орлов", REPAIR, "Бригада 1", "Мастер по ремонту", 1500, salary=35000, bonus_fund=22000),
    Person("Андрей Волков", REPAIR, "Бригада 1", "Мастер по ремонту", 850),
    Person("Денис Соколов", REPAIR, "Бригада 1", "Мастер по ремонту", 790, left=150),
    Person("Михаил Лебедев", REPAIR, "Бригада 2", "Мастер по ремонту", 1200, salary=35000, bonus_fund=22000),
    Person("Виктор Ким", REPAIR, "Бригада 2", "Мастер по ремонту", 745),
    Person("Роман Егоров", REPAIR, "Бригада 1", "Мастер по ремонту", 121),
    Person("Ольга Титова", REPAIR, "Администраторы", "Диспетчер", 1010, salary=46000, bonus_fund=8000, serves=False),
    Person("Наталья Фролова", CLEANING, "Клинеры", "Клинер", 1300, salary=32000, bonus_fund=18000),
    Person("Гульнара Юсупова", CLEANING, "Клинеры", "Клинер", 820),
    Person("Елена Панина", CLEANING, "Клинеры", "Клинер", 770),
    Person("Светлана Рябова", CLEANING, "Клинеры", "Клинер", 480),
)

_PATTERNS = {"barber": (1, 1, 0, 0), "repair": (1, 1, 1, 1, 1, 0, 0), "cleaning": (1, 1, 1, 1, 0)}
"""Working days and days off, repeated; each person begins at another place of the pattern."""
_CLOSED = {(1, 1), (1, 2), (12, 31)}
"""Holidays on which nobody works: (month, day)."""


def at_work(person: Person, day: date, until: date) -> bool:
    """Whether the roster has the person on that day (absences come on top)."""
    if (day.month, day.day) in _CLOSED or not employed(person, day, until):
        return False
    pattern = _PATTERNS[person.branch.trade] if person.serves else _PATTERNS["repair"]
    place = day.toordinal() + 3 * PEOPLE.index(person) if pattern != _PATTERNS["repair"] else _shifted(person, day)
    return bool(pattern[place % len(pattern)])


def _shifted(person: Person, day: date) -> int:
    """Five days of seven, whose days off wander from person to person so that weekends are worked as well."""
    return day.weekday() + (0, 2, 5, 0, 4)[PEOPLE.index(person) % 5]


def employed(person: Person, day: date, until: date) -> bool:
    """Whether the person works for the business on that day."""
    age = (until - day).days
    return age <= person.hired and (person.left is None or age >= person.left)


def team_on(person: Person, day: date, until: date) -> str:
    """The person's team on that day."""
    moved = person.moved
    return moved[1] if moved is not None and (until - day).days <= moved[0] else person.team


def serving(branch: Branch) -> tuple[Person, ...]:
    """The people of a branch who serve its clients."""
    return tuple(person for person in PEOPLE if person.branch is branch and person.serves)


def booker(branch: Branch) -> str:
    """Who books and dispatches for a branch: the cleaners share the repairers' dispatcher."""
    return next(p.name for p in PEOPLE if not p.serves and p.branch is (BARBER if branch is BARBER else REPAIR))


def staff(until: date) -> pd.DataFrame:
    """The staff fact: one row a post."""
    return pd.DataFrame([row for person in PEOPLE for row in _posts(person, until)])


def _posts(person: Person, until: date) -> Iterator[dict[str, object]]:
    hired = until - timedelta(days=person.hired)
    left = None if person.left is None else until - timedelta(days=person.left)
    post: dict[str, object] = {
        "employee": person.name, "branch": person.branch.name, "team": person.team, "role": person.role,
        "hired_on": hired, "left_on": left, "salary": person.salary, "bonus_fund": person.bonus_fund,
        "valid_from": hired,
    }  # fmt: skip
    yield post
    if person.moved is not None:
        yield {**post, "team": person.moved[1], "valid_from": until - timedelta(days=person.moved[0])}


def absences(person: Person, seed: int, first: date, until: date) -> dict[date, str]:
    """Days on which the person is not there, with the reason."""
    chance, days = Chance(seed, "absences", person.name), dict[date, str]()
    for year in range(first.year, until.year + 1):
        for month in (chance.whole(2, 5), chance.whole(6, 11)):
            days |= _span(date(year, month, chance.whole(1, 14)), 14, "vacation")
    day = first
    while (day := day + timedelta(days=chance.whole(30, 210))) <= until:
        reason = chance.weighted({"sick": 6.0, "unpaid": 2.0, "truancy": 1.0})
        days |= _span(day, chance.whole(3, 8) if reason == "sick" else 1, reason)
    return days


def _span(first: date, days: int, reason: str) -> dict[date, str]:
    return {first + timedelta(days=n): reason for n in range(days)}
