"""Rows fetched from a service as a table of our own facts.

Invariant: the table is a CSV whose headers are the public names of the fact's columns, with a mapping that says how
each is written, so that nothing is guessed; a column no row has is left out; the same rows give the same bytes.
"""

import csv
import io
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data.ingest.clean.units import PERCENT, units_of
from data.ingest.column_map import ColumnMap, Mapping
from data.model import Column
from data.schema.loader import fact as fact_named

Cell = str | int | float | Decimal | bool | date | datetime | None
"""What a row says of a column: money in roubles, times by the clock of the business."""
Row = MappingOf[str, Cell]
"""Column of the fact, or a header of one's own → cell."""

_ISO, _DECIMAL = "ISO", "decimal point"


@dataclass(frozen=True)
class FactTable:
    """Rows of one fact, ready for the import."""

    fact: str
    """What its rows are."""
    content: bytes
    """CSV: comma, quotes, UTF-8."""
    mapping: Mapping
    """How it is read."""
    rows: int
    """How many there are."""


def as_table(fact: str, rows: Sequence[Row], *, version: str | None = None) -> FactTable:
    """A table of these rows. `version`: the header whose highest value wins per key."""
    headers = tuple(name for name in dict.fromkeys(name for row in rows for name in row) if _filled(rows, name))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(headers)
    writer.writerows([_text(row.get(name)) for name in headers] for row in rows)
    return FactTable(fact, text.getvalue().encode(), _mapping(fact, headers, version), len(rows))


def _filled(rows: Sequence[Row], name: str) -> bool:
    return any(row.get(name) not in (None, "") for row in rows)


def _mapping(fact: str, headers: Sequence[str], version: str | None) -> Mapping:
    known = {column.name: column for column in fact_named(fact).columns}
    entries = tuple(ColumnMap(name, name, format=_format(known[name])) for name in headers if name in known)
    return Mapping(fact, entries, version=version if version in headers else None)


def _format(column: Column) -> str | None:
    """How the column's cells are written: digits with a point, in the column's own unit."""
    if column.type in ("date", "time"):
        return _ISO
    if column.type not in ("number", "money"):
        return None
    own = next(iter(units_of(column)))
    return _DECIMAL if own == PERCENT else f"{_DECIMAL}, {own}"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else " ".join(str(cell).split())
