"""Rows that are no records, found among the staged cells: blank rows, totals, the header once more, notes below.

Invariant: what is left out is named with its line; a full row above the end of the table is never taken for a total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from data.ingest.read.cells import Cells
from data.ingest.read.characters import SPACES
from data.ingest.read.findings import found, line_list
from data.ingest.read.layout import TOTAL, is_total
from data.message import say_n
from data.model import Finding

SMALL = 100_000
"""Tables up to this size are searched for totals in every column, larger ones in the first and in the last rows."""
TAIL = 1000
"""Last rows of a large table that are searched in every column."""
END = 40
"""Last rows among which totals and notes close the table."""
_PREFIXES = (
    *("Ито", "ИТО", "ито", "Всег", "ВСЕГ", "всег", "Общ", "ОБЩ", "общ", "Сумм", "сумм"),
    *("Total", "TOTAL", "total", "Grand", "GRAND", "grand", "Sub", "SUB", "sub"),
)
"""How the first cell of a total row begins."""


@dataclass(frozen=True)
class Row:
    """One staged row."""

    row: int
    """Row id in the cells."""
    line: int
    """Line in the file."""
    texts: tuple[str | None, ...]
    """Its cells."""

    @property
    def filled(self) -> list[str]:
        """The cells that are not empty."""
        return [text for text in self.texts if text is not None]


@dataclass(frozen=True)
class LeftOut:
    """Rows that do not belong to the table."""

    blank: tuple[Row, ...]
    """Rows without any text."""
    totals: tuple[Row, ...]
    """Итого, Всего, Total …"""
    notes: tuple[Row, ...]
    """Single texts below the table."""
    headers: tuple[Row, ...]
    """The header again, as where files or pages were put one after another."""

    @property
    def rows(self) -> list[int]:
        """Their row ids."""
        return sorted(each.row for each in (*self.blank, *self.totals, *self.notes, *self.headers))


def left_out(con: duckdb.DuckDBPyConnection, cells: Cells, header: Sequence[str]) -> LeftOut:
    """Find the rows of the cells that are no records; `header` is empty if there is none."""
    headers = _headers(con, cells, [name.strip(SPACES) for name in header])
    blank = _blank(con, cells)
    end = _select(con, cells, f"rowid >= {cells.count(con) - END}")
    closing = _closing(end)
    totals = [row for row in _totals(con, cells) if row.row in closing or None in row.texts]
    notes = _notes(end, closing, {row.row for row in (*blank, *totals)})
    return LeftOut(blank, tuple(totals), tuple(notes), tuple(headers))


def _headers(con: duckdb.DuckDBPyConnection, cells: Cells, names: Sequence[str]) -> list[Row]:
    """Rows that hold nothing but names of the header in their places, and most of them."""
    named = [i for i, name in enumerate(names) if name]
    if len(named) < 2 or cells.typed:  # a name is no value of a type
        return []
    params = {f"n{i}": names[i] for i in named}
    texts = [cells.text(i) for i in range(cells.width)]
    same = " and ".join(
        f"coalesce({texts[i]} = $n{i}, true)" if i in named else f"{texts[i]} is null" for i in range(cells.width)
    )
    filled = " + ".join(f"({texts[i]} is not null)::int" for i in named)
    return _select(con, cells, f"{same} and {filled} > {max(1, len(named) // 2)}", **params)


def _select(con: duckdb.DuckDBPyConnection, cells: Cells, where: str, **params: object) -> list[Row]:
    sql = f'select rowid, {cells.line}, {cells.texts} from "{cells.table}" where {where} order by rowid'
    return [Row(row, line, tuple(texts)) for row, line, *texts in con.execute(sql, params or None).fetchall()]


def _blank(con: duckdb.DuckDBPyConnection, cells: Cells) -> tuple[Row, ...]:
    places = range(cells.width)
    empty = " and ".join(f"{cells.text(i) if cells.verbatim else f'c{i}'} is null" for i in places)
    sql = f'select rowid, {cells.line} from "{cells.table}" where {empty} order by rowid'
    return tuple(Row(row, line, ()) for row, line in con.execute(sql).fetchall())


def _totals(con: duckdb.DuckDBPyConnection, cells: Cells) -> list[Row]:
    rows = cells.count(con)
    where = f"regexp_matches(coalesce({cells.texts}), $total)"
    if rows <= SMALL:
        return _select(con, cells, where, total=TOTAL)
    begin = [] if 0 in cells.typed else [row for (row,) in con.execute(_beginning_like_totals(cells)).fetchall()]
    inner = _select(con, cells, f"list_contains($rows, rowid) and {where}", rows=begin, total=TOTAL) if begin else []
    return [row for row in inner if row.row < rows - TAIL] + _select(
        con, cells, f"rowid >= {rows - TAIL} and {where}", total=TOTAL
    )


def _beginning_like_totals(cells: Cells) -> str:
    """One range a prefix, joined by UNION: DuckDB then skips the row groups whose least and greatest text rule it out,
    which makes this fifty times as fast as one condition."""
    return " union all ".join(
        f"select rowid from \"{cells.table}\" where c0 >= '{prefix}' and c0 < '{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}'"
        for prefix in _PREFIXES
    )


def _closing(end: Sequence[Row]) -> set[int]:
    """Row ids at the very end that are blank, totals or single texts only."""
    closing: set[int] = set()
    for row in reversed(end):
        if row.filled and not is_total(row.filled) and not _is_note(row):
            break
        closing.add(row.row)
    return closing


def _notes(end: Sequence[Row], closing: set[int], others: set[int]) -> list[Row]:
    """Single texts at the end, from the first that stands apart from the records on."""
    notes: list[Row] = []
    previous: Row | None = None
    for row in end:
        apart = previous is not None and (previous.row in others or previous in notes or row.line > previous.line + 1)
        if row.row in closing and row.row not in others and apart:
            notes.append(row)
        previous = row
    return notes


def _is_note(row: Row) -> bool:
    """A bare number is no sentence: it may be a record that tells nothing but its own number."""
    return len(row.texts) > 2 and len(row.filled) == 1 and any(map(str.isalpha, row.filled[0]))


def closing_findings(rows: LeftOut, blanks: Sequence[int]) -> Iterator[Finding]:
    """One finding a kind of row left out, with its lines; `blanks` were not even staged."""
    blank = sorted([*blanks, *(row.line for row in rows.blank)])
    headers = [row.line for row in rows.headers]
    for rule, lines, examples in (
        ("blank_rows", blank, blank),
        ("total_rows", [row.line for row in rows.totals], [" | ".join(row.filled) for row in rows.totals]),
        ("repeated_headers", headers, headers),
        ("note_rows", [row.line for row in rows.notes], [row.filled[0] for row in rows.notes]),
    ):
        if lines:
            yield found(rule, len(lines), _SAID[rule].counting(len(lines), lines=line_list(lines)), examples)


_SAID = {
    "blank_rows": say_n(
        "{n} blank row was left out (line {lines}).", "{n} blank rows were left out (lines {lines}).", 0
    ),
    "total_rows": say_n(
        "{n} total row was left out (line {lines}).", "{n} total rows were left out (lines {lines}).", 0
    ),
    "repeated_headers": say_n(
        "{n} row repeats the header and was left out (line {lines}).",
        "{n} rows repeat the header and were left out (lines {lines}).", 0,
    ),
    "note_rows": say_n(
        "{n} note below the table was left out (line {lines}).",
        "{n} notes below the table were left out (lines {lines}).", 0,
    ),
}  # fmt: skip
"""Kind of row left out → its sentence."""
