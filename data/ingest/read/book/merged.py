"""Cells merged down several rows: the text of the first stands for each of them.

Invariant: only texts and dates are repeated; a number that spans rows stays once, or its sum would be counted twice. A
row that holds nothing of its own stays blank.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from data.ingest.read.book.seen import MOST_MERGED, Range, Seen


def ranges(found: Iterable[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Range]:
    """Merged cells as calamine tells them, with rows from 1; where it knows of none, none."""
    listed = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found or ()]
    return sorted(listed)[:MOST_MERGED]


class Repeater:
    """Fills the cells of merged ranges, block after block of rows."""

    def __init__(self, seen: Seen, left: int) -> None:
        self.seen = seen
        self.waiting = [one for one in reversed(seen.merged) if one[2] > one[0]]
        self.left = left
        self.open: list[tuple[Range, Any]] = []

    def fill(self, rows: Sequence[list[Any]], first: int) -> None:
        """Fill the rows, of which the first is row number `first`, in place."""
        if not self.waiting and not self.open:
            return
        for number, row in enumerate(rows, first):
            self.open = [(one, value) for one, value in self.open if one[2] >= number]
            for one, value in self.open if any(value != "" for value in row) else ():
                place = one[1] - self.left
                if row[place] == "":
                    row[place] = value
                    self.seen.repeat(number)
            self.open += self._opened(row, number)

    def _opened(self, row: Sequence[Any], number: int) -> Iterator[tuple[Range, Any]]:
        while self.waiting and self.waiting[-1][0] <= number:
            one = self.waiting.pop()
            place = one[1] - self.left
            if one[0] == number and 0 <= place < len(row) and isinstance(row[place], str | date) and row[place] != "":
                yield one, row[place]
