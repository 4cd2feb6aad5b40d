"""Answers of Avito's API with applications for vacancies (`/job/v1/applications/get_by_ids`).

Invariant: prices are in kopecks; the total is what was paid, bonuses included.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_HEADERS: Documented = {
    "applicant_id": "id",
    "vacancy_id": "vacancy_id",
    "applied_at": "created_at",
    "employee": "employee_id",
    "source": "source",
    "cost": ColumnMap("cost", "price.total", format="kopecks"),
    "account": ("account_id", "user_id"),
}


def _recognises(table: SourceTable) -> bool:
    return table.has("id", "vacancy_id", "created_at", "state") and (table.has("is_viewed") or table.has("employee_id"))


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, _HEADERS)


FORMAT = SourceFormat("Avito API", "applicants", _recognises, _maps)
