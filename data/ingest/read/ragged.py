"""Records of the wrong width made whole, by what the cells of each column look like.

Invariant: no text is dropped: short records are padded or joined with their other half, of long ones neighbouring
cells are joined where that fits best; every change carries its line number.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from data.ingest.read.cellkind import Kind, kind
from data.ingest.read.characters import SPACES
from data.ingest.read.records import Record

PUZZLE = 3
"""Surplus cells up to which their place is looked for; more are joined at the end."""


@dataclass
class Repairs:
    """Lines of the records that were changed, by kind of change."""

    quotes: list[int] = field(default_factory=list)
    """A quote that closed nothing was taken as text."""
    padded: list[int] = field(default_factory=list)
    """Cells missing at the end were taken as empty."""
    merged: list[int] = field(default_factory=list)
    """Surplus cells were joined with a neighbour: a delimiter stood inside a cell."""
    joined: list[int] = field(default_factory=list)
    """Two or more lines were one record: a line end stood inside a cell."""
    blank: list[int] = field(default_factory=list)
    """Lines with nothing on them."""


@dataclass(frozen=True)
class Shape:
    """What a whole record looks like."""

    width: int
    """Cells."""
    kinds: tuple[Kind, ...]
    """Kind of each column's cells; text and empty match anything."""
    delimiter: str
    """Put back between cells that are joined."""

    def misfits(self, cells: Sequence[str]) -> int:
        """Cells that do not look like their column."""
        return sum(
            1
            for cell, expected in zip(cells, self.kinds, strict=False)
            if expected in ("number", "time") and (text := cell.strip(SPACES)) and kind(text) != expected
        )


def whole(found: Iterable[Record], shape: Shape, repairs: Repairs) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every record, each `shape.width` cells long."""
    held: Record | None = None
    for record in found:
        if record.cells == [""] and shape.width > 1:
            repairs.blank.append(record.line)
            continue
        if record.repaired:
            repairs.quotes.append(record.line)
        if held is not None:
            if (both := _join(held, record, shape)) is not None:
                repairs.joined.append(held.line)
                held = None if len(both.cells) == shape.width else both
                if held is None:
                    yield both.line, both.cells
                continue
            yield held.line, _padded(held, shape, repairs)
            held = None
        if len(record.cells) < shape.width:
            held = record
        elif len(record.cells) == shape.width:
            yield record.line, record.cells
        else:
            yield record.line, _shortened(record, shape, repairs)
    if held is not None:
        yield held.line, _padded(held, shape, repairs)


def _join(first: Record, second: Record, shape: Shape) -> Record | None:
    """The two as one record, if the second cannot be one by itself and the whole fits."""
    if len(first.cells) + len(second.cells) - 1 > shape.width or len(second.cells) >= shape.width:
        return None
    cells = [*first.cells[:-1], f"{first.cells[-1]} {second.cells[0]}", *second.cells[1:]]
    complete = len(cells) == shape.width
    if not complete or shape.misfits(cells) or not shape.misfits(second.cells):
        return None
    return Record(first.line, cells)


def _padded(record: Record, shape: Shape, repairs: Repairs) -> list[str]:
    repairs.padded.append(record.line)
    return record.cells + [""] * (shape.width - len(record.cells))


def _shortened(record: Record, shape: Shape, repairs: Repairs) -> list[str]:
    """Without surplus empty cells at the end; other surplus is joined where the fewest cells then misfit."""
    cells = record.cells
    while len(cells) > shape.width and not cells[-1].strip(SPACES):
        cells = cells[:-1]
    surplus = len(cells) - shape.width
    if not surplus:
        return cells
    repairs.merged.append(record.line)
    if surplus > PUZZLE:
        return [*cells[: shape.width - 1], shape.delimiter.join(cells[shape.width - 1 :])]
    readings = [
        [*cells[:at], shape.delimiter.join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
        for at in range(shape.width - 1, -1, -1)
        if at == shape.width - 1 or shape.kinds[at] in ("text", "empty")
    ]
    return min(readings, key=shape.misfits)
