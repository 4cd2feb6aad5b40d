"""From staged cells to the RawTable: blank, total and note rows are left out, named and counted; `line` is added.

Invariant: every row of the cells is either in the RawTable or in a finding with its line number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.errors import UnreadableFile
from data.ingest.read.findings import found, line_list
from data.ingest.read.layout import TOTAL, is_total
from data.ingest.read.table import RawTable, cells_of
from data.message import say, say_n
from data.model import Finding

SMALL = 100_000
"""Tables up to this size are searched for totals in every column, larger ones in the first column and the last rows."""
TAIL = 1000
LISTED = 200
"""Rows left out by number; more are left out by a table of their numbers."""
_PREFIXES = ("Ито", "ИТО", "ито", "Всег", "ВСЕГ", "всег", "Общ", "ОБЩ", "общ", "Сумма", "сумма",
             "Total", "TOTAL", "total", "Grand", "GRAND", "grand", "Sub", "SUB", "sub")  # fmt: skip


@dataclass(frozen=True)
class Cells:
    """A temp table of text cells."""

    name: str
    """The RawTable's name; the cells stand in `cells_of(name)`."""
    width: int
    """Columns c0…"""
    line: str
    """SQL of the line number: the column `line`, or computed from `rowid`."""


@dataclass(frozen=True)
class Top:
    """What was decided above the data."""

    header: tuple[str, ...] | None
    """Header texts; None if there is no header row."""
    findings: tuple[Finding, ...]
    """Dialect, titles, repairs."""


def finish(con: duckdb.DuckDBPyConnection, path: Path, sheet: str | None, cells: Cells, top: Top) -> RawTable:
    """The RawTable over the cells. Raises UnreadableFile if no record is left."""
    blank = _blank_rows(con, cells)
    totals, notes = _closing_rows(con, cells, {row for row, _ in blank})
    kept, header, dropped = _columns(con, cells, top.header)
    left_out = [row for row, _ in (*blank, *totals, *notes)]
    rows = _count(con, cells) - len(left_out)
    _view(con, cells, kept, left_out)
    if rows == 0:
        raise UnreadableFile(
            say("{file} has a header but no rows below it.", file=path.name)
            if top.header
            else say("{file} has no rows.", file=path.name)
        )
    findings = (*top.findings, *_findings(blank, totals, notes), *dropped, *_same_names(header))
    return RawTable(cells.name, path.name, sheet, header, rows, findings, top.header is not None)


Numbered = list[tuple[int, int]]
"""(rowid, line) pairs."""


def _blank_rows(con: duckdb.DuckDBPyConnection, cells: Cells) -> Numbered:
    empty = " and ".join(f"c{i} is null" for i in range(cells.width))
    return con.execute(
        f'select rowid, {cells.line} from "{cells_of(cells.name)}" where {empty} order by rowid'
    ).fetchall()


def _closing_rows(con: duckdb.DuckDBPyConnection, cells: Cells, blank: set[int]) -> tuple[Numbered, Numbered]:
    """Total rows, and single notes below the table."""
    found_rows = _total_candidates(con, cells)
    end = _tail(con, cells)
    totals: dict[int, int] = {}
    notes: dict[int, int] = {}
    previous = None
    closing = _closing_block(end, blank, cells.width)
    for row, line, *texts in found_rows:
        if row in closing or any(text is None for text in texts):
            totals[row] = line
    for row, line, *texts in end:
        gap = previous is None or previous[0] in blank | totals.keys() | notes.keys() or line > previous[1] + 1
        if row not in totals and row not in blank and row in closing and gap and _is_note(texts):
            notes[row] = line
        previous = (row, line)
    return sorted(totals.items()), sorted(notes.items())


def _closing_block(end: Sequence[Sequence[object]], blank: set[int], width: int) -> set[int]:
    """Rows at the very end that are blank, totals or notes only."""
    closing: set[int] = set()
    for row, _, *texts in reversed(end):
        filled = ["" if text is None else str(text) for text in texts]
        if row not in blank and not is_total(filled) and not (width > 2 and _is_note(texts)):
            break
        closing.add(int(str(row)))
    return closing


def _is_note(texts: Sequence[object]) -> bool:
    return len(texts) > 2 and sum(text is not None for text in texts) == 1


def _total_candidates(con: duckdb.DuckDBPyConnection, cells: Cells) -> list[tuple[object, ...]]:
    table, names = cells_of(cells.name), _names(cells)
    first = f"coalesce({names})"
    rows = _count(con, cells)
    where = f"regexp_matches({first}, $total)"
    if rows > SMALL:
        prefixes = " or ".join(f"starts_with(c0, '{prefix}')" for prefix in _PREFIXES)
        where = f"(rowid >= {rows - TAIL} and {where}) or (({prefixes}) and regexp_matches(c0, $total))"
    return con.execute(
        f'select rowid, {cells.line}, {names} from "{table}" where {where} order by rowid', {"total": TOTAL}
    ).fetchall()


