"""The rectangle of a sheet's values, block by block, as far as its cells reach.

Invariant: rows are counted from the top of the sheet; a link whose value only its formula tells lies inside, even where
calamine sees no cell; no more than `MAX_CELLS` cells are walked.
"""

from collections.abc import Iterator
from itertools import chain, islice, repeat
from typing import Any

from python_calamine import CalamineSheet

from data.ingest.read.book.merged import Repeater, ranges
from data.ingest.read.book.seen import Seen

MAX_CELLS = 60_000_000
"""Cells of the rectangle a sheet fills, empty ones included."""
BLOCK = 4096
"""Rows at a time."""


class OversizedSheet(Exception):
    """The sheet's rectangle of cells is larger than can be read."""


class Grid:
    """The values of one sheet."""

    def __init__(self, sheet: CalamineSheet, seen: Seen) -> None:
        self.sheet = sheet
        self.seen = seen
        self.left = sheet.start[1] if sheet.start else 0  # calamine leaves out empty columns before it, no rows above
        self.height = sheet.end[0] + 1 if sheet.end else 0
        self.more_columns = max(0, max(seen.links, default=0) - self.left + 1 - sheet.width)
        last = max((max(rows) for rows in seen.links.values()), default=0)
        self.more_rows = max(0, last - self.height)
        self.width = sheet.width + self.more_columns
        self.blank: list[tuple[int, int]] = []
        seen.merged = ranges(sheet.merged_cell_ranges) or sorted(seen.merged)
        if self.width * (self.height + self.more_rows) > MAX_CELLS:
            raise OversizedSheet

    def blocks(self, after: int = 0, until: int | None = None) -> Iterator[tuple[int, list[list[Any]]]]:
        """Number of the first row, and the rows; a block far below the top in which every row is blank is left out.

        `after`, `until`: the rows between which to look, whole blocks from the top; all of them if nothing is said.
        """
        repeater, first = Repeater(self.seen, self.left), after + 1
        below: Iterator[list[Any]] = ([""] * self.sheet.width for _ in repeat(None, self.more_rows))
        rows: Iterator[list[Any]] = islice(chain(self.sheet.iter_rows(), below), after, until)
        while block := list(islice(rows, BLOCK)):
            if self.more_columns:
                block = [[*row, *[""] * self.more_columns] for row in block]
            if first > 1 and self._is_blank(block):
                self.blank.append((first, first + len(block) - 1))
            else:
                repeater.fill(block, first)
                yield first, block
            first += len(block)

    def _is_blank(self, block: list[list[Any]]) -> bool:
        first, last = block[0], block[-1]
        if first.count("") < len(first) or last.count("") < len(last) or self.seen.links:
            return False
        return all(row.count("") == len(row) for row in block)
