"""The cells of a staged table: how many are filled, and a sample of each column.

Invariant: the sample only chooses what is tried first; whatever is settled by it is held against every row.
"""

from collections.abc import Iterable

from data.ingest.clean.missing import MISSING, counted
from data.ingest.clean.reading import Cells, Session

SAMPLE_ROWS = 400
"""Rows looked at first."""


def cells_of(session: Session, table: str, header: tuple[str, ...], columns: Iterable[int]) -> dict[int, Cells]:
    """Position → the cells of the columns at these positions; words for «missing» are not looked for yet."""
    wanted = sorted(set(columns))
    if not wanted:
        return {}
    filled = session.counts(f"select {', '.join(f'count(c{place})' for place in wanted)} from {table}")
    first = session.rows(f"select {', '.join(f'c{place}' for place in wanted)} from {table} limit {SAMPLE_ROWS}")
    made = {}
    for number, place in enumerate(wanted):
        cells = Cells(table, f"c{place}", header[place], f"c{place}", filled[number])
        sample = _present([row[number] for row in first])
        made[place] = Cells(
            table, f"c{place}", header[place], f"c{place}", filled[number], sample or _late(session, cells)
        )
    return made


def _late(session: Session, cells: Cells) -> tuple[str, ...]:
    """The first cells of a column that is empty in the first rows."""
    if not cells.filled:
        return ()
    known = counted(session, cells)
    return _present([cell for (cell,) in session.rows(
        f"select {cells.column} from {cells.table} where {known.sql} is not null limit {SAMPLE_ROWS}"
    )])  # fmt: skip


def _present(cells: list[str | None]) -> tuple[str, ...]:
    return tuple(cell for cell in cells if cell is not None and cell.lower() not in MISSING)
