"""The surveys fact: clients asked after a visit (NPS, CSAT, CES), staff asked every month and quarter (eNPS, pulse).

Invariant: staff answers carry no employee, branch or team: nobody can be found out. Client answers name the person
served. The scale is the survey's, never the observed values'.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.frames import Row
from data.demo.pains import pains
from data.demo.people import PEOPLE, employed
from data.demo.seasons import DAYS, first_day, months
from data.demo.trades import CLEANING

QUESTIONS = {
    "nps": "Порекомендуете ли вы нас друзьям?", "csat": "Насколько вы довольны результатом?",
    "ces": "Легко ли было решить вопрос?", "enps": "Порекомендуете ли вы нас как работодателя?",
}  # fmt: skip
"""The question of each one-question survey."""
PULSE = (
    "Я знаю, чего от меня ждут",
    "У меня есть всё для работы",
    "Меня ценят",
    "Нагрузка мне по силам",
    "Я вижу, куда расти",
)
"""The statements of the monthly pulse, 1–5."""
SCALES = {"nps": (0, 10), "enps": (0, 10), "csat": (1, 5), "ces": (1, 7), "pulse": (1, 5)}
"""Least and greatest score of each survey."""
_ASKED = {"nps": 0.035, "csat": 0.05, "ces": 0.025}
"""Share of done orders whose client answers each survey."""
_OPEN_DAYS = 3
"""How long a staff survey stays open."""
_COMMENTS = ("Удобная запись", "Хочется приём по воскресеньям", "Мастер опоздал", "Спасибо!", "Дорого", "Понятная цена")

_USED = ["finished_at", "promised_at", "is_rework", "employee", "branch", "service"]


def surveys(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact: client answers, then staff answers, then what hinders both."""
    clients = _numbered(_clients(orders, Chance(seed, "client surveys"), until), "К")
    return pd.DataFrame([*clients, *_staff(Chance(seed, "staff surveys"), until), *pains(until)])


def _numbered(rows: Iterator[Row], prefix: str) -> Iterator[Row]:
    for number, row in enumerate(rows):
        yield {"response_id": f"{prefix}-{number + 1:05d}", **row}


def _clients(orders: pd.DataFrame, chance: Chance, until: date) -> Iterator[Row]:
    done = orders[(orders["status"] == "done") & orders["finished_at"].notna()]
    last = datetime.combine(until, time(23, 59))
    for order in done.sort_values(["finished_at", "branch", "order_id"])[_USED].to_dict("records"):
        for survey, share in _ASKED.items():
            at = order["finished_at"].to_pydatetime() + timedelta(minutes=chance.whole(20, 60 * 40))
            if chance.yes(share) and at <= last:
                score = _client_score(survey, order["finished_at"] > order["promised_at"] or order["is_rework"], chance)
                comment = chance.pick(_COMMENTS) if chance.yes(0.18) else None
                who = {name: order[name] for name in ("employee", "branch", "service")}
                yield {**_answer(survey, "client", QUESTIONS[survey], at, score), "comment": comment, **who}


def _client_score(survey: str, bad: bool, chance: Chance) -> int:
    low, high = SCALES[survey]
    mean = {"nps": 9.1, "csat": 4.6, "ces": 5.9}[survey] - (0.17 * (high - low) if bad else 0)
    return _clamped(chance.normal(mean, 0.16 * (high - low)), low, high)


def _staff(chance: Chance, until: date) -> Iterator[Row]:
    """Everybody employed is asked; most answer. Overload in December and a better second year show."""
    answers = 0
    for month in months(first_day(until), until):
        day = month + timedelta(days=14)
        if not first_day(until) <= day <= until - timedelta(days=_OPEN_DAYS):
            continue
        mood = 0.5 * (day - first_day(until)).days / DAYS - (0.4 if day.month == 12 else 0)
        for person in (p for p in PEOPLE if employed(p, day, until) and chance.yes(0.8)):
            answers += 1
            gloom = 0.5 if person.branch is CLEANING else 0.0
            for row in _sheet(day, mood - gloom, chance):
                yield {"response_id": f"С-{answers:05d}", **row}


def _sheet(day: date, mood: float, chance: Chance) -> Iterator[Row]:
    """One person's answers of a month; eNPS is asked once a quarter."""
    at = datetime.combine(
        day + timedelta(days=chance.whole(0, _OPEN_DAYS)), time(chance.whole(9, 20), chance.whole(0, 59))
    )
    for number, statement in enumerate(PULSE):
        score = _clamped(chance.normal(3.7 + mood - 0.12 * number, 0.8), 1, 5)
        yield _answer("pulse", "staff", statement, at, score)
    if day.month % 3 == 1:
        score = _clamped(chance.normal(8.0 + 2 * mood, 1.7), 0, 10)
        yield _answer("enps", "staff", QUESTIONS["enps"], at, score)


def _answer(survey: str, audience: str, question: str, at: datetime, score: int) -> Row:
    low, high = SCALES[survey]
    return {
        "answered_at": at, "survey": survey, "audience": audience, "question": question, "score": score,
        "scale_min": low, "scale_max": high,
    }  # fmt: skip


def _clamped(value: float, low: int, high: int) -> int:
    return min(high, max(low, int(value + 0.5)))
