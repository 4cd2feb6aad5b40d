"""Records of the wrong width made whole, by what the cells of each column look like.

Invariant: no text is dropped: short records are padded, joined with their other half or cut by another delimiter, of
long ones neighbouring cells are joined where that fits best; every change carries its line number.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from data.ingest.read.broken_quotes import LONG
from data.ingest.read.characters import SPACES
from data.ingest.read.forms import Shape, mask
from data.ingest.read.records import Record

PUZZLE = 3
"""Surplus cells up to which their place is looked for; more are joined at the end."""
OTHER_DELIMITERS = (";", ",", "\t", "|", " ")
"""What a line too short by the file's delimiter may be cut by."""


@dataclass
class Repairs:
    """Lines of the records that were changed, by kind of change."""

    quotes: list[int] = field(default_factory=list)
    """A quote that closed nothing was taken as text."""
    padded: list[int] = field(default_factory=list)
    """Missing cells were taken as empty."""
    parted: list[int] = field(default_factory=list)
    """Two cells without a delimiter between them were told apart."""
    recut: list[int] = field(default_factory=list)
    """The line has a delimiter of its own."""
    surplus: list[int] = field(default_factory=list)
    """An empty cell too many was taken out between others."""
    merged: list[int] = field(default_factory=list)
    """Surplus cells were joined with a neighbour: a delimiter stood inside a cell."""
    joined: list[int] = field(default_factory=list)
    """Two or more lines were one record: a line end stood inside a cell."""
    blank: list[int] = field(default_factory=list)
    """Lines with nothing on them."""


def whole(found: Iterable[Record], shape: Shape, repairs: Repairs) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every record, each `shape.width` cells long."""
    width = shape.width
    held: Record | None = None
    for record in found:
        if record.repaired:
            repairs.quotes.append(record.line)
        if held is None and len(record.cells) == width:
            yield record.line, record.cells
            continue
        if record.cells == [""] and width > 1:
            repairs.blank.append(record.line)
            continue
        both = _join(held, record, shape) if held is not None else None
        if both is not None:
            repairs.joined.append(both.line)
            yield both.line, both.cells
            held = None
            continue
        if held is not None:
            yield held.line, _lengthened(held, shape, repairs)
        cells = _completed(record, shape, repairs)
        held = record if cells is None else None
        if cells is not None:
            yield record.line, cells
    if held is not None:
        yield held.line, _lengthened(held, shape, repairs)


def _completed(record: Record, shape: Shape, repairs: Repairs) -> list[str] | None:
    """The cells of a record that needs no other line; None if the next may be its other half."""
    if len(record.cells) == shape.width:
        return record.cells
    if len(record.cells) > shape.width:
        return _shortened(record, shape, repairs)
    return _recut(record, shape, repairs)


def _join(first: Record, second: Record, shape: Shape) -> Record | None:
    """The two as one record, if the second cannot be one by itself and the whole fits."""
    if len(first.cells) + len(second.cells) - 1 > shape.width or len(second.cells) >= shape.width:
        return None
    cells = [*first.cells[:-1], f"{first.cells[-1]} {second.cells[0]}", *second.cells[1:]]
    complete = len(cells) == shape.width
    if not complete or shape.misfits(cells) or not shape.misfits(second.cells):
        return None
    return Record(first.line, cells)


def _recut(record: Record, shape: Shape, repairs: Repairs) -> list[str] | None:
    """The cells of a line that is too short by the file's delimiter and a whole record by another."""
    if len(record.text) > LONG or shape.width < 2:
        return None
    for delimiter in OTHER_DELIMITERS:
        if record.text.count(delimiter) >= shape.width - 1 and delimiter != shape.delimiter:
            cells = next(csv.reader([record.text], delimiter=delimiter, quotechar=shape.quote))
            if shape.proven(cells):
                repairs.recut.append(record.line)
                return cells
    return None


def _lengthened(record: Record, shape: Shape, repairs: Repairs) -> list[str]:
    """With the missing cells empty: those at the end, or the one that makes the others fit their columns."""
    cells, missing = record.cells, shape.width - len(record.cells)
    padded = cells + [""] * missing
    if missing == 1 and shape.misfits(padded):
        if (parted := _parted(cells, shape)) is not None:
            repairs.parted.append(record.line)
            return parted
        places = range(len(cells), -1, -1)
        padded = min(([*cells[:at], "", *cells[at:]] for at in places), key=shape.misfits)
    repairs.padded.append(record.line)
    return padded


def _parted(cells: Sequence[str], shape: Shape) -> list[str] | None:
    """One cell cut in two where both halves look like all cells of their columns, if there is one such place."""
    found = [
        [*cells[:at], cell[:cut], cell[cut:], *cells[at + 1 :]]
        for at, cell in enumerate(cells)
        if shape.columns[at].masks and shape.columns[at + 1].masks
        for cut in range(1, len(cell))
        if mask(cell[:cut]) in shape.columns[at].masks and mask(cell[cut:]) in shape.columns[at + 1].masks
    ]
    fitting = [each for each in found if not shape.misfits(each)]
    return fitting[0] if len(fitting) == 1 else None


def _shortened(record: Record, shape: Shape, repairs: Repairs) -> list[str]:
    """Without surplus empty cells; other surplus is joined where the fewest cells then misfit."""
    cells = record.cells
    while len(cells) > shape.width + 1 and not cells[-1].strip(SPACES):
        cells = cells[:-1]
    surplus = len(cells) - shape.width
    without = _without_one_empty(cells) if surplus == 1 else []
    merged = _merged(cells, surplus, shape)
    best = min([*without, *merged], key=shape.misfits)
    if best in merged:
        repairs.merged.append(record.line)
    elif best != cells[:-1]:
        repairs.surplus.append(record.line)
    return best


def _without_one_empty(cells: list[str]) -> list[list[str]]:
    """Readings of a record one cell too long without one of its empty cells, the last first."""
    empty = [at for at in range(len(cells) - 1, -1, -1) if not cells[at].strip(SPACES)]
    return [[*cells[:at], *cells[at + 1 :]] for at in empty]


def _merged(cells: list[str], surplus: int, shape: Shape) -> list[list[str]]:
    """Readings with neighbouring cells joined by the delimiter that stood between them."""
    last = shape.width - 1
    places = [last] if surplus > PUZZLE else range(last, -1, -1)
    return [
        [*cells[:at], shape.delimiter.join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
        for at in places
        if at == last or shape.columns[at].kind in ("text", "empty")
    ]
