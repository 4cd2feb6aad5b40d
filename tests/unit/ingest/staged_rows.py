"""A staged table made of rows, as the reader would leave it: trimmed text, NULL where empty."""

import uuid
from collections.abc import Sequence

import duckdb

from data.ingest.read import RawTable


def staged(
    con: duckdb.DuckDBPyConnection, header: Sequence[str], rows: Sequence[Sequence[str | None]], file: str = "table.csv"
) -> RawTable:
    """The rows as a staged table; the first data line is line 2."""
    table = f"raw_{uuid.uuid4().hex}"
    columns = ", ".join(f"c{place} varchar" for place in range(len(header)))
    con.execute(f"create temp table {table} ({columns}, line bigint)")
    if rows:
        places = ", ".join("?" for _ in range(len(header) + 1))
        con.executemany(f"insert into {table} values ({places})", [[*row, n] for n, row in enumerate(rows, start=2)])
    return RawTable(table, file, None, tuple(header), len(rows), (), True)


def column(con: duckdb.DuckDBPyConnection, cells: Sequence[str | None], header: str = "x") -> RawTable:
    """One column."""
    return staged(con, [header], [[cell] for cell in cells])
