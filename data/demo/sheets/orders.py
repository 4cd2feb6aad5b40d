"""Orders in the formats of three programs: a visit list of an appointment service, a repair sheet saved by a Russian
Excel, and an English job list.

Invariant: every row is an order of the generator; amounts and times are only written differently.
"""

from dataclasses import replace

import pandas as pd

from data.demo.sheets.model import Cell, File, Sheet, TextFile, Workbook, sheet, words, yes_no
from data.demo.trades import BARBER, CLEANING, REPAIR, Branch


def order_files(orders: pd.DataFrame) -> tuple[File, ...]:
    """One file a branch."""
    return _visits(_of(orders, BARBER)), _repairs(_of(orders, REPAIR)), _cleanings(_of(orders, CLEANING))


def _of(orders: pd.DataFrame, branch: Branch) -> pd.DataFrame:
    return orders[orders["branch"] == branch.name]


def _visits(visits: pd.DataFrame) -> Workbook:
    status = words(done="Пришёл", no_show="Не пришёл", cancelled="Отменён", open="Ожидание")
    table = sheet(
        "Записи",
        visits,
        {
            "ID записи": "order_id", "Дата создания": "created_at", "Дата визита": "scheduled_at", "Телефон": "client",
            "Услуги": "service", "Категория": "category", "Сотрудник": "employee", "Стоимость без скидки, ₽": "gross",
            "Скидка, ₽": "discount", "К оплате, ₽": "revenue", "Доп. услуги, ₽": "addon_revenue",
            "Статус визита": ("status", status), "Источник записи": "source", "Аккаунт Авито": "account",
            "Создал": "booked_by", "Филиал": "branch",
        },
        above=("Записи клиентов", "Период: за два года по 15.11.2026"),
    )  # fmt: skip
    return Workbook("Записи Усы.xlsx", (replace(table, below=_total(table, "К оплате, ₽")),))


def _total(table: Sheet, header: str) -> tuple[Cell, ...]:
    place = table.header.index(header)
    total = sum(cell for row in table.rows if isinstance(cell := row[place], int | float))
    return tuple("Итого" if n == 0 else total if n == place else None for n in range(len(table.header)))


def _repairs(jobs: pd.DataFrame) -> TextFile:
    status = words(done="Выполнен", no_show="Клиента нет дома", cancelled="Отказ клиента", open="В работе")
    table = sheet(
        "Заявки",
        jobs,
        {
            "№ заявки": "order_id", "Дата обращения": "created_at", "Первый ответ": "responded_at",
            "Дата выезда": "scheduled_at", "Срок выполнения": "promised_at", "Начало работ": "started_at",
            "Окончание работ": "finished_at", "Мастер": "employee", "Вид ремонта": "service", "Тип техники": "category",
            "Телефон клиента": "client", "Сумма, руб.": ("revenue", _money),
            "Доп. услуги, руб.": ("addon_revenue", _money),
            "Запчасти, руб.": ("material_cost", _money), "Оплата мастеру, руб.": ("labour_cost", _money),
            "Дата оплаты": "paid_at", "Статус заявки": ("status", status),
            "По гарантии": ("is_rework", yes_no("да", "нет")),
            "Жалоба": ("is_complaint", yes_no("да", None)), "Источник заявки": "source", "Аккаунт Авито": "account",
            "Диспетчер": "booked_by", "Филиал": "branch",
        },
    )  # fmt: skip
    return TextFile("Заявки на ремонт.csv", table, "cp1251", ";", ",", "%d.%m.%Y %H:%M", "%d.%m.%Y")


def _money(cell: object) -> Cell:
    """An amount with kopecks: always written with its decimals."""
    return None if cell is None or cell != cell else float(cell)  # type: ignore[arg-type]


def _cleanings(jobs: pd.DataFrame) -> TextFile:
    status = words(done="Completed", no_show="No-show", cancelled="Cancelled", open="Scheduled")
    table = sheet(
        "Jobs",
        jobs,
        {
            "Job ID": "order_id", "Created at": "created_at", "First reply": "responded_at",
            "Scheduled at": "scheduled_at",
            "Due date": "promised_at", "Started at": "started_at", "Completed at": "finished_at", "Paid at": "paid_at",
            "Cleaner": "employee", "Service": "service", "Category": "category", "Phone": "client", "Amount": "revenue",
            "Add-ons": "addon_revenue", "Materials": "material_cost", "Labour cost": "labour_cost",
            "Job status": ("status", status), "Redo": ("is_rework", yes_no("yes", "no")), "Lead source": "source",
            "Ad account": "account", "Dispatcher": "booked_by", "Branch": "branch",
        },
    )  # fmt: skip
    return TextFile("cleaning jobs.csv", table)
