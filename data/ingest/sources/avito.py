"""Statistics that the Avito cabinet writes: one row an advertisement for the whole period.

Invariant: the period is that of the file name («Центр Статистика_с_2026-08-01_по_2026-08-07.xlsx») or is asked; what
stands before it names the account, unless a person said another. The conversions are left out: they are computed anew.
"""

import re
from datetime import date

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import SourceFormat, SourceTable, documented
from data.message import Message, say
from data.schema.names import normalise

_PERIOD = re.compile(r"с[\s_]*(\d{4}-\d{2}-\d{2})[\s_]*по[\s_]*(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_ALWAYS = frozenset(map(normalise, ("Номер объявления", "Показы", "Просмотры", "Контакты")))
_DATED = frozenset(map(normalise, ("Дата", "Период", "День", "Начало периода", "Дата начала")))
_HEADERS = {
    "ad_id": "Номер объявления", "title": "Название объявления", "city": "Город", "category": "Категория",
    "employee": "Сотрудник", "impressions": "Показы", "views": "Просмотры", "contacts": "Контакты",
    "chats": "Написали в чат", "phone_views": "Посмотрели телефон", "favorites": "Добавили в избранное",
    "orders": "Заказано товаров", "spend": "Расходы на объявления", "promotion_spend": "Расходы на продвижение",
    "bonus_spend": "Списано бонусов на объявления",
}  # fmt: skip


def period_of(file: str) -> tuple[date, date] | None:
    """First and last day a file name tells; None where it tells none, or one that does not exist."""
    match = _PERIOD.search(file)
    if match is None:
        return None
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
    except ValueError:
        return None
    return (first, last) if first <= last else None


def account_of(file: str) -> str | None:
    """What stands before «Статистика» in a file name: people put the account there. None where nothing does."""
    before, found, _ = file.partition("Статистика")
    return " ".join(before.replace("_", " ").split()).strip(" -–—") or None if found else None


def _recognises(table: SourceTable) -> bool:
    return table.names >= _ALWAYS and not table.names & _DATED


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS, guesses=True)


def of_period(table: SourceTable, mapping: Mapping) -> tuple[Mapping, tuple[Message, ...]]:
    """The mapping with the account and the period that the file's name tells; what it does not tell is asked."""
    found = mapping.without("period_start").without("period_end")
    if account := account_of(table.file):
        found = found.adding(ColumnMap("account", constant=account, confidence=0.8))
    period = period_of(table.file)
    if period is None:
        return found, (say("The file name does not say for which days the statistics are: first and last day?"),)
    first, last = (day.isoformat() for day in period)
    return found.adding(ColumnMap("period_start", constant=first), ColumnMap("period_end", constant=last)), ()


FORMAT = SourceFormat("Avito", "ads", _recognises, _maps, of_period)
