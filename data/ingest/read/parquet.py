"""Parquet files through DuckDB, every column as text in the same forms as a workbook's."""

from pathlib import Path

import duckdb

from data.ingest.read.cells import Cells, literal
from data.ingest.read.characters import SPACES
from data.ingest.read.filekind import damaged
from data.ingest.read.finish import Top, finish
from data.ingest.read.table import RawTable, cells_of, new_name


def stage_parquet(con: duckdb.DuckDBPyConnection, path: Path) -> RawTable:
    """Stage a Parquet file; its header is its column names."""
    name = new_name()
    try:
        columns = con.execute("describe select * from read_parquet($path)", {"path": literal(path)}).fetchall()
        cells = ", ".join(f"nullif({_text(column[0], column[1])}, '') as c{i}" for i, column in enumerate(columns))
        con.execute(
            f'create temp table "{cells_of(name)}" as select {cells} from read_parquet($path)',
            {"path": literal(path), "spaces": SPACES},
        )
    except duckdb.Error:
        raise damaged(path) from None
    header = tuple(str(column[0]) for column in columns)
    return finish(con, path, None, Cells(name, len(columns), "rowid + 1"), Top(header, ()))


def _text(column: str, kind: str) -> str:
    """SQL of a column as trimmed text; control characters gone, numbers in their shortest form."""
    name = '"' + column.replace('"', '""') + '"'
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"{name} = trunc({name}) and abs({name}) < 1e18"
        return f"trim(case when {whole} then {name}::bigint::varchar else {name}::varchar end, $spaces)"
    if kind == "VARCHAR":
        spaced = f"regexp_replace({name}, '[\\t\\n\\r]+', ' ', 'g')"
        return f"trim(regexp_replace({spaced}, '[\\x00-\\x1f\\x{{fffe}}\\x{{ffff}}]', '', 'g'), $spaces)"
    if kind.startswith("TIMESTAMP"):
        return f"trim(regexp_replace({name}::varchar, ' 00:00:00$', ''), $spaces)"
    return f"trim({name}::varchar, $spaces)"
