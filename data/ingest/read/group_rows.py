"""Which rows name the group of the rows below them: by the outline of the sheet, or by standing alone.

Invariant: a row with more than one text of its own is a record, whatever its level in the outline; texts alone are
groups only where the records hold no texts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from data.ingest.read.cellkind import kind
from data.ingest.read.cells import Cells, number
from data.ingest.read.layout import column_kind, is_total

MOST = 5000
"""Rows with a single cell above which the table is merely sparse."""
SAMPLE = 400
"""Records whose cells show what a column holds."""
DEEPEST = 4


@dataclass(frozen=True)
class GroupRow:
    """One row that names a group."""

    row: int
    """Row id in the cells."""
    line: int
    """Line in the sheet."""
    path: tuple[str | None, ...]
    """Names of the groups its rows are in, the outermost first; all None: no group any more."""
    heads: bool = True
    """Whether the row itself is the group's name; otherwise it is a record that ends a group."""


def by_outline(con: duckdb.DuckDBPyConnection, cells: Cells, levels: Mapping[int, int]) -> list[GroupRow]:
    """Group rows by the levels of the outline: a row is the name of the deeper rows that follow it."""
    if not levels:
        return []
    sql = f'select rowid, {cells.line}, {cells.columns} from "{cells.table}" order by rowid'
    rows = [(row, line, [text for text in texts if text]) for row, line, *texts in con.execute(sql).fetchall()]
    filled = [row for row in rows if row[2]]
    depth = max((levels.get(line, 0) for _, line, _ in filled), default=0)
    found_rows: list[GroupRow] = []
    path: list[str | None] = []
    for (row, line, texts), (_, next_line, _) in zip(filled, [*filled[1:], (0, 0, [])], strict=True):
        level = levels.get(line, 0)
        if levels.get(next_line, 0) > level:
            if not _is_group_name(texts):
                return []
            path = [*path[:level], *[None] * (level - len(path)), texts[0]]
            found_rows.append(GroupRow(row, line, _filled_up(path, depth)))
        elif len(path) > level and not is_total(texts):
            path = path[:level]
            found_rows.append(GroupRow(row, line, _filled_up(path, depth), heads=False))
    return found_rows if depth <= DEEPEST else []


def _is_group_name(texts: Sequence[str]) -> bool:
    """One text, and otherwise numbers: the subtotals of the group."""
    return kind(texts[0]) != "number" and all(kind(text) == "number" for text in texts[1:])


def _filled_up(path: Sequence[str | None], depth: int) -> tuple[str | None, ...]:
    return (*path, *[None] * (depth - len(path)))


def by_single_cells(con: duckdb.DuckDBPyConnection, cells: Cells) -> list[GroupRow]:
    """Group rows by their look: one text alone, in a column that otherwise holds dates, numbers or nothing."""
    if cells.width < 3:
        return []
    filled = " + ".join(f"(c{i} is not null)::int" for i in range(cells.width))
    singles = con.execute(
        f"""select rowid, {cells.line}, coalesce({cells.columns}), {_first_filled(cells)} from "{cells.table}"
        where {filled} = 1 order by rowid limit {MOST + 1}"""
    ).fetchall()
    singles = [one for one in singles if kind(one[2]) == "text" and not is_total([one[2]])]
    first_record = number(con, f'select coalesce(min(rowid), -1) from "{cells.table}" where {filled} > 1')
    records = number(con, f'select count(*) from "{cells.table}" where {filled} > 1')
    if len(singles) < 2 or len(singles) > MOST:
        return []
    runs = [run for run in _runs(singles) if _is_followed(con, cells, filled, run[-1][0])]
    if not 2 <= len(runs) <= records or runs[0][0][0] > first_record or not _stands_apart(con, cells, filled, runs):
        return []
    return _nested(runs)


Single = tuple[int, int, str, int]
"""Row id, line, text and column of a row with one cell."""


def _first_filled(cells: Cells) -> str:
    return f"case {' '.join(f'when c{i} is not null then {i}' for i in range(cells.width))} end"


def _runs(singles: Sequence[Single]) -> Iterator[list[Single]]:
    """Single cells one below the other: groups within groups."""
    run: list[Single] = []
    for one in singles:
        if run and one[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _is_followed(con: duckdb.DuckDBPyConnection, cells: Cells, filled: str, row: int) -> bool:
    return number(con, f'select count(*) from "{cells.table}" where rowid = {row + 1} and {filled} > 1') == 1


def _stands_apart(con: duckdb.DuckDBPyConnection, cells: Cells, filled: str, runs: Sequence[Sequence[Single]]) -> bool:
    """Whether the records hold no texts where the group rows have theirs."""
    places = {one[3] for run in runs for one in run}
    if len(places) > 1 or max(map(len, runs)) > DEEPEST:
        return False
    place = places.pop()
    sql = (
        f"select c{place} from \"{cells.table}\" where {filled} > 1 and not regexp_matches(coalesce(c{place}, ''), $w)"
    )
    values = [value for (value,) in con.execute(f"{sql} limit {SAMPLE}", {"w": "(?i)итог|всего|total"}).fetchall()]
    held = [value for value in values if value]
    return 10 * len(held) <= len(values) or column_kind(held) in ("number", "time")


def _nested(runs: Sequence[Sequence[Single]]) -> list[GroupRow]:
    """The last of a run is the innermost group; a shorter run leaves the outer groups as they are."""
    depth = max(map(len, runs))
    path: list[str | None] = [None] * depth
    rows = []
    for run in runs:
        for offset, (row, line, text, _) in enumerate(run):
            level = depth - len(run) + offset
            path = [*path[:level], text, *[None] * (depth - level - 1)]
            rows.append(GroupRow(row, line, tuple(path)))
    return rows
