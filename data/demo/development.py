"""The training and ideas facts: what the people learned, and what they proposed.

Invariant: only people employed on the day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from data.demo.chance import Chance, to_hundreds
from data.demo.people import PEOPLE, Person, employed
from data.demo.seasons import DAYS, first_day

_COURSES = {
    "barber": (
        ("Фейды и переходы", 16),
        ("Окрашивание и камуфляж", 12),
        ("Продажа ухода", 6),
        ("Работа с жалобами", 4),
    ),
    "repair": (
        ("Инверторные моторы", 16),
        ("Холодильные контуры", 24),
        ("Электробезопасность", 8),
        ("Работа с жалобами", 4),
    ),
    "cleaning": (("Химия и поверхности", 8), ("Химчистка мебели", 12), ("Работа с жалобами", 4)),
}
_OFFICE = (("Телефонные переговоры", 6), ("Работа с отзывами", 4), ("Excel и отчёты", 10))
_TITLES = (
    "Напоминание клиенту за день до визита", "Набор запчастей в каждую машину", "Запись на следующий визит у стойки",
    "Фото до и после в карточку заказа", "Общий чат бригад", "Карта стоянок", "Второй пылесос в машину",
    "Список частых поломок по моделям", "Кофе для ожидающих", "Скидка за отзыв", "Чек-лист приёмки", "Оплата по QR",
    "Подмена на больничный по кругу", "Полка для клиентской косметики", "Маршрут на день с вечера",
)  # fmt: skip


def training(seed: int, until: date) -> pd.DataFrame:
    """The training fact, person by person."""
    return pd.DataFrame([row for person in PEOPLE for row in _courses(person, seed, until)])


def _courses(person: Person, seed: int, until: date) -> Iterator[dict[str, object]]:
    chance, day = Chance(seed, "training", person.name), first_day(until)
    courses = _COURSES[person.branch.trade] if person.serves else _OFFICE
    while (day := day + timedelta(days=chance.whole(50, 230))) <= until:
        if not employed(person, day, until):
            continue
        course, hours = chance.pick(courses)
        score = chance.whole(62, 100)
        yield {
            "employee": person.name, "date": day, "course": course, "hours": float(hours), "branch": person.branch.name,
            "cost": to_hundreds(hours * chance.between(450, 1100), 100), "score": score, "passed": score >= 70,
        }  # fmt: skip


def ideas(seed: int, until: date) -> pd.DataFrame:
    """The ideas fact in order of time: more of them in the second year."""
    chance = Chance(seed, "ideas")
    days = sorted(first_day(until) + timedelta(days=int(DAYS * (1 - chance.between(0, 1) ** 2))) for _ in range(46))
    return pd.DataFrame([_idea(number, day, until, chance) for number, day in enumerate(days) if day <= until])


def _idea(number: int, day: date, until: date, chance: Chance) -> dict[str, object]:
    author = chance.pick([person for person in PEOPLE if employed(person, day, until)])
    old = (until - day).days > 60
    status = chance.weighted({"implemented": 0.42, "accepted": 0.2, "proposed": 0.38}) if old else "proposed"
    return {
        "idea_id": str(number + 1), "date": day, "title": _TITLES[number % len(_TITLES)], "status": status,
        "effect": to_hundreds(chance.between(1500, 18000), 500) if status != "proposed" else None,
        "employee": author.name, "branch": author.branch.name,
    }  # fmt: skip
