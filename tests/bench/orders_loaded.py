"""Orders by the million in a workspace: those of `orders_csv`, most of them put where an import would put them.

Invariant: the workspace is what the import of all of them would have left, but for the original file.
"""

from pathlib import Path

from data.ingest.staged import ImportOptions
from data.store.refresh import bump, refresh
from data.store.store import Store
from data.store.transaction import transaction
from tests.bench.orders_csv import SELECT, write_orders

IMPORTED = 1_000_000
"""As many are imported whole."""
_STEP = 5_000_000
"""Rows of one transaction."""
_SAMPLE = 10_000
"""Of more, so many are imported, to settle what there is; the others follow by themselves."""


def load_orders(store: Store, folder: Path, rows: int) -> None:
    """Two years of orders in the workspace."""
    if rows <= IMPORTED:
        store.publish(write_orders(folder / "orders.csv", rows), None, ImportOptions())
        return
    store.publish(write_orders(folder / "orders.csv", _SAMPLE), None, ImportOptions())
    today = store.clock().date()
    with store.writing() as cursor:
        cursor.execute("delete from fact_orders")
        for begin in range(0, rows, _STEP):
            with transaction(cursor):
                values = {"rows": rows, "begin": begin, "end": min(rows, begin + _STEP), "first": 1}
                cursor.execute(_INSERT, values)
        with transaction(cursor):
            refresh(cursor, ["orders"], today, single=["orders"])
            bump(cursor)


_INSERT = f"""insert into fact_orders by name
select 1::integer as _import, order_id + 1 as _line, order_id::decimal(38, 0) as _key, true as _live,
    'orders' as _source, cast(coalesce(finished_at, scheduled_at) as date) as _day, * from ({SELECT})"""
