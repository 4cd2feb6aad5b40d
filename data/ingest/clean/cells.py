"""The cells of a staged table, counted in one scan.

Invariant: every non-empty cell is either filled or a word for «missing»; nothing is left uncounted.
"""

from collections.abc import Iterable

from data.ingest.clean.reading import MISSING, Cells, Session, cell_of, lower_literal

SAMPLE_ROWS = 400
"""Rows looked at to choose a first hypothesis; the hypothesis is then held against every row."""


def cells_of(session: Session, table: str, header: tuple[str, ...], columns: Iterable[int]) -> dict[int, Cells]:
    """Position → the cells of the columns at these positions."""
    wanted = sorted(set(columns))
    if not wanted:
        return {}
    longest = max(map(len, MISSING))
    words = lower_literal(MISSING)
    counts = ", ".join(
        f"count(c{i}), count_if(strlen(c{i}) <= {2 * longest} and lower(c{i}) in ({words}))" for i in wanted
    )
    row = session.row(f"select {counts} from {table}")
    sample = _sample(session, table, wanted)
    made = {}
    for place, i in enumerate(wanted):
        present, missing = row[2 * place], row[2 * place + 1]
        name = header[i] if i < len(header) else ""
        made[i] = Cells(table, f"c{i}", name, cell_of(f"c{i}", missing), present - missing, missing, sample[i])
    return made


def _sample(session: Session, table: str, columns: list[int]) -> dict[int, tuple[str, ...]]:
    """Cells of the first rows; where a column is empty there, its first cells wherever they are."""
    names = ", ".join(f"c{i}" for i in columns)
    rows = session.rows(f"select {names} from {table} limit {SAMPLE_ROWS}")
    found: dict[int, tuple[str, ...]] = {}
    for place, i in enumerate(columns):
        cells = tuple(row[place] for row in rows if row[place] is not None and row[place].lower() not in MISSING)
        if not cells:
            late = session.rows(f"select c{i} from {table} where {cell_of(f'c{i}', 1)} is not null limit {SAMPLE_ROWS}")
            cells = tuple(str(cell) for (cell,) in late)
        found[i] = cells
    return found
