"""The headers of a staged table, with stand-ins where it has none.

Invariant: one text a column; stand-ins are used only to speak of columns, never to recognise them.
"""

import duckdb

from data.ingest.read import RawTable


def header_of(con: duckdb.DuckDBPyConnection, raw: RawTable) -> tuple[str, ...]:
    """Headers as found; «Column 1», «Column 2» … for a table without a header row."""
    if raw.header:
        return raw.header
    described = con.execute(f"select * from {raw.table} limit 0").description or []
    columns = [name for name, *_ in described if name != "line"]
    return tuple(f"Column {place}" for place in range(1, len(columns) + 1))
