"""The checks fact: two audits of a branch a month, each of ten standards.

Invariant: an audit is one person's, on one day; conformity improves slowly over the two years.
"""

from datetime import date, datetime, time, timedelta

import pandas as pd

from data.demo.chance import Chance
from data.demo.people import employed, serving
from data.demo.seasons import DAYS, first_day, is_spring, months
from data.demo.trades import BRANCHES, REPAIR, Branch

_COMMON = (
    "Внешний вид",
    "Приветствие клиента",
    "Чистота рабочего места",
    "Предложил дополнительную услугу",
    "Чек выдан",
)
_STANDARDS = {
    "barber": (
        *_COMMON,
        "Инструмент продезинфицирован",
        "Консультация до стрижки",
        "Показал результат",
        "Записал снова",
        "Время соблюдено",
    ),
    "repair": (
        *_COMMON,
        "Позвонил до выезда",
        "Бахилы",
        "Цена согласована до работ",
        "Проверил после ремонта",
        "Гарантия объяснена",
    ),
    "cleaning": (
        *_COMMON,
        "Список работ согласован",
        "Средства по стандарту",
        "Углы и плинтусы",
        "Сантехника",
        "Приёмка с клиентом",
    ),
}


def checks(seed: int, until: date) -> pd.DataFrame:
    """The fact, branch by branch and month by month."""
    chance = Chance(seed, "checks")
    audits = [
        (branch, month + timedelta(days=chance.whole(start, start + 11)))
        for branch in BRANCHES
        for month in months(first_day(until), until)
        for start in (1, 15)
    ]
    kept = [(branch, day) for branch, day in audits if first_day(until) <= day <= until]
    rows = [row for number, (branch, day) in enumerate(kept) for row in _audit(number, branch, day, until, chance)]
    return pd.DataFrame(rows)


def _audit(number: int, branch: Branch, day: date, until: date, chance: Chance) -> list[dict[str, object]]:
    at = datetime.combine(day, time(chance.whole(10, 17), chance.pick((0, 15, 30, 45))))
    audited = chance.pick([p.name for p in serving(branch) if employed(p, day, until)])
    conforming = 0.86 + 0.08 * (day - first_day(until)).days / DAYS
    conforming -= 0.07 if branch is REPAIR and is_spring(day) else 0
    return [
        {
            "check_id": f"А-{number + 1:04d}", "checked_at": at, "standard": standard, "branch": branch.name,
            "employee": audited,
            "passed": chance.yes(conforming - (0.15 if standard == "Предложил дополнительную услугу" else 0)),
        }
        for standard in _STANDARDS[branch.trade]
    ]  # fmt: skip
