"""A business of two halves: what one half may see, and what must never reach it.

Every text of the forbidden half holds the canary, in every fact, in columns nobody mapped, and in what was entered
about it; its amounts are such that one of them in any sum would show.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from data.store.entries import Comment, Design, NewTarget
from data.store.entries.marks import Mark
from data.store.store import Store
from tests.unit.store.files import load

CANARY = "Кенар"
"""In every text of the forbidden half."""
AMOUNT = 7_777_777
"""In every amount of it."""
SEEN = {"account": "Авито А", "branch": "Центр", "team": "Смена 1", "employee": "Анна Котова"}
"""The members of the half that may be seen."""
FORBIDDEN = {
    "account": f"Авито {CANARY}", "branch": f"{CANARY} филиал", "team": f"{CANARY} смена",
    "employee": f"{CANARY} Иван",
}  # fmt: skip
WHO = "account,branch,team,employee"
DAYS = [date(2026, 9, 1) + timedelta(days=n) for n in range(0, 80, 2)]

FACTS: dict[str, str] = {
    "orders": "order_id,created_at,scheduled_at,started_at,finished_at,status,revenue,addon_revenue,is_rework,"
    "service,client,Note",
    "reviews": "review_id,created_at,rating,text,outcome,Note",
    "checks": "check_id,standard,checked_at,passed",
    "staff": "role,hired_on,salary,valid_from",
    "shifts": "date,planned_hours,worked_hours,busy_hours,absence",
    "training": "date,course,hours,cost,passed",
    "ideas": "idea_id,date,title,status,effect",
    "surveys": "response_id,question,answered_at,survey,audience,score,comment",
    "ads": "ad_id,title,period_start,period_end,city,impressions,views,contacts,orders,spend",
    "calls": "call_id,at,talk_seconds,answered,client,price",
    "expenses": "expense_id,date,kind,amount,Note",
    "events": "case_id,activity,at,started_at,cost",
    "vacancies": "vacancy_id,title,opened_at,closed_at,planned_hires,status",
    "applicants": "applicant_id,vacancy_id,applied_at,screened_at,accepted_at,hired_on,source,cost",
}


def write_business(store: Store, folder: Path) -> None:
    """Load both halves of every fact, and enter something about each."""
    for fact, columns in FACTS.items():
        rows = [row for half in (SEEN, FORBIDDEN) for row in _rows(fact, half)]
        load(store, folder, f"{fact}.csv", fact, [f"{WHO},{columns}", *rows])
    for name, member in FORBIDDEN.items():
        store.entries.marks.add(Mark(0, DAYS[20], f"Событие {CANARY}", scope=(name, member)))
        store.entries.marks.add(Mark(0, DAYS[10], f"Перемена {CANARY}", "process_change", scope=(name, member)))
        said = Comment(0, "revenue", DAYS[0], DAYS[-1], (name, member), CANARY, None, f"Слова {CANARY}")
        store.entries.comments.add(said)
        about = f"Опыт {CANARY}"
        store.entries.experiments.add(
            Design(about, about, "addon_share", name, (SEEN[name],), (member,), DAYS[20], DAYS[-1], about, about),
            CANARY,
        )
        store.entries.change_targets([NewTarget("revenue", scope=(name, member), good_low=AMOUNT)], note=CANARY)
    store.entries.saved_views.save(f"Вид {CANARY}", "quality", {"employee": [FORBIDDEN["employee"]]})


def _rows(fact: str, half: dict[str, str]) -> Iterator[str]:
    mark = CANARY if half is FORBIDDEN else "Обычное"
    money = AMOUNT if half is FORBIDDEN else 100
    who = ",".join(half.values())
    days = DAYS[:1] if fact == "staff" else DAYS
    for n, day in enumerate(days):
        cells = _cells(fact, f"{mark}-{n}", mark, money, day, n)
        yield f"{who},{','.join(map(str, cells))}"


def _cells(fact: str, key: str, mark: str, money: int, day: date, n: int) -> tuple[Any, ...]:
    later = day + timedelta(days=1)
    return {
        "orders": (key, day, day, f"{day} 10:00", f"{day} 11:00", "done", money, money / 2, n % 9 == 0,
                   f"{mark} услуга", f"{mark} клиент {n % 7}", f"{mark} заметка"),
        "reviews": (key, day, 1 + n % 5, f"{mark} отзыв", "done", mark),
        "checks": (key, f"{mark} стандарт {n % 3}", day, n % 4 > 0),
        "staff": (f"{mark} роль", date(2025, 1, 1), money, date(2025, 1, 1)),
        "shifts": (day, 8, 8, 6, f"{mark} причина" if n % 10 == 0 else ""),
        "training": (day, f"{mark} курс {n}", 2, money, True),
        "ideas": (key, day, f"{mark} идея", "implemented", money),
        "surveys": (key, f"{mark} вопрос", day, "csat", "client", 1 + n % 5, f"{mark} слова"),
        "ads": (f"{mark} {n % 2}", f"{mark} объявление", day, day, f"{mark} город", 1000, 100, 10, 2, money),
        "calls": (key, f"{day} 12:00", 60, True, f"{mark} клиент {n % 7}", money),
        "expenses": (key, day, "rent", money, mark),
        "events": (f"{mark} {n // 4}", f"{mark} шаг {n % 4}", f"{day} 12:00", f"{day} 11:00", money),
        "vacancies": (key, f"{mark} вакансия", day, later if n % 2 else "", 1, "filled" if n % 2 else "open"),
        "applicants": (key, f"{mark}-{n}", day, day, later, later, f"{mark} источник", money),
    }[fact]  # fmt: skip


def everything(at: AppTest) -> bytes:
    """All that a page sends: every element as it goes over the wire, data of charts and tables included."""
    found: list[bytes] = []

    def walk(block: Any) -> None:
        for child in block.children.values():
            proto = getattr(child, "proto", None)
            if proto is not None:
                found.append(proto.SerializeToString())
            if hasattr(child, "children"):
                walk(child)

    walk(at._tree)
    return b"\n".join(found)
