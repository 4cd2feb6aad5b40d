"""Rows that were not loaded, kept for download.

Invariant: a rejected row keeps its line number, the reason and every cell as it was found.
"""

import json

import duckdb
import pandas as pd

from data.store.identifiers import quoted
from data.store.part import Part


def keep_rejects(cursor: duckdb.DuckDBPyConnection, part: Part, table: str) -> None:
    """Copy the rejected rows of a staged table (`line`, `reason`, `rule`, c0…) to the store."""
    columns = [str(row[0]) for row in cursor.execute(f"describe {table}").fetchall()]
    cells = sorted((name for name in columns if name[0] == "c" and name[1:].isdigit()), key=lambda name: int(name[1:]))
    array = f"to_json([{', '.join(f'cast({quoted(name)} as varchar)' for name in cells)}])" if cells else "'[]'"
    cursor.execute(
        f"""insert into rejects select {part.import_id}, {part.number}, line, rule, reason, {array} from {table}"""
    )


def rejected_rows(cursor: duckdb.DuckDBPyConnection, import_id: int, parts: tuple[Part, ...]) -> pd.DataFrame:
    """One row a rejected row: sheet, line, reason, then the file's own columns as texts."""
    frames = [_frame(cursor, import_id, part) for part in parts]
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=["sheet", "line", "reason"])


def _frame(cursor: duckdb.DuckDBPyConnection, import_id: int, part: Part) -> pd.DataFrame:
    rows = cursor.execute(
        "select line, reason, cells from rejects where import = ? and part = ? order by line", [import_id, part.number]
    ).fetchall()
    cells = [json.loads(row[2]) for row in rows]
    width = max((len(row) for row in cells), default=0)
    names = _names(part.header, width)
    told = [(part.sheet or "", line, reason) for line, reason, _ in rows]
    head = pd.DataFrame(told, columns=["sheet", "line", "reason"])
    return pd.concat([head, pd.DataFrame(cells, columns=names[:width])], axis=1)


def _names(header: tuple[str, ...], width: int) -> list[str]:
    """The headers, made different from each other and from the three columns before them."""
    names: list[str] = []
    for place in range(width):
        name = header[place] if place < len(header) and header[place] else f"column {place + 1}"
        while name in names or name in ("sheet", "line", "reason"):
            name += "_"
        names.append(name)
    return names
