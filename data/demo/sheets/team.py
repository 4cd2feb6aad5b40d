"""People, shifts, training, ideas, hiring, expenses and the journal of repairs as the owner keeps them.

Invariant: every row is the generator's; reasons, kinds and states are written as people say them.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from data.demo.sheets.model import Cell, Columns, File, Sheet, TextFile, Workbook, sheet, words, yes_no

_KINDS = words(
    rent="Аренда", salary="Зарплата", utilities="Коммунальные услуги", retention="Программа лояльности",
    services="Сервисы",
    marketing="Реклама", other="Прочее", transport="Бензин", tax="УСН", equipment="Инструменты", training="Обучение",
    hiring="Подбор персонала",
)  # fmt: skip
_ABSENCE = words(vacation="Отпуск", sick="Больничный", unpaid="За свой счёт", truancy="Прогул")
_IDEA = words(proposed="На рассмотрении", accepted="Принята", implemented="Внедрена")
_VACANCY = words(open="В работе", filled="Закрыта", cancelled="Отменена", on_hold="Приостановлена")

STAFF: Columns = {
    "ФИО": "employee", "Филиал": "branch", "Команда": "team", "Должность": "role", "Дата приёма": "hired_on",
    "Дата увольнения": "left_on", "Оклад, ₽": "salary", "Премиальный фонд, ₽": "bonus_fund",
    "В должности с": "valid_from",
}  # fmt: skip
SHIFTS: Columns = {
    "Сотрудник": "employee", "Дата": "date", "Филиал": "branch", "План, ч": "planned_hours", "Факт, ч": "worked_hours",
    "Занято, ч": "busy_hours", "Причина отсутствия": ("absence", _ABSENCE),
}  # fmt: skip
TRAINING: Columns = {
    "Сотрудник": "employee", "Дата обучения": "date", "Курс": "course", "Часов": "hours", "Стоимость, ₽": "cost",
    "Балл": "score", "Сдал": ("passed", yes_no("да", "нет")), "Филиал": "branch",
}  # fmt: skip
IDEAS: Columns = {
    "№ идеи": "idea_id", "Дата подачи": "date", "Автор": "employee", "Филиал": "branch", "Идея": "title",
    "Статус": ("status", _IDEA), "Эффект в месяц, ₽": "effect",
}  # fmt: skip
EXPENSES: Columns = {
    "№ операции": "expense_id", "Дата": "date", "Филиал": "branch", "Статья расходов": ("kind", _KINDS),
    "Сумма, ₽": "amount",
}  # fmt: skip
VACANCIES: Columns = {
    "№ вакансии": "vacancy_id", "Вакансия": "title", "Филиал": "branch", "Дата открытия": "opened_at",
    "Дата публикации": "published_at", "Дата закрытия": "closed_at", "Количество мест": "planned_hires",
    "Статус вакансии": ("status", _VACANCY), "Рекрутер": "employee",
}  # fmt: skip
APPLICANTS: Columns = {
    "№ кандидата": "applicant_id", "№ вакансии": "vacancy_id", "Источник": "source", "Дата отклика": "applied_at",
    "Дата скрининга": "screened_at", "Дата собеседования": "interviewed_at", "Дата оффера": "offered_at",
    "Оффер принят": "accepted_at", "Дата отказа": "rejected_at", "Дата выхода": "hired_on",
    "Дата увольнения": "left_on", "Результативность": "performance", "Результативность: минимум": "performance_min",
    "Результативность: максимум": "performance_max", "Оценка руководителя": "manager_score",
    "Оценка руководителя: минимум": "manager_score_min", "Оценка руководителя: максимум": "manager_score_max",
    "Стоимость отклика, ₽": "cost", "Филиал": "branch", "Рекрутер": "employee",
}  # fmt: skip
EVENTS: Columns = {
    "№ заявки": "case_id", "Операция": "activity", "Начало": "started_at", "Время события": "at",
    "Кто сделал": "employee",
    "Стоимость операции": "cost", "Лишняя операция": ("is_superfluous", yes_no("да", "нет")), "Филиал": "branch",
    "Вид ремонта": "service",
}  # fmt: skip


def team_files(facts: Mapping[str, pd.DataFrame]) -> tuple[File, ...]:
    """The personnel workbook, expenses, hiring, and the journal of repairs."""
    staff = Workbook(
        "Кадры.xlsx",
        (
            sheet("Сотрудники", facts["staff"], STAFF),
            sheet("Табель", facts["shifts"], SHIFTS),
            sheet("Обучение", facts["training"], TRAINING),
            sheet("Идеи", facts["ideas"], IDEAS),
        ),
    )
    hiring = Workbook(
        "Подбор.xlsx",
        (sheet("Вакансии", facts["vacancies"], VACANCIES), sheet("Кандидаты", facts["applicants"], APPLICANTS)),
    )
    journal = TextFile(
        "Журнал ремонтов.csv", sheet("Журнал", facts["events"], EVENTS), "cp1251", ";", ",", "%d.%m.%Y %H:%M"
    )
    return staff, _expenses(facts["expenses"]), hiring, journal


def _expenses(expenses: pd.DataFrame) -> Workbook:
    table: Sheet = sheet("Расходы", expenses, EXPENSES, above=("Расходы по филиалам",))
    total: tuple[Cell, ...] = ("Итого", None, None, None, int(expenses["amount"].sum()))
    return Workbook("Расходы.xlsx", (replace(table, below=total),))