def _tail(con: duckdb.DuckDBPyConnection, cells: Cells) -> list[tuple[object, ...]]:
    start = _count(con, cells) - 30
    return con.execute(
        f'select rowid, {cells.line}, {_names(cells)} from "{cells_of(cells.name)}" where rowid >= {start} order by rowid'
    ).fetchall()


def _names(cells: Cells) -> str:
    return ", ".join(f"c{i}" for i in range(cells.width))


def _count(con: duckdb.DuckDBPyConnection, cells: Cells) -> int:
    row = con.execute(f'select count(*) from "{cells_of(cells.name)}"').fetchone()
    assert row is not None
    return int(row[0])


def _columns(
    con: duckdb.DuckDBPyConnection, cells: Cells, header: tuple[str, ...] | None
) -> tuple[list[int], tuple[str, ...], tuple[Finding, ...]]:
    """The columns kept, their headers, and a finding for those without header and value."""
    named = [*(header or ())] + [""] * (cells.width - len(header or ()))
    unnamed = [i for i in range(cells.width) if not named[i]]
    filled = _filled(con, cells, unnamed)
    if header is None:
        last = max((i for i in filled), default=0)
        empty = [i for i in unnamed if i > last]
    else:
        empty = [i for i in unnamed if i not in filled]
    kept = [i for i in range(cells.width) if i not in set(empty)]
    dropped = found(
        "empty_columns", len(empty),
        say_n("{n} column without a header and without values was left out.",
              "{n} columns without a header and without values were left out.", len(empty)),
        examples=[i + 1 for i in empty],
    )  # fmt: skip
    texts = tuple(named[i] for i in kept) if header is not None else ()
    return kept, texts, (dropped,) if empty else ()


def _filled(con: duckdb.DuckDBPyConnection, cells: Cells, columns: Sequence[int]) -> set[int]:
    if not columns:
        return set()
    counts = ", ".join(f"count(c{i})" for i in columns)
    row = con.execute(f'select {counts} from "{cells_of(cells.name)}"').fetchone()
    assert row is not None
    return {column for column, n in zip(columns, row, strict=True) if n}


def _view(con: duckdb.DuckDBPyConnection, cells: Cells, kept: Sequence[int], left_out: Iterable[int]) -> None:
    numbers = sorted(left_out)
    table, line = cells_of(cells.name), cells.line
    if len(numbers) > LISTED:
        _without(con, cells, numbers)
        numbers, line = [], "line"
    columns = ", ".join(f"c{old} as c{new}" for new, old in enumerate(kept))
    where = f" where rowid not in ({', '.join(map(str, numbers))})" if numbers else ""
    con.execute(f'create temp view "{cells.name}" as select {columns}, {line} as line from "{table}"{where}')


def _without(con: duckdb.DuckDBPyConnection, cells: Cells, rows: Sequence[int]) -> None:
    """Copy the cells without these rows: after a DELETE the row ids, and so the lines, might change."""
    table = cells_of(cells.name)
    con.execute(
        f"""create temp table "{table}_kept" as select {_names(cells)}, {cells.line} as line from "{table}"
        where rowid not in (select unnest($rows)) order by rowid""",
        {"rows": rows},
    )
    con.execute(f'drop table "{table}"')
    con.execute(f'alter table "{table}_kept" rename to "{table}"')


def _findings(blank: Numbered, totals: Numbered, notes: Numbered) -> Iterable[Finding]:
    if blank:
        yield left_out_blank([line for _, line in blank])
    if totals:
        n, lines = len(totals), [line for _, line in totals]
        yield found("total_rows", n, say_n(
            "{n} total row was left out (line {lines}).", "{n} total rows were left out (lines {lines}).",
            n, lines=line_list(lines)), examples=lines)  # fmt: skip
    if notes:
        n, lines = len(notes), [line for _, line in notes]
        yield found("note_rows", n, say_n(
            "{n} note below the table was left out (line {lines}).",
            "{n} notes below the table were left out (lines {lines}).", n, lines=line_list(lines)),
            examples=lines)  # fmt: skip


def left_out_blank(lines: Sequence[int]) -> Finding:
    """The finding for blank rows."""
    n = len(lines)
    return found("blank_rows", n, say_n(
        "{n} blank row was left out (line {lines}).", "{n} blank rows were left out (lines {lines}).",
        n, lines=line_list(lines)), examples=lines)  # fmt: skip


def _same_names(header: tuple[str, ...]) -> Iterable[Finding]:
    names = sorted({name for name in header if name and header.count(name) > 1})
    if names:
        yield found("same_header", len(names), say_n(
            "{n} header stands over several columns: {names}. All are kept.",
            "{n} headers stand over several columns: {names}. All are kept.", len(names), names=", ".join(names)),
            examples=names, warning=True)  # fmt: skip
