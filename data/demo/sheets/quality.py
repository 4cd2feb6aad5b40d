"""Reviews, quality checks and surveys as the owner keeps them.

Invariant: the staff survey is a wide form, one column a statement, and carries no name.
"""

import pandas as pd

from data.demo.sheets.model import Columns, File, Sheet, TextFile, Workbook, as_found, sheet, words, yes_no
from data.demo.surveys import PULSE


def quality_files(reviews: pd.DataFrame, checks: pd.DataFrame, surveys: pd.DataFrame) -> tuple[File, ...]:
    """One file each."""
    return (
        _reviews(reviews),
        _checks(checks),
        _clients(surveys[(surveys["audience"] == "client") & (surveys["survey"] != "pain")]),
        _form(surveys),
    )


def _reviews(reviews: pd.DataFrame) -> Workbook:
    outcome = words(
        done="Сделка состоялась",
        fell_through="Сделка сорвалась",
        not_agreed="Не договорились",
        no_contact="Не общались",
    )
    columns: Columns = {
        "№ отзыва": "review_id", "Дата отзыва": "created_at", "Оценка": "rating", "Текст отзыва": "text",
        "Дата ответа": "answered_at", "Результат сделки": ("outcome", outcome), "№ заказа": "order_id",
        "Филиал": "branch", "Мастер": "employee", "Аккаунт": "account", "Услуга": "service", "Площадка": "source",
    }  # fmt: skip
    return Workbook("Отзывы.xlsx", (sheet("Отзывы", reviews, columns),))


def _checks(checks: pd.DataFrame) -> Workbook:
    columns: Columns = {
        "№ проверки": "check_id", "Дата проверки": "checked_at", "Филиал": "branch", "Сотрудник": "employee",
        "Пункт чек-листа": "standard", "Соответствует": ("passed", yes_no("да", "нет")),
    }  # fmt: skip
    return Workbook("Проверки качества.xlsx", (sheet("Чек-листы", checks, columns, above=("Проверки по стандартам",)),))


def _clients(answers: pd.DataFrame) -> TextFile:
    kind = words(nps="NPS", csat="CSAT", ces="CES")
    columns: Columns = {
        "ID ответа": "response_id", "Дата ответа": "answered_at", "Вид опроса": ("survey", kind),
        "Кого спрашивали": ("audience", words(client="клиент")), "Вопрос": "question", "Балл": "score",
        "Шкала от": "scale_min", "Шкала до": "scale_max", "Комментарий": "comment", "Сотрудник": "employee",
        "Филиал": "branch", "Услуга": "service",
    }  # fmt: skip
    table = sheet("Ответы", answers, columns)
    return TextFile("Опрос клиентов.csv", table, "utf-8-sig", ";", ",", "%d.%m.%Y %H:%M")


def _form(surveys: pd.DataFrame) -> TextFile:
    """The monthly pulse as an online form saves it: a time stamp, then a column a statement."""
    pulse = surveys[surveys["survey"] == "pulse"]
    wide = pulse.pivot(index=["response_id", "answered_at"], columns="question", values="score").reset_index()
    header = ("Отметка времени", "№ анкеты", *PULSE)
    cells = [[as_found(cell) for cell in wide[name].array] for name in ("answered_at", "response_id", *PULSE)]
    return TextFile(
        "Пульс команды (ответы).csv", Sheet("Ответы", header, tuple(zip(*cells, strict=True))), times="%d.%m.%Y %H:%M"
    )
