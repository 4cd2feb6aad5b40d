"""The process that opens an untrusted Parquet file: `python -m data.ingest.read.parquet_child`.

Invariant: it limits its own memory and time before DuckDB touches the file; its parent gets text cells, never the file;
no cells of a file with more columns than asked for.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

from data.ingest.read.characters import SPACES
from data.ingest.read.limits import DAMAGED, limit

HEADER, CELLS = "header.json", "cells.tsv"
"""Names of the files in the folder."""
_MEMORY = 6 << 30
"""Address space: DuckDB reserves more than it uses."""


def main(request: dict[str, Any]) -> int:
    """Write the column names and the cells of the file, row number last; the exit status."""
    limit(request["seconds"], _MEMORY)
    folder = Path(request["folder"])
    try:
        with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as con:
            con.execute("set temp_directory = ''")
            columns = con.execute("describe select * from read_parquet($path)", {"path": request["pattern"]}).fetchall()
            (folder / HEADER).write_text(json.dumps([str(name) for name, *_ in columns]), "utf-8")
            if len(columns) > request["most"]:
                return 0
            cells = ", ".join(f"coalesce({_text(name, kind)}, '')" for name, kind, *_ in columns)
            con.execute(
                f"copy (select {cells}, row_number() over () from read_parquet($path)) "
                f"to '{folder / CELLS}' (header false, delimiter '\t', quote '', escape '')",
                {"path": request["pattern"]},
            )
    except (duckdb.Error, MemoryError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return DAMAGED
    return 0


def _text(column: str, kind: str) -> str:
    """SQL of a column as trimmed text; control characters gone, numbers in their shortest form."""
    name = '"' + column.replace('"', '""') + '"'
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"{name} = trunc({name}) and abs({name}) < 1e18"
        return f"case when {whole} then {name}::bigint::varchar else {name}::varchar end"
    text = f"{name}::varchar"
    if kind.startswith("TIMESTAMP"):
        return f"regexp_replace({text}, ' 00:00:00$', '')"
    if kind in _CLEAN:
        return text
    spaced = f"regexp_replace({text}, '[\\t\\n\\r]+', ' ', 'g')"
    return f"trim(regexp_replace({spaced}, '[\\x00-\\x1f\\x{{fffe}}\\x{{ffff}}]', '', 'g'), '{SPACES}')"


_CLEAN = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "HUGEINT", "BOOLEAN", "DATE", "TIME")
"""Types whose texts hold nothing to clean."""


if __name__ == "__main__":
    sys.exit(main(json.load(sys.stdin)))
