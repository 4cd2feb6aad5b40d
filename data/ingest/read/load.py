"""Rows of cleaned texts into the temp table of cells, by way of a file that leaves nothing to be guessed.

Invariant: a cleaned cell holds neither tab nor line end, so that tabs and line ends alone tell cells and rows apart;
those of verbatim cells travel as control characters, which no cell holds.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from data.ingest.read.cells import Cells

_INSIDE, _TRAVELLING = "\t\n", "\x01\x02"
_DISGUISE = str.maketrans(_INSIDE, _TRAVELLING)
FIELD_LIMIT = 20_000_000
"""Bytes of one row at most."""


def load(
    con: duckdb.DuckDBPyConnection,
    name: str,
    width: int,
    rows: Iterable[tuple[int, Sequence[str | None]]],
    verbatim: bool = False,
) -> Cells:
    """Stage (line, cells) rows, each with `width` cleaned or verbatim cells, as the cells of table `name`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.tsv")
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(_travelling(rows) if verbatim else _plain(rows))
        return load_file(con, name, width, file, verbatim=verbatim)


def _plain(rows: Iterable[tuple[int, Sequence[str | None]]]) -> Iterator[str]:
    for line, cells in rows:
        yield "\t".join([cell or "" for cell in cells]) + f"\t{line}\n"


def _travelling(rows: Iterable[tuple[int, Sequence[str | None]]]) -> Iterator[str]:
    for line, cells in rows:
        yield "\t".join([(cell or "").translate(_DISGUISE) for cell in cells]) + f"\t{line}\n"


def load_file(
    con: duckdb.DuckDBPyConnection, name: str, width: int, file: Path, skip: int = 0, verbatim: bool = False
) -> Cells:
    """Stage a file of cleaned cells, the line number last, without its first `skip` rows."""
    cells = Cells(name, width, "line", verbatim=verbatim)
    inside = ", ".join(f"translate(c{i}, '{_TRAVELLING}', '{_INSIDE}') as c{i}" for i in range(width))
    shown = f"{inside}, line" if verbatim else "*"
    con.execute(
        f"""create temp table "{cells.table}" as select {shown} from read_csv($path, auto_detect=false, header=false,
        delim='\t', quote='', escape='', new_line='\\n', skip=$skip, columns=$columns, max_line_size={FIELD_LIMIT})""",
        {
            "path": str(file),
            "skip": skip,
            "columns": {f"c{i}": "VARCHAR" for i in range(width)} | {"line": "BIGINT"},
        },
    )
    return cells
