"""What a spreadsheet is before it is written.

Invariant: cells are what a person would see or type: texts, numbers, dates; None is an empty cell. The same
description is written and tested.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

Cell = str | int | float | bool | date | datetime | None
Reading = Callable[[object], Cell]
"""How a fact's cell is written in a spreadsheet."""
Columns = Mapping[str, str | tuple[str, Reading]]
"""Header → column of the fact, or the column and how its cells are written."""


@dataclass(frozen=True)
class Sheet:
    """One table."""

    name: str
    """Name of the sheet in a workbook."""
    header: tuple[str, ...]
    """Header texts."""
    rows: tuple[tuple[Cell, ...], ...]
    """Cells."""
    above: tuple[str, ...] = ()
    """Lines of title above the header."""
    below: tuple[Cell, ...] = ()
    """A row of totals below."""


@dataclass(frozen=True)
class Workbook:
    """An XLSX file."""

    name: str
    """File name."""
    sheets: tuple[Sheet, ...]
    """Its sheets."""


@dataclass(frozen=True)
class TextFile:
    """A CSV file."""

    name: str
    """File name."""
    sheet: Sheet
    """Its table."""
    encoding: str = "utf-8"
    """How its letters are stored."""
    delimiter: str = ","
    """Between cells."""
    decimal: str = "."
    """Decimal mark; a comma comes with a no-break space between thousands."""
    times: str = "%Y-%m-%d %H:%M"
    """How times are written."""
    days: str = "%Y-%m-%d"
    """How days are written."""
    quote_all: bool = False
    """Quotes around every cell."""


File = Workbook | TextFile


def as_found(cell: object) -> Cell:
    """A cell of a frame: times as datetime, whole numbers as such, missing as None."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    if isinstance(cell, str | bool | date):
        return cell
    number = float(cell)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else number


def words(**said: str) -> Reading:
    """Canonical words as this source writes them."""
    return lambda cell: None if as_found(cell) is None else said[str(cell)]


def yes_no(yes: str, no: str | None) -> Reading:
    """A boolean as this source writes it."""
    return lambda cell: None if as_found(cell) is None else yes if cell else no


def sheet(name: str, frame: pd.DataFrame, columns: Columns, above: Sequence[str] = ()) -> Sheet:
    """A frame under the headers of a source."""
    described = [(column, as_found) if isinstance(column, str) else column for column in columns.values()]
    cells = [[reading(cell) for cell in frame[column].array] for column, reading in described]
    return Sheet(name, tuple(columns), tuple(zip(*cells, strict=True)), tuple(above))
