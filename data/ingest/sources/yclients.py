"""Records of YCLIENTS and Altegio as their API gives them (`/records/…`): one row a visit.

Invariant: a deleted record is a cancelled visit whatever its attendance says; revenue is what was to be paid for
services and goods, and the goods are its add-ons.
"""

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.sources import Choice, Documented, SourceFormat, SourceTable, documented

_SERVICES, _GOODS = ("services.cost_to_pay", "services.cost"), "goods_transactions.cost"
_HEADERS: Documented = {
    "order_id": "id",
    "created_at": "create_date",
    "scheduled_at": ("datetime", "date"),
    "employee": ("staff.name", "staff_id"),
    "branch": "company_id",
    "service": "services.title",
    "client": ("client.phone", "client.name"),
    "source": "record_from",
    "addon_revenue": _GOODS,
    "gross": "services.first_cost",
    "booked_by": "created_user_id",
}


def _recognises(table: SourceTable) -> bool:
    attended = table.has("attendance") or table.has("visit_attendance")
    return attended and table.has("id", "staff_id") and (table.has("datetime") or table.has("seance_length"))


def _maps(table: SourceTable, mapping: Mapping) -> Mapping:
    computed = {"status": _status(table), "revenue": _revenue(table), "is_prebooked": _is_prebooked(table)}
    return documented(table, mapping, {**_HEADERS, **computed})


def _status(table: SourceTable) -> ColumnMap:
    came = table.called("attendance") or table.called("visit_attendance")
    if not table.has("deleted"):
        return ColumnMap("status", came)
    return ColumnMap("status", expression=f"if(deleted = 'true', 'deleted', \"{came}\")")


def _is_prebooked(table: SourceTable) -> Choice:
    """In the journal before it began; without both times, booked online."""
    if table.has("create_date", "datetime"):
        return ColumnMap("is_prebooked", expression="create_date < datetime")
    return "online"


def _revenue(table: SourceTable) -> ColumnMap | tuple[str, ...]:
    """Of services what was to be paid, else what they cost; goods are added where there are any."""
    services = next((name for name in _SERVICES if table.has(name)), None)
    if services is not None and table.has(_GOODS):
        return ColumnMap("revenue", expression=f'first("{services}", 0) + first("{_GOODS}", 0)')
    return (*_SERVICES, _GOODS)


FORMAT = SourceFormat("YCLIENTS", "orders", _recognises, _maps)
