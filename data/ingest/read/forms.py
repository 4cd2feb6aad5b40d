"""What the cells of each column look like: enough to say which of two readings of a torn record is the right one.

Invariant: a cell is called a misfit only where nearly all others of its column look alike; free text fits anything.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.ingest.read.cellkind import Kind, kind
from data.ingest.read.characters import SPACES
from data.ingest.read.layout import column_kind

ENOUGH = 12
"""Filled cells a column needs before its forms count."""
FEW_FORMS = 3
"""Forms up to which a column is said to have a form."""
FEW_MASKS = 12
"""The same, for forms that tell lengths apart."""

_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")


def form(text: str) -> str:
    """Letters and digits by their runs: CC-9259 → A-9."""
    return _DIGITS.sub("9", _LETTERS.sub("A", text))


def mask(text: str) -> str:
    """Letters and digits one by one: CC-9259 → AA-9999."""
    return _DIGIT.sub("9", _LETTER.sub("A", text))


@dataclass(frozen=True)
class Column:
    """What the cells of one column look like."""

    kind: Kind = "empty"
    """Of nearly all of them; text and empty match anything."""
    forms: frozenset[str] = frozenset()
    """All forms that occur, if they are few; empty if any may."""
    masks: frozenset[str] = frozenset()
    """All masks that occur, if they are few; empty if any may."""

    def misfit(self, text: str) -> bool:
        """Whether a cell does not belong here."""
        if self.kind in ("number", "time"):
            return kind(text) != self.kind
        return bool(self.forms) and form(text) not in self.forms


@dataclass(frozen=True)
class Shape:
    """What a whole record looks like."""

    columns: tuple[Column, ...]
    """One a cell."""
    delimiter: str
    """Put back between cells that are joined."""
    quote: str = '"'
    """Around cells that hold delimiters."""

    @property
    def width(self) -> int:
        """Cells of a record."""
        return len(self.columns)

    def misfits(self, cells: Sequence[str]) -> int:
        """Cells that do not look like their column."""
        return sum(
            1
            for cell, column in zip(cells, self.columns, strict=False)
            if (text := cell.strip(SPACES)) and column.misfit(text)
        )

    def proven(self, cells: Sequence[str]) -> bool:
        """A whole record without a misfit, some cells of which only their own columns can hold."""
        typed = sum(
            1
            for cell, column in zip(cells, self.columns, strict=False)
            if cell.strip(SPACES) and (column.kind in ("number", "time") or column.forms)
        )
        return len(cells) == self.width and typed > 0 and not self.misfits(cells)


def shape_of(rows: Iterable[Sequence[str]], usual: int, width: int, delimiter: str, quote: str) -> Shape:
    """The shape of a table `width` wide, from its rows of the usual width, cleaned."""
    whole = [row for row in rows if len(row) == usual]
    columns = [_column([row[i] for row in whole if row[i]]) for i in range(usual)]
    return Shape((*columns, *[Column()] * (width - usual)), delimiter, quote)


def _column(cells: Sequence[str]) -> Column:
    forms, masks = frozenset(map(form, cells)), frozenset(map(mask, cells))
    return Column(
        column_kind(cells),
        forms if len(forms) <= FEW_FORMS and len(cells) >= ENOUGH else frozenset(),
        masks if len(masks) <= FEW_MASKS and len(cells) >= ENOUGH else frozenset(),
    )
