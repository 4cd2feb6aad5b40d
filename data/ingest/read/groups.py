"""Rows that name the group of the rows below — a master, a branch — become a column, as reports of 1C have them.

Invariant: a group row is left out only if its name reaches every row of the group in a column of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from data.ingest.read.cells import Cells
from data.ingest.read.closing import SMALL
from data.ingest.read.findings import found, line_list
from data.ingest.read.group_rows import GroupRow, by_outline, by_single_cells
from data.message import say_n
from data.model import Finding

DEEPEST = 4
"""Columns in which subtotals are looked for."""
_NAMED = re.compile(r"^([^\W\d][^:]{1,30}):\s+(\S.*)$")
_SUBTOTAL = r"(?i)\s+(?:итог|итого|всего|total)$"


@dataclass(frozen=True)
class Grouped:
    """Cells with a column for each level of groups."""

    cells: Cells
    """The cells, the new columns last."""
    header: tuple[str, ...]
    """The header, with names for them."""
    out: tuple[int, ...] = ()
    """Row ids of group rows and subtotals."""
    findings: tuple[Finding, ...] = field(default=())
    """What was recognised."""


def grouped(
    con: duckdb.DuckDBPyConnection, cells: Cells, names: Sequence[Sequence[str]], levels: Mapping[int, int]
) -> Grouped:
    """The cells with their group rows turned into columns, if they have any; `names`: of each column, from the top."""
    small = cells.count(con) <= SMALL  # reports are; a long list of records is not searched for their rows
    rows = by_outline(con, cells, levels) or (by_single_cells(con, cells) if small else [])
    subtotals = _subtotals(con, cells) if small else []
    about = tuple(_subtotal_findings(subtotals))
    header = tuple(" / ".join(one) for one in names)
    if not rows:
        return Grouped(cells, header, tuple(row for row, _ in subtotals), about)
    depth = max(len(row.path) for row in rows)
    heads = [row for row in rows if row.heads]
    titles, header = _titles(names, header, depth, heads)
    out = (*(row.row for row in heads), *(row for row, _ in subtotals))
    told = (*_group_findings(heads, titles), *about)
    return Grouped(_with_columns(con, cells, rows, depth), (*header, *titles), out, told)


def _titles(
    names: Sequence[Sequence[str]], header: tuple[str, ...], depth: int, heads: Sequence[GroupRow]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the group columns, and the header with them taken off the column in which the groups stood."""
    if names and len(names[0]) == depth + 1:
        return tuple(names[0][:-1]), (names[0][-1], *header[1:])
    word = "Группа" if re.search("[а-яё]", " ".join(header).lower()) else "Group"
    said = {match[1] if (match := _NAMED.match(_own(row))) else None for row in heads}
    if depth == 1 and len(said) == 1 and (key := said.pop()) is not None:
        return (key,), header
    return tuple(f"{word} {level}" if depth > 1 else word for level in range(1, depth + 1)), header


def _own(row: GroupRow) -> str:
    return next((text for text in reversed(row.path) if text), "")


def _with_columns(con: duckdb.DuckDBPyConnection, cells: Cells, rows: Sequence[GroupRow], depth: int) -> Cells:
    """The cells with the path of each row's groups; row ids stay."""
    table, paths = cells.table, f"{cells.table}_groups"
    columns = ", ".join(f"p{level} varchar" for level in range(depth))
    con.execute(f'create temp table "{paths}" (since bigint, {columns})')
    places = ", ".join("?" for _ in range(depth + 1))
    con.executemany(f'insert into "{paths}" values ({places})', [(row.row, *map(_value, row.path)) for row in rows])
    added = ", ".join(f"p{level} as c{cells.width + level}" for level in range(depth))
    con.execute(
        f"""create temp table "{table}_grouped" as select {cells.columns}, {added}, {cells.line} as line
        from (select rowid as id, * from "{table}") asof left join "{paths}" on id >= since order by id"""
    )
    con.execute(f'drop table "{paths}"')
    con.execute(f'drop table "{table}"')
    con.execute(f'alter table "{table}_grouped" rename to "{table}"')
    return Cells(cells.name, cells.width + depth, "line")


def _value(name: str | None) -> str | None:
    match = _NAMED.match(name) if name else None
    return match[2] if match else name


def _subtotals(con: duckdb.DuckDBPyConnection, cells: Cells) -> list[tuple[int, int]]:
    """«Аня Итог» below the rows of «Аня», as a spreadsheet's own subtotals are written: row id and line."""
    found_rows: set[tuple[int, int]] = set()
    for i in range(min(cells.width, DEEPEST)):
        sql = f"""select rowid, {cells.line} from "{cells.table}" where regexp_matches(c{i}, $subtotal)
        and regexp_replace(c{i}, $subtotal, '') in (select c{i} from "{cells.table}")
        and ({" or ".join(f"c{j} is null" for j in range(cells.width))})"""
        found_rows.update(con.execute(sql, {"subtotal": _SUBTOTAL}).fetchall())
    return sorted(found_rows)


def _group_findings(heads: Sequence[GroupRow], titles: Sequence[str]) -> Iterator[Finding]:
    n, lines = len(heads), line_list([row.line for row in heads])
    message = say_n(
        "{n} row names the rows below it (line {lines}). Its text became {columns}; the row itself, with "
        "its subtotals, was left out.",
        "{n} rows name the rows below them (lines {lines}). Their texts became {columns}; the rows "
        "themselves, with their subtotals, were left out.",
        n,
        lines=lines,
        columns=", ".join(f"«{title}»" for title in titles),
    )
    yield found("group_rows", n, message, [_own(row) for row in heads])


def _subtotal_findings(rows: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    if n := len(rows):
        message = say_n(
            "{n} subtotal row was left out (line {lines}).",
            "{n} subtotal rows were left out (lines {lines}).",
            n,
            lines=line_list([line for _, line in rows]),
        )
        yield found("subtotal_rows", n, message, [line for _, line in rows])
