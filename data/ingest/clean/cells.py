"""The cells of a staged table: how many are filled, and a sample of each column.

Invariant: the sample only chooses what is tried first; whatever is settled by it is held against every row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data.ingest.clean.missing import MISSING, counted
from data.ingest.clean.reading import Cells, Session

SAMPLE_ROWS = 400
"""Rows looked at first."""
FEW = 64
"""Columns that are asked for their empty cells one by one: where none is, DuckDB knows it without reading them."""


def cells_of(session: Session, table: str, header: tuple[str, ...], columns: Iterable[int]) -> dict[int, Cells]:
    """Position → the cells of the columns at these positions; words for «missing» are not looked for yet."""
    wanted = sorted(set(columns))
    if not wanted:
        return {}
    filled = _filled(session, table, wanted)
    texts = (f"cast(c{place} as varchar)" if place in session.typed else f"c{place}" for place in wanted)
    first = session.rows(f"select {', '.join(texts)} from {table} limit {SAMPLE_ROWS}")
    made = {}
    for number, place in enumerate(wanted):
        native = session.typed.get(place)
        cells = Cells(table, f"c{place}", header[place], f"c{place}", filled[number], native=native)
        sample = _present([row[number] for row in first])
        late = () if sample or native else _late(session, cells)
        made[place] = replace(cells, sample=sample or late)
    return made


def _filled(session: Session, table: str, wanted: Sequence[int]) -> tuple[int, ...]:
    """How many cells of each column hold something."""
    if len(wanted) > FEW:
        return session.counts(f"select {', '.join(f'count(c{place})' for place in wanted)} from {table}")
    empty = ", ".join(f"(select count(*) from {table} where c{place} is null)" for place in wanted)
    rows, *nulls = session.counts(f"select (select count(*) from {table}), {empty}")
    return tuple(rows - null for null in nulls)


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
