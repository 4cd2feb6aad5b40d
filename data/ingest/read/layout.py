"""Where the table stands among titles, header and totals. Pure: rows of trimmed texts in, positions out.

Invariant: a row before the header is a title only if it cannot be a record; when nothing tells a header from data,
the first row is the header unless its words come again below.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.ingest.read.cellkind import Kind, kind, whole

HEAD_ROWS = 60
"""Rows looked at to find the header."""

TITLE_CELLS = 2
"""Filled cells a title row has as a rule: a text, or a name and its value."""

TITLE_ROWS = 5
"""Rows with more filled cells that may stand above the header; more of them are a table."""

Row = Sequence[str]

_TOTAL = (
    r"(?:общ(?:ий|ая|ее)\s+)?(?:итого|итог|всего|сумма\s+итого|grand\s+total|sub-?total|totals?)"
    r"(?:\s*[:.].*|\s*\(.*\)|\s+(?:по|за|на|с|без|к|for|of|in)\s.*|\s*,.*)?"
)
TOTAL = rf"(?i)^\s*{_TOTAL}\s*$"
"""Pattern of the first filled cell of a total row; reads the same in Python and in DuckDB (RE2)."""


@dataclass(frozen=True)
class Head:
    """The top of a table; positions count rows from 0, blank rows included."""

    titles: tuple[int, ...]
    """Rows above the header that are not part of the table."""
    header: int | None
    """The header row; None if the first row is data."""
    first: int
    """The first row that may be data."""


def find_head(rows: Sequence[Row], width: int) -> Head:
    """The head of a table whose records have `width` cells, from its first rows."""
    filled = [_filled(row) for row in rows]
    start = _stands_out(rows, filled, _first_full(filled, width), width)
    below = [row for row in rows[start + 1 :] if any(row)]
    if not (is_header(rows[start], below) if below else _only_names(rows[start])):
        first = next(i for i, n in enumerate(filled) if n > 1 or (n and (width < 3 or i >= start)))
        return Head(tuple(i for i in range(first) if filled[i]), None, first)
    return Head(tuple(i for i in range(start) if filled[i]), start, start + 1)


def _filled(row: Row) -> int:
    """Filled cells; an empty corner above the names of the rows counts as filled."""
    return sum(1 for cell in row if cell) + (len(row) > 1 and not row[0] and all(row[1:]))


def _first_full(filled: Sequence[int], width: int) -> int:
    """The first row that fills most of the table's width; but rows above it may be a table of their own."""
    most = max(filled, default=0)
    enough = max(min(2, most), 0.6 * min(width, most))
    full = next((i for i, n in enumerate(filled) if n >= enough), 0)
    above = [i for i in range(full) if filled[i] > TITLE_CELLS]
    return above[0] if len(above) > TITLE_ROWS else full


def _stands_out(rows: Sequence[Row], filled: Sequence[int], start: int, width: int) -> int:
    """The row below, if it stands out from its columns and `start` is emptier, or wider than the table."""
    below = [i for i in range(start + 1, len(rows)) if any(rows[i])]
    if len(below) < 2 or len(rows[below[0]]) != width:
        return start
    better = filled[start] < filled[below[0]] or len(rows[start]) > width
    return below[0] if better and _votes(rows[below[0]], [rows[i] for i in below[1:]]) > 0 else start


def _only_names(row: Row) -> bool:
    """A table of one row: its header, unless it holds a number or a date."""
    return not any(kind(cell) in ("number", "time") for cell in row)


def is_header(row: Row, below: Sequence[Row]) -> bool:
    """Whether `row` names the columns of the rows below it rather than being one of them."""
    if _counts_up(row):
        return True
    votes = _votes(row, below)
    return votes >= 0 and not (votes == 0 and _repeats(row, below))


def _votes(row: Row, below: Sequence[Row]) -> float:
    votes = 0.0
    for position, cell in enumerate(row):
        column = [other[position] for other in below if position < len(other) and other[position]]
        votes += _vote(cell, column) if cell and column else 0.0
    return votes


def _counts_up(row: Row) -> bool:
    """Years, days or hours as column names: texts, then whole numbers that rise by one."""
    numbers = [number for number in map(whole, row) if number is not None]
    steps = {b - a for a, b in pairwise(numbers)}
    return len(numbers) > 2 and steps == {1} and kind(row[0]) in ("text", "empty")


def _vote(cell: str, column: Sequence[str]) -> float:
    """Positive if the cell stands out from its column as a name does, negative if it is one more value of it."""
    own, common = kind(cell), column_kind(column)
    if common in ("number", "time"):
        return 1.0 if own == "text" else (-1.0 if own == common else 0.0)
    if own in ("number", "time"):
        return -0.5
    if common == "word":
        return 1.0 if own == "text" else -1.0
    return -0.5 if cell in column and len(column) > 1 else 0.0


def column_kind(column: Sequence[str]) -> Kind:
    """The kind of (nearly) all filled cells; text if they differ."""
    counts = Counter(kind(cell) for cell in column if cell)
    if not counts:
        return "empty"
    common, n = counts.most_common(1)[0]
    return common if n >= 0.8 * sum(counts.values()) else "text"


def _repeats(row: Row, below: Sequence[Row]) -> bool:
    """All texts, no evidence: a first row most of whose words come again below, but not all in one row, is data."""
    known = [set(other) for other in below if list(other) != list(row)]
    again = sum(1 for cell in row if cell and any(cell in cells for cells in known))
    return again > 0.5 * sum(1 for cell in row if cell)


def is_total(row: Row) -> bool:
    """Whether the first filled cell is a word for a total."""
    first = next((cell for cell in row if cell), "")
    return re.match(TOTAL, first) is not None
