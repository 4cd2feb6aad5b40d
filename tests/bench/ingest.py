"""Importing a clean CSV of a million rows, against DuckDB's own CREATE TABLE AS read_csv of the same file."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import duckdb

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.orders_csv import write_orders
from tests.bench.timing import Ratio, compare

LIMIT = 2.0


def run(folder: Path) -> Iterator[Ratio]:
    """Each run imports into a workspace, or a database file, of its own."""
    path = write_orders(folder / "orders.csv")
    number = itertools.count()

    def ours() -> None:
        store = Store.open(folder / f"workspace{next(number)}")
        try:
            reports = store.publish(path, None, ImportOptions())
            assert reports[0].rows_out == reports[0].rows_in
        finally:
            store.close()

    def yardstick() -> None:
        with duckdb.connect(str(folder / f"plain{next(number)}.duckdb")) as plain:
            plain.execute(f"create table orders as select * from read_csv('{path}')")

    yield compare("import of a clean CSV, 1M rows", ours, yardstick, limit=LIMIT, rounds=3)
