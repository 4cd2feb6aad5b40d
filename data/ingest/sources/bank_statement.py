"""Money paid, of a bank statement for 1C («1CClientBankExchange»): expenses.

Invariant: the kind of an expense is told by words of its purpose, the first that fits; what fits none is «other», and
how many of each there are is said. Numbers of payments begin anew every year: a payment is known by number and day.
"""

from dataclasses import replace

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

PURPOSES = {
    "налог": "tax",
    "ндфл": "tax",
    "страховые взносы": "tax",
    "страховых взносов": "tax",
    "енп": "tax",
    "усн": "tax",
    "патент": "tax",
    "заработн": "salary",
    "зарплат": "salary",
    "аванс сотруд": "salary",
    "оплата труда": "salary",
    "аренд": "rent",
    "коммунальн": "utilities",
    "электроэнерг": "utilities",
    "интернет": "utilities",
    "услуги связи": "utilities",
    "реклам": "marketing",
    "авито": "marketing",
    "avito": "marketing",
    "директ": "marketing",
    "продвижени": "marketing",
    "рассылк": "retention",
    "материал": "material",
    "запчаст": "material",
    "расходник": "material",
    "за товар": "material",
    "косметик": "material",
    "обучени": "training",
    "подбор персонал": "hiring",
    "headhunter": "hiring",
    "оборудован": "equipment",
    "инструмент": "equipment",
    "топлив": "transport",
    "гсм": "transport",
    "доставк": "transport",
    "комисси": "services",
    "эквайринг": "services",
    "обслуживание счета": "services",
    "ведение счета": "services",
    "бухгалтер": "services",
    "подписк": "services",
}
_HEADERS: Documented = {
    "expense_id": "Номер",
    "date": "Дата операции",
    "amount": "Сумма",
    "client": "Контрагент",
    "kind": ColumnMap("kind", "НазначениеПлатежа", contains=PURPOSES, otherwise="other", confidence=0.8),
}


def _recognises(table: SourceTable) -> bool:
    return table.has("Документ", "Номер", "Сумма", "НазначениеПлатежа", "Списано со счёта")


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return replace(documented(table, mapping, _HEADERS), key=("expense_id", "date"))


FORMAT = SourceFormat("1C", "expenses", _recognises, _maps)
