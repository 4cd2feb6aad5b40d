"""Answers of Avito's API with reviews (`/ratings/v1/reviews`).

Invariant: times are seconds since 1970, read by the clock of Moscow; the stage of the deal is its outcome.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_HEADERS: Documented = {
    "review_id": "id",
    "created_at": ColumnMap("created_at", "createdAt", format="Unix +03:00"),
    "rating": "score",
    "text": "text",
    "outcome": "stage",
    "answered_at": ColumnMap("answered_at", "answer.createdAt", format="Unix +03:00"),
    "client": "sender.name",
    "account": ("account_id", "user_id"),
}


def _recognises(table: SourceTable) -> bool:
    return table.has("id", "score", "stage", "createdAt") and (table.has("usedInScore") or table.has("canAnswer"))


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS)


FORMAT = SourceFormat("Avito API", "reviews", _recognises, _maps)
