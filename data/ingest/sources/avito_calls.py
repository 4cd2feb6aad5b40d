"""Paid calls of Avito: answers of the API (`/cpa/v2/callsByTime`) and the CSV of airflow-provider-avito.

Invariant: `price` is in kopecks and `price_rub` in roubles; a `price` with a fraction can only be roubles (v1 of
the API). A call somebody talked in was answered.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_HEADERS: Documented = {
    "call_id": "id",
    "at": ("startTime", "createTime"),
    "talk_seconds": ColumnMap("talk_seconds", "duration", format="seconds"),
    "wait_seconds": ColumnMap("wait_seconds", "waitingDuration", format="seconds"),
    "answered": ColumnMap("answered", expression="duration > 0"),
    "target": "statusId",
    "price": ("price_rub", ColumnMap("price", "price", format="kopecks")),
    "client": "buyerPhone",
    "account": "account_id",
}


def _recognises(table: SourceTable) -> bool:
    return table.has("id", "startTime", "duration", "waitingDuration", "statusId")


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    prices = table.sample("price")
    in_roubles = any("." in price for price in prices)
    return documented(table, mapping, {**_HEADERS, "price": ("price_rub", "price")} if in_roubles else _HEADERS)


FORMAT = SourceFormat("Avito", "calls", _recognises, _maps)
