"""Records of YCLIENTS and Altegio as their API gives them (`/records/…`): one row a visit.

Invariant: a deleted record is a cancelled visit whatever its attendance says; revenue is what was to be paid for
services and goods, and the goods are its add-ons.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Documented, SourceFormat, SourceTable, documented

_SERVICES, _GOODS = "services.cost_to_pay", "goods_transactions.cost"
_HEADERS: Documented = {
    "order_id": "id",
    "created_at": "create_date",
    "scheduled_at": ("datetime", "date"),
    "employee": ("staff.name", "staff_id"),
    "branch": "company_id",
    "service": "services.title",
    "client": ("client.phone", "client.name"),
    "source": "record_from",
    "is_prebooked": "online",
    "addon_revenue": _GOODS,
    "gross": "services.first_cost",
    "booked_by": "created_user_id",
}


def _recognises(table: SourceTable) -> bool:
    attended = table.has("attendance") or table.has("visit_attendance")
    return attended and table.has("id", "staff_id") and (table.has("datetime") or table.has("seance_length"))


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    return documented(table, mapping, {**_HEADERS, "status": _status(table), "revenue": _revenue(table)})


def _status(table: SourceTable) -> ColumnMap:
    came = table.called("attendance") or table.called("visit_attendance")
    if not table.has("deleted"):
        return ColumnMap("status", came)
    return ColumnMap("status", expression=f"if(deleted = 'true', 'deleted', \"{came}\")")


def _revenue(table: SourceTable) -> ColumnMap | tuple[str, ...]:
    if table.has(_SERVICES, _GOODS):
        return ColumnMap("revenue", expression=f'first("{_SERVICES}", 0) + first("{_GOODS}", 0)')
    return (_SERVICES, "services.cost", _GOODS)


FORMAT = SourceFormat("YCLIENTS", "orders", _recognises, _maps)
