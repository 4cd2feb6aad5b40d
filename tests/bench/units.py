"""What settling the unit of a column costs: a million plain cells, against reading them as bare numbers."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from data.ingest.clean.cells import cells_of
from data.ingest.clean.measured import settle_measured
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Session
from data.model import Column
from data.schema.loader import fact
from tests.bench.timing import Ratio, compare

LIMIT = 2.0
ROWS = 1_000_000
_WRITTEN = {
    "plain amounts": ("price", "Цена", "(i % 5000)::varchar || '.50'"),
    "amounts as «1 234,50 ₽»": ("price", "Цена", "replace(format('{:,}', i % 900000 + 1000), ',', ' ') || ',50 ₽'"),
    "seconds": ("talk_seconds", "Разговор", "(i % 400)::varchar"),
}
"""What is written → its target column, header and SQL."""


def run(_folder: Path) -> Iterator[Ratio]:
    """Each column is staged once and settled anew in every run: a session keeps what it counted."""
    with duckdb.connect() as con:
        for place, (name, (target, header, cell)) in enumerate(_WRITTEN.items()):
            con.execute(f"create temp table t{place} as select {cell} as c0, i as line from range({ROWS}) r(i)")
            yield _compared(con, f"settling {name}, 1M cells", fact("calls").column(target), f"t{place}", header)


def _compared(con: duckdb.DuckDBPyConnection, name: str, column: Column, table: str, header: str) -> Ratio:
    def fresh() -> tuple[Session, Cells]:
        session = Session(con)
        return session, cells_of(session, table, (header,), [0])[0]

    return compare(
        name, lambda: settle_measured(*fresh(), column), lambda: settle_number(*fresh(), column.type), limit=LIMIT,
        rounds=5,
    )  # fmt: skip
