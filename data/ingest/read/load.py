"""Rows of text into the temp table of cells, by way of a CSV file that leaves nothing to be guessed."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from data.ingest.read.cells import Cells

FIELD_LIMIT = 20_000_000
"""Bytes of one row at most."""


def load(
    con: duckdb.DuckDBPyConnection, name: str, width: int, rows: Iterable[tuple[int, Sequence[str | None]]]
) -> Cells:
    """Stage (line, cells) rows, each with `width` cleaned cells, as the cells of table `name`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.csv")
        with file.open("w", encoding="utf-8", newline="") as target:
            write_row = csv.writer(target, lineterminator="\n").writerow
            for line, cells in rows:
                write_row([*cells, line])
        return load_file(con, name, width, file)


def load_file(con: duckdb.DuckDBPyConnection, name: str, width: int, file: Path, skip: int = 0) -> Cells:
    """Stage a file of cleaned cells, the line number last, without its first `skip` rows."""
    cells = Cells(name, width, "line")
    con.execute(
        f"""create temp table "{cells.table}" as select * from read_csv($path, auto_detect=false, header=false,
        delim=',', quote='"', escape='"', skip=$skip, columns=$columns, max_line_size={FIELD_LIMIT})""",
        {
            "path": str(file),
            "skip": skip,
            "columns": {f"c{i}": "VARCHAR" for i in range(width)} | {"line": "BIGINT"},
        },
    )
    return cells
