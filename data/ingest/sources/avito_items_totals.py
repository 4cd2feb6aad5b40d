"""Answers of Avito's API with one row an advertisement for a whole period (`/stats/v2/accounts/…/items`).

Invariant: amounts are in kopecks; what was spent is money without bonuses, as in the cabinet's file, where the answer
tells the two apart; the period stands only in the file's name («с_2026-08-01_по_2026-08-07») or is asked.
Rows by day, week or month carry no advertisement and are not of this format.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented
from data.ingest.sources.avito import of_period
from data.schema.names import normalise

_METRICS = frozenset(map(normalise, (
    "views", "contacts", "contactsShowPhone", "contactsMessenger", "favorites", "impressions", "allSpending",
    "spending", "promoSpending", "presenceSpending", "spendingBonus", "viewsToContactsConversion", "orderedItems",
    "jobContacts",
)))  # fmt: skip
_HEADERS: Documented = {
    "ad_id": "id",
    "impressions": "impressions",
    "views": "views",
    "contacts": ("contacts", "jobContacts"),
    "chats": "contactsMessenger",
    "phone_views": "contactsShowPhone",
    "favorites": "favorites",
    "orders": "orderedItems",
    "spend": (
        ColumnMap("spend", "spending", format="kopecks"),
        ColumnMap("spend", "allSpending", format="kopecks"),
    ),
    "promotion_spend": ColumnMap("promotion_spend", "promoSpending", format="kopecks"),
    "bonus_spend": ColumnMap("bonus_spend", "spendingBonus", format="kopecks"),
}


def _recognises(table: SourceTable) -> bool:
    kinds = set(table.sample("type"))
    return table.has("id", "type") and len(table.names & _METRICS) > 1 and kinds <= {"item", "items"}


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS)


FORMAT = SourceFormat("Avito API", "ads", _recognises, _maps, of_period)
