"""Tables as files that leave: CSV for spreadsheets, Parquet for programs.

Invariant: no text cell and no header of a CSV begins as a formula; Parquet holds every value as it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from data.store.identifiers import quoted

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STARTS = "regexp_matches({cell}, '^[=+\\-@\\t\\r]')"
_NUMBERS = ("DOUBLE", "DECIMAL")


@dataclass(frozen=True)
class Dialect:
    """How a spreadsheet program of some country reads CSV."""

    separator: str
    """Between the cells."""
    decimal: str
    """Before the decimals."""


PLAIN = Dialect(",", ".")
"""Of English programs, and of other software."""
RUSSIAN = Dialect(";", ",")
"""Of Russian spreadsheet programs."""


def write_csv(
    cursor: duckdb.DuckDBPyConnection, select: str, names: Mapping[str, str], path: Path, dialect: Dialect
) -> None:
    """The rows of a SELECT, columns under their names, UTF-8 with a byte order mark."""
    kinds = {row[0]: str(row[1]) for row in cursor.execute(f"describe {select}").fetchall()}
    listed = ", ".join(
        f"{_cell(quoted(column), kinds[column], dialect)} as {quoted(safe(name))}" for column, name in names.items()
    )
    body = path.with_suffix(".body")
    _copy(cursor, f"select {listed} from ({select})", body, f"format csv, header, delimiter '{dialect.separator}'")
    with path.open("wb") as file, body.open("rb") as rows:
        file.write(BOM.encode())
        while block := rows.read(1 << 20):
            file.write(block)
    body.unlink()


def write_parquet(cursor: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    """The rows of a SELECT as they are stored."""
    _copy(cursor, select, path, "format parquet")


def frame_csv(frame: pd.DataFrame, path: Path, dialect: Dialect) -> None:
    """A small table, the same way."""
    named = frame.rename(columns=lambda name: safe(str(name)))
    cells = named.map(lambda cell: safe(cell) if isinstance(cell, str) else cell)
    path.write_text(BOM + cells.to_csv(index=False, sep=dialect.separator, decimal=dialect.decimal), encoding="utf-8")


def safe(text: str) -> str:
    """A text that no spreadsheet reads as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(column: str, kind: str, dialect: Dialect) -> str:
    if kind == "VARCHAR":
        return f"case when {_STARTS.format(cell=column)} then '''' || {column} else {column} end"
    if kind.startswith(_NUMBERS) and dialect.decimal != ".":
        return f"replace(cast({column} as varchar), '.', '{dialect.decimal}')"
    return column


def _copy(cursor: duckdb.DuckDBPyConnection, select: str, path: Path, how: str) -> None:
    cursor.execute("copy ({}) to '{}' ({})".format(select, str(path).replace("'", "''"), how))
