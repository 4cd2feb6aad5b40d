"""A spreadsheet as plain rows, for small tables that people enter by hand: plans.

Invariant: the cells are those the reader saw; nothing of the file stays in the database.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.errors import UserError
from data.ingest.read import RawTable, drop, stage
from data.message import say

MOST_ROWS = 20_000
"""A plan has hundreds of rows; a table with more is something else."""


@dataclass(frozen=True)
class SheetTable:
    """One table of a spreadsheet."""

    name: str
    """Sheet, or the file's name without its ending."""
    header: tuple[str, ...]
    """Header texts as found; empty where the table has no header, and then no rows are given either."""
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    """Line in the sheet, cells as text; None: empty."""


def sheet_tables(cursor: duckdb.DuckDBPyConnection, path: Path) -> tuple[SheetTable, ...]:
    """Every table of a file. `UserError` where it cannot be read, or is too large for what people enter by hand."""
    staged = stage(cursor, path)
    try:
        return tuple(_read(cursor, path, table) for table in staged)
    finally:
        for table in staged:
            drop(cursor, table)


def _read(cursor: duckdb.DuckDBPyConnection, path: Path, table: RawTable) -> SheetTable:
    if table.rows > MOST_ROWS:
        raise UserError(
            say("{file} has {n} rows: that is no plan.", file=path.name, n=table.rows),
            hint=say("A plan has a row for each KPI, or for each KPI and period."),
        )
    name = table.sheet or path.stem
    if not table.header:
        return SheetTable(name, (), ())
    columns = ", ".join(f"c{i}::varchar" for i in range(len(table.header)))
    found = cursor.execute(f'select line, {columns} from "{table.table}" order by line').fetchall()
    rows = tuple((int(line), tuple(cells)) for line, *cells in found)
    return SheetTable(name, table.header, rows)
