"""A person's own cells beside our reading of them.

Invariant: every source column is shown, mapped or not, and what is shown as read is what cleaning will store.
"""

from dataclasses import dataclass

from data.ingest.clean.reading import Cells, Session
from data.ingest.clean.settle import Settled
from data.ingest.column_map import Mapping, find_header
from data.ingest.read import RawTable
from data.ingest.width import header_of

SHOWN = 5
"""Cells a preview shows."""


@dataclass(frozen=True)
class ColumnPreview:
    """One source column on the mapping screen."""

    header: str
    """Header as found."""
    raw: tuple[str, ...]
    """Up to five cells as found."""
    read: tuple[str, ...]
    """The same cells as they are read; "" where they give no value; empty where the column is not mapped."""
    target: str | None
    """Column of the fact; None: kept as an extra."""
    confidence: float
    """0…1."""
    format: str | None = None
    """How its dates or numbers are written, as settled by the whole column."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Words without a meaning, with counts."""
    choices: tuple[str, ...] = ()
    """Formats that would answer what the column leaves open."""
    undecided: bool = False
    """It cannot be read before a person answers; words without a meaning may be left empty."""
    unit: str | None = None
    """What it is counted in."""


def column_previews(
    session: Session, raw: RawTable, mapping: Mapping | None, settled: tuple[Settled, ...]
) -> tuple[ColumnPreview, ...]:
    """One entry a source column, in the file's order."""
    header = header_of(session.con, raw)
    by_place = {find_header(header, one.source.source): one for one in settled if one.source.source and one.cells}
    unpivot = mapping.unpivot if mapping is not None else None
    wide = {find_header(header, text) for text in unpivot.columns} if unpivot is not None else set()
    shown = []
    for place, text in enumerate(header):
        one = by_place.get(place)
        if unpivot is not None and place in wide:
            cells = _cells(session, raw.table, place)
            shown.append(ColumnPreview(text, cells, cells, unpivot.value_to, 0.8))
        elif one is None or one.cells is None:
            shown.append(ColumnPreview(text, _cells(session, raw.table, place), (), None, 0.0))
        else:
            shown.append(_mapped(session, text, one, one.cells))
    return tuple(shown)


def _mapped(session: Session, header: str, one: Settled, cells: Cells) -> ColumnPreview:
    rows = session.rows(
        f"select {cells.column}, cast({one.value} as varchar) from {cells.table} "
        f"where {cells.column} is not null limit {SHOWN}"
    )
    raw, read = tuple(str(cell) for cell, _ in rows), tuple("" if value is None else str(value) for _, value in rows)
    reading = one.reading
    return ColumnPreview(
        header, raw, read, one.column.name, one.source.confidence, reading.format, reading.unknown, reading.choices,
        reading.question is not None and not reading.unknown, reading.unit,
    )  # fmt: skip


def _cells(session: Session, table: str, place: int) -> tuple[str, ...]:
    rows = session.rows(f"select c{place} from {table} where c{place} is not null limit {SHOWN}")
    return tuple(str(cell) for (cell,) in rows)
