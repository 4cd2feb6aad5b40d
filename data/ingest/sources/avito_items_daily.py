"""Answers of Avito's API with the statistics of advertisements by date (`/stats/v1/accounts/…/items`).

Invariant: a row is one day; where its dates may just as well be weeks or months, that is asked. The figures are daily
uniques, which a longer period only adds up.
"""

from datetime import date

from data.ingest.column_map import Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented
from data.message import Message, say

_HEADERS: Documented = {
    "ad_id": "itemId",
    "period_start": "date",
    "views": ("uniqViews", "views"),
    "contacts": ("uniqContacts", "contacts"),
    "favorites": ("uniqFavorites", "favorites"),
    "impressions": "impressions",
    "account": ("account_id", "user_id"),
}


def _recognises(table: SourceTable) -> bool:
    return table.has("itemId", "date") and (table.has("uniqViews") or table.has("uniqContacts"))


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS)


def _completes(table: SourceTable, mapping: Mapping) -> tuple[Mapping, tuple[Message, ...]]:
    """Asks where every date is the first of a week or month."""
    days = {day for text in table.sample("date") if (day := _day(text)) is not None}
    if days and (all(day.weekday() == 0 for day in days) or all(day.day == 1 for day in days)):
        return mapping, (say("Every date is the first of a week or month. Is each row one day of statistics?"),)
    return mapping, ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


FORMAT = SourceFormat("Avito API", "ads", _recognises, _maps, _completes)
