"""Answers about what hinders, asked twice: half a year ago, before the owner changed anything, and lately.

Invariant: the counts are the constants here, so the audit the demo keeps of half a year ago tells the same figures.
Staff answers carry no name. The scale is 0–3; 2 and 3 hinder.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.demo.frames import Row

BEFORE, LATELY = 196, 24
"""Days before the end of the history on which people were asked."""
SCALE = (0, 3)


@dataclass(frozen=True)
class Asked:
    """One audience and what hinders it."""

    audience: str
    """staff or client."""
    people: int
    """Who answered, each time."""
    hindered: tuple[tuple[str, int, int], ...]
    """What, how many it hindered before, and lately."""


ASKED = (
    Asked(
        "staff", 14,
        (
            ("Спешка, мало времени на заказ", 11, 4), ("Как считают зарплату", 9, 3), ("Инструменты и материалы", 6, 5),
            ("График и смены", 5, 4), ("Сложные клиенты", 4, 4), ("Отношения в команде", 2, 1),
        ),
    ),
    Asked(
        "client", 60,
        (
            ("Опоздания и ожидание", 27, 19), ("Долго ждать ответа", 21, 8), ("Цена не ясна заранее", 14, 12),
            ("Найти удобное время", 12, 11), ("Результат работы", 6, 5),
        ),
    ),
)  # fmt: skip


def pains(until: date) -> Iterator[Row]:
    """Both times, both audiences."""
    number = 0
    for asked in ASKED:
        for time_, ago in enumerate((BEFORE, LATELY)):
            for person in range(asked.people):
                number += 1
                at = datetime.combine(until - timedelta(days=ago), time(10 + person % 9, 7 * person % 60))
                for place, (question, *counts) in enumerate(asked.hindered):
                    hindered = (person + 3 * place) % asked.people < counts[time_]
                    yield {
                        "response_id": f"Б-{number:05d}", "answered_at": at, "survey": "pain",
                        "audience": asked.audience, "question": question,
                        "score": (2 if hindered else 0) + (person + place) % 2, "scale_min": SCALE[0],
                        "scale_max": SCALE[1],
                    }  # fmt: skip
