"""Headers of several rows: «Выручка» over «План» and «Факт» become «Выручка / План» and «Выручка / Факт». Pure.

Invariant: a row joins the header only if it names what lies below it and the rows complete each other: one spans
columns that the other tells apart. A row of records never does; a row that is not joined stays what it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from data.ingest.read.cellkind import kind, whole
from data.ingest.read.layout import Head, Row, column_kind

MOST = 6
"""Rows a header may have."""
BETWEEN = " / "
"""Between the names of a column, from the top row down."""

Range = Sequence[int]
"""A merged cell: first row, first column, last row, last column; rows and columns from 0."""


@dataclass(frozen=True)
class Tiers:
    """A header of one or several rows."""

    names: tuple[tuple[str, ...], ...]
    """Of each column its names from the top row down."""
    rows: tuple[int, ...]
    """Rows it takes."""
    first: int
    """The first row that may be data."""
    numbering: int | None = None
    """A row below it that only numbers the columns."""

    @property
    def header(self) -> tuple[str, ...]:
        """One text a column."""
        return tuple(BETWEEN.join(names) for names in self.names)


def find_tiers(rows: Sequence[Row], head: Head, merged: Sequence[Range]) -> Tiers | None:
    """The rows of the header that `find_head` found one row of; None for a table without a header."""
    if head.header is None:
        return None
    top, bottom = _upward(rows, head.header, merged), _downward(rows, head.header, merged)
    names = tuple(_names(rows[top : bottom + 1], top, place, merged) for place in range(len(rows[top])))
    numbering = bottom + 1 if bottom + 1 < len(rows) and _numbers_columns(rows[bottom + 1 :]) else None
    first = bottom + 1 if numbering is None else numbering + 1
    return Tiers(names, tuple(range(top, bottom + 1)), first, numbering)


def _downward(rows: Sequence[Row], header: int, merged: Sequence[Range]) -> int:
    """The last row of the header: merged cells reach down to it, or it tells apart what the row above spans."""
    reach = [last for first, _, last, _ in merged if first <= header < last < header + MOST]
    bottom = max(header, min(max(reach, default=header), len(rows) - 2))
    while bottom + 2 < len(rows) and bottom + 1 < header + MOST and _completes(rows, bottom, merged):
        bottom += 1
    return bottom


def _upward(rows: Sequence[Row], header: int, merged: Sequence[Range]) -> int:
    """The first row of the header: rows directly above that span some of its columns."""
    top = header
    named = [place for place, cell in enumerate(rows[header]) if cell]
    while top > 0 and header - top < MOST - 1:
        reaching = any(first == top - 1 and last >= top and rows[first][left] for first, left, last, _ in merged)
        if not reaching and not _spans(rows[top - 1], rows[top], _wide(merged, top - 1), named):
            break
        top -= 1
    return top


def _wide(merged: Sequence[Range], row: int) -> dict[int, int]:
    """First → last column of the cells that are merged across columns in a row."""
    return {left: right for top, left, _, right in merged if top == row and right > left}


def _spans(above: Row, below: Row, wide: Mapping[int, int], named: Sequence[int]) -> bool:
    """Whether the row above groups columns of the row below, rather than being a title or a name with its value."""
    filled = [place for place, cell in enumerate(above) if cell]
    if not filled or not named or any(above[place].endswith(":") for place in filled):
        return False
    several = len(filled) > 1
    completed = all(above[place] or below[place] for place in range(len(below)))
    if several and completed and (_told_apart(above, below) or any(not below[place] for place in filled)):
        return True
    spans = [(left, right) for left, right in wide.items() if above[left]]
    reaches = max((right for _, right in spans), default=0) >= named[-1]
    narrow = any(right - left + 1 < len(named) for left, right in spans)
    return narrow and reaches and (several or spans[0][0] > named[0])


def _told_apart(above: Row, below: Row) -> bool:
    """Whether names that come again in the row below stand under different names of the row above."""
    names = [cell for cell in below if cell]
    spread = accumulate(above, _or_left)
    pairs = [(over, cell) for over, cell in zip(spread, below, strict=True) if cell]
    return len(set(names)) < len(names) == len(set(pairs))


def _or_left(left: str, cell: str) -> str:
    return cell or left


def _completes(rows: Sequence[Row], above: int, merged: Sequence[Range]) -> bool:
    """Whether the row below `above` tells apart columns that it spans, over data of another kind."""
    upper, lower, below = rows[above], rows[above + 1], rows[above + 2 :]
    wide = _wide(merged, above)
    told = [place for place, cell in enumerate(lower) if cell and cell != upper[place]]
    if not told or any(kind(lower[place]) not in ("text", "word") for place in told):
        return False
    if not all(_is_spanned(upper, lower, place, wide) for place in told):
        return False
    if any(not lower[place] and not cell and any(row[place] for row in below) for place, cell in enumerate(upper)):
        return False
    kinds = [column_kind([row[place] for row in below if row[place]]) for place in told]
    return bool(wide) or any(one in ("number", "time") for one in kinds)


def _is_spanned(upper: Row, lower: Row, place: int, wide: Mapping[int, int]) -> bool:
    """Whether a name in the lower row stands under one that stands over several columns."""
    if any(left <= place <= right for left, right in wide.items()):
        return True
    if wide:
        return False
    if upper[place]:
        return place + 1 < len(upper) and not upper[place + 1] and bool(lower[place + 1])
    return place > 0 and bool(upper[place - 1] or lower[place - 1])


def _names(rows: Sequence[Row], top: int, place: int, merged: Sequence[Range]) -> tuple[str, ...]:
    """The different names over a column, from the top down."""
    texts = [_over(rows, top, offset, place, merged) for offset in range(len(rows))]
    return tuple(_without_repeats(text for text in texts if text)) or ("",)


def _over(rows: Sequence[Row], top: int, offset: int, place: int, merged: Sequence[Range]) -> str:
    """The cell over a column in one row of the header: its own, or the one that spans it."""
    row = rows[offset]
    if row[place] or len(rows) == 1 or offset == len(rows) - 1:
        return row[place]
    for first, left, last, right in merged:
        if first <= top + offset <= last and left <= place <= right:
            return rows[max(first - top, 0)][left]
    if any(first == top + offset and right > left for first, left, _, right in merged):
        return ""
    below = rows[offset + 1 :]
    while place > 0 and not row[place]:
        if not any(lower[place] for lower in below):
            return ""
        place -= 1
    return row[place]


def _without_repeats(texts: Iterable[str]) -> Iterator[str]:
    last = None
    for text in texts:
        if text != last:
            yield text
        last = text


def _numbers_columns(rows: Sequence[Row]) -> bool:
    """1, 2, 3 … under the names, as official forms have it; letters may come first. Over numbers it is a record."""
    row, below = rows[0], rows[1:]
    kinds = [column_kind([other[place] for other in below if other[place]]) for place in range(len(row))]
    if all(one in ("number", "empty") for one in kinds):
        return False
    cells = [cell for cell in row if cell]
    numbers = [number for number in map(whole, cells) if number is not None]
    letters = [cell for cell in cells if len(cell) == 1 and cell.isalpha()]
    if len(cells) < 4 or len(cells) < len(row) or len(numbers) + len(letters) < len(cells):
        return False
    rising = all(b - a == 1 for a, b in pairwise(numbers)) and (not numbers or numbers[0] == 1)
    return rising and all(ord(b) - ord(a) == 1 for a, b in pairwise(letters)) and (not letters or letters[0] in "AА")
