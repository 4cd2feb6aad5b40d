"""What a sheet's own file says about its cells that their values do not: formats, formulas, errors, merged cells.

Invariant: nothing here is a value; without it every cell still has its text, only less of what a person sees.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

EXAMPLES = 5
"""Cells named as examples."""
MOST_MERGED = 100_000
"""Merged ranges that are looked at."""

TOP = 100
"""Rows whose merged cells may belong to the header."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows from 1, columns from 0."""


@dataclass
class Seen:
    """Counted while the sheet's file was looked through."""

    percents: dict[int, bytearray] = field(default_factory=dict)
    """Column → a byte a row, 1 where the cell's format shows a share of a hundred."""
    links: dict[int, dict[int, str]] = field(default_factory=dict)
    """Column → row → text of a =HYPERLINK() formula whose file holds no value."""
    numbers: dict[int, dict[int, str]] = field(default_factory=dict)
    """Column → row → number at the end of the address its =HYPERLINK() leads to."""
    formulas: int = 0
    """Cells with a formula."""
    uncounted: list[str] = field(default_factory=list)
    """Names of cells whose formula has no value in the file, at most `EXAMPLES`."""
    uncounted_cells: int = 0
    """How many these are."""
    errors: int = 0
    """Cells that hold an error such as #DIV/0!."""
    error_cells: list[str] = field(default_factory=list)
    """Names of the first of them, with the error."""
    currencies: dict[str, int] = field(default_factory=dict)
    """Currency other than the rouble → cells written in it."""
    merged: list[Range] = field(default_factory=list)
    """Merged cells."""
    levels: dict[int, int] = field(default_factory=dict)
    """Row → its level in the outline, where it has one."""
    names_above: bool = False
    """In the outline a row names the deeper rows below it, not those above."""
    repeated: int = 0
    """Cells that got the text of the merged cell they are part of."""
    repeated_top: dict[int, int] = field(default_factory=dict)
    """Row among the first `TOP` → how many of these it has."""
    hidden_rows: int = 0
    """Rows a filter or a person has hidden; they are read."""

    def is_plain(self) -> bool:
        """Whether there are values and nothing else so far."""
        return not (self.percents or self.formulas or self.errors or self.currencies or self.levels or self.hidden_rows)

    def percent(self, row: int, place: int) -> None:
        """Mark a cell as a share."""
        marks = self.percents.setdefault(place, bytearray())
        if row >= len(marks):
            marks.extend(bytes(row - len(marks) + 4096))
        marks[row] = 1

    def is_percent(self, row: int, place: int) -> bool:
        """Whether the cell is marked as a share."""
        marks = self.percents.get(place)
        return marks is not None and row < len(marks) and bool(marks[row])

    def touches(self, place: int, first: int, end: int) -> bool:
        """Whether a cell of the column in these rows is a share, or the column has links without values."""
        marks = self.percents.get(place)
        if marks is not None and marks.find(1, first, end) >= 0:
            return True
        return place in self.links

    def link(self, row: int, place: int) -> str:
        """The text of a link without a value; "" where the cell is none."""
        return self.links[place].get(row, "") if place in self.links else ""

    def repeat(self, row: int) -> None:
        """Count a repeated text."""
        self.repeated += 1
        if row <= TOP:
            self.repeated_top[row] = self.repeated_top.get(row, 0) + 1

    def error(self, cell: str, what: str) -> None:
        """Count an error."""
        self.errors += 1
        if len(self.error_cells) < EXAMPLES:
            self.error_cells.append(f"{cell}: {what}")

    def uncount(self, cell: str) -> None:
        """Count a formula without a value."""
        self.uncounted_cells += 1
        if len(self.uncounted) < EXAMPLES:
            self.uncounted.append(cell)

    def counts(self) -> Iterator[tuple[str, object]]:
        """What the parent is told."""
        yield from (
            ("formulas", self.formulas),
            ("numbers", {place: len(rows) for place, rows in sorted(self.numbers.items())}),
            ("linked", sum(map(len, self.links.values()))),
            ("uncounted", self.uncounted),
            ("uncounted_cells", self.uncounted_cells),
            ("errors", self.errors),
            ("error_cells", self.error_cells),
            ("currencies", self.currencies),
            ("merged", [one for one in self.merged if one[0] <= TOP]),
            ("levels", self.levels),
            ("names_above", self.names_above),
            ("repeated", self.repeated),
            ("repeated_top", self.repeated_top),
            ("hidden_rows", self.hidden_rows),
        )
