"""From staged cells to the RawTable: rows and columns that hold nothing are left out, named and counted.

Invariant: every row of the cells is either in the RawTable or in a finding with its line number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.errors import UnreadableFile
from data.ingest.read.cells import Cells
from data.ingest.read.closing import LeftOut, closing_findings, left_out
from data.ingest.read.findings import found
from data.ingest.read.table import RawTable
from data.message import Message, say, say_n
from data.model import Finding

MAX_COLUMNS = 2000

LISTED = 200
"""Rows left out by number in the view; with more, the cells are copied without them."""


class NoRows(UnreadableFile):
    """There is no record in the file, or the sheet, but perhaps a `header`."""

    def __init__(self, title: Message, header: tuple[str, ...] = ()) -> None:
        super().__init__(title)
        self.header = header


@dataclass(frozen=True)
class Top:
    """What was decided above the data."""

    header: tuple[str, ...] | None
    """Header texts; None if there is no header row."""
    findings: tuple[Finding, ...]
    """Dialect, titles, repairs."""
    out: tuple[int, ...] = ()
    """Row ids of cells already found to be no records, and told of."""
    added: int = 0
    """Columns at the end that the rows do not have of their own."""
    verbatim: bool = False
    """Columns that hold nothing are kept too."""
    blanks: tuple[int, ...] = ()
    """Blank lines that were not staged."""


def finish(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    sheet: str | None,
    cells: Cells,
    top: Top,
    *,
    records_only: bool = False,
) -> RawTable:
    """The RawTable over the cells; `records_only`: each row is a record, whatever it looks like.

    Raises UnreadableFile, and frees the cells, if no record is left.
    """
    own = replace(cells, width=cells.width - top.added)
    out = LeftOut((), (), (), ()) if records_only else left_out(con, own, (top.header or ())[: own.width])
    rows_out = sorted({*out.rows, *top.out})
    rows = cells.count(con) - len(rows_out)
    if rows == 0:
        con.execute(f'drop table "{cells.table}"')
        raise no_rows(path, top.header)
    kept = list(range(cells.width)) if top.verbatim else _kept(con, cells, top.header)
    _view(con, cells, kept, rows_out)
    header = tuple(top.header[i] for i in kept) if top.header is not None else ()
    left = closing_findings(out, top.blanks)
    about = (*top.findings, *left, *_dropped(cells.width - len(kept)), *_same_names(header))
    typed = {new: cells.typed[old] for new, old in enumerate(kept) if old in cells.typed}
    return RawTable(cells.name, path.name, sheet, header, rows, about, top.header is not None, typed)


def no_rows(path: Path, header: tuple[str, ...] | None) -> NoRows:
    """The file has no record."""
    if header is not None:
        return NoRows(say("{file} has a header but no rows below it.", file=path.name), header)
    return NoRows(say("{file} has no rows.", file=path.name))


def refuse_too_wide(path: Path, width: int) -> None:
    """Raises UnreadableFile for more columns than any table of a business has."""
    if width > MAX_COLUMNS:
        raise UnreadableFile(
            say("{file} has {n} columns; at most {most} can be read.", file=path.name, n=width, most=MAX_COLUMNS)
        )


def _kept(con: duckdb.DuckDBPyConnection, cells: Cells, header: tuple[str, ...] | None) -> list[int]:
    """Columns that have a header or a value; without a header row, those up to the last that has a value."""
    unnamed = [i for i in range(cells.width) if header is None or not header[i]]
    filled = _filled(con, cells, unnamed)
    if header is None:
        return list(range(max(filled, default=0) + 1))
    return [i for i in range(cells.width) if header[i] or i in filled]


def _filled(con: duckdb.DuckDBPyConnection, cells: Cells, columns: Sequence[int]) -> set[int]:
    if not columns:
        return set()
    counts = ", ".join(f"count(c{i})" for i in columns)
    row = con.execute(f'select {counts} from "{cells.table}"').fetchone()
    assert row is not None, "an aggregate always has one row"
    return {column for column, n in zip(columns, row, strict=True) if n}


def _view(con: duckdb.DuckDBPyConnection, cells: Cells, kept: Sequence[int], out: list[int]) -> None:
    line = cells.line
    if len(out) > LISTED:
        _copy_without(con, cells, out)
        out, line = [], "line"
    columns = ", ".join(f"c{old} as c{new}" for new, old in enumerate(kept))
    where = f" where rowid not in ({', '.join(map(str, out))})" if out else ""
    con.execute(f'create temp view "{cells.name}" as select {columns}, {line} as line from "{cells.table}"{where}')


def _copy_without(con: duckdb.DuckDBPyConnection, cells: Cells, rows: list[int]) -> None:
    """Copied rather than deleted: after a DELETE the row ids, and so the lines, might change."""
    con.execute(
        f"""create temp table "{cells.table}_kept" as select {cells.columns}, {cells.line} as line
        from "{cells.table}" where rowid not in (select unnest($rows)) order by rowid""",
        {"rows": rows},
    )
    con.execute(f'drop table "{cells.table}"')
    con.execute(f'alter table "{cells.table}_kept" rename to "{cells.table}"')


def _dropped(n: int) -> Iterator[Finding]:
    if n:
        message = say_n(
            "{n} column without a header and without values was left out.",
            "{n} columns without a header and without values were left out.",
            n,
        )
        yield found("empty_columns", n, message)


def _same_names(header: tuple[str, ...]) -> Iterator[Finding]:
    names = sorted({name for name in header if name and header.count(name) > 1})
    if names:
        message = say_n(
            "{n} header stands over several columns: {names}. All are kept.",
            "{n} headers stand over several columns: {names}. All are kept.",
            len(names),
            names=", ".join(names),
        )
        yield found("same_header", len(names), message, examples=names, warning=True)
