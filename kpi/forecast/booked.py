"""What already stands in the calendar for the days to come: a hint, never a fact.

Invariant: nothing here enters a value, a forecast or a target.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Source, Statement

ORDERS = ("orders", "visits")
"""Relations whose rows to come are bookings."""


def booked(
    reader: Reader, relations: Sequence[str], until: date, where: Sequence[tuple[str, Sequence[str]]] = ()
) -> int | None:
    """Bookings after the data's last day and until the given one, cancelled ones left out.

    None where the relations are not made of orders, or no order has a day to come.
    """
    source = reader.sources().get("orders")
    if source is None or not set(relations) & set(ORDERS) or not source.relation.upcoming:
        return None
    now = source.relation.data_until
    if now is None or until <= now:
        return None
    params = Params()
    later = Source(replace(source.relation, data_until=until), source.scope)
    status = "status" in later.relation.columns
    rows = select(later, ["status"] if status else [], params, where=where, days=(now + timedelta(days=1), until))
    open_only = " where status is null or status not in ('cancelled', 'no_show')" if status else ""
    sql = f"select count(*) as booked from ({rows}){open_only}"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), ("orders",), source.scope))
    return int(frame["booked"].iloc[0])
