"""Money received, of a bank statement for 1C («1CClientBankExchange»): paid orders, where a person says that they are.

Invariant: nobody is asked to take a payment for an order; but who does gets one order a payment, done on the day the
money came. Numbers of payments begin anew every year: a payment is known by number and day.
"""

from dataclasses import replace

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_HEADERS: Documented = {
    "order_id": "Номер",
    "finished_at": "Дата операции",
    "revenue": "Сумма",
    "client": "Контрагент",
    "status": ColumnMap("status", constant="done"),
}


def _recognises(table: SourceTable) -> bool:
    return table.has("Документ", "Номер", "Сумма", "НазначениеПлатежа", "Поступило на счёт")


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return replace(documented(table, mapping, _HEADERS), key=("order_id", "finished_at"))


FORMAT = SourceFormat("1C", "orders", _recognises, _maps)
