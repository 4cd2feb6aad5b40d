"""A line whose quotes break the rules, cut into the cells it most likely has.

Invariant: every reading keeps all characters but the quotes and delimiters it gives a meaning to; of the readings that
have as many cells as the table, the one that leaves the fewest quotes without a meaning is taken.
"""

import csv
import re
from collections.abc import Iterator

from data.ingest.read.dialect import Dialect, unescape

LONG = 100_000
"""Characters of a line whose broken quotes are no longer puzzled over."""

PUZZLE = 4000
"""Places where a cell may begin, times places where a quoted one may end, up to which all readings are compared."""

_Reading = tuple[int, list[str]]
"""Quotes without a meaning, and the cells."""


def split_lenient(text: str, dialect: Dialect, width: int | None) -> list[str]:
    """Cells of one line: of all readings with the expected width the cheapest, else what plain rules give."""
    if len(text) > LONG:
        return text.split(dialect.delimiter)
    if width is not None and (cells := _cheapest(text, dialect, width)):
        return cells
    found = [
        _split_inner_quotes(text, dialect),
        next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote), [""]),
        text.split(dialect.delimiter),
    ]
    return next((cells for cells in found if len(cells) == width), found[0])


def _cheapest(text: str, dialect: Dialect, width: int) -> list[str] | None:
    """The reading with `width` cells that leaves the fewest quotes without a meaning; None if there is none."""
    ends = [match.start() for match in dialect.closing.finditer(text)]
    starts = [0, *(match.end() for match in re.finditer(re.escape(dialect.delimiter), text))]
    if len(ends) * len(starts) > PUZZLE:
        return None
    if not ends:  # no cell can be a quoted one
        return text.split(dialect.delimiter) if len(starts) == width else None
    best: dict[tuple[int, int], _Reading] = {(0, 0): (0, [])}
    for start in starts:
        for count in range(width):
            reading = best.get((start, count))
            if reading is not None:
                _go_on(text, start, count, reading, best, dialect, ends)
    done = best.get((len(text) + 1, width))
    return done[1] if done else None


def _go_on(
    text: str,
    start: int,
    count: int,
    reading: _Reading,
    best: dict[tuple[int, int], _Reading],
    dialect: Dialect,
    ends: list[int],
) -> None:
    """Every cell that may stand at `start`, after a reading of `count` cells."""
    cost, cells = reading
    for cell, strays, following in _cells_at(text, start, dialect, ends):
        place = (following, count + 1)
        if place not in best or cost + strays < best[place][0]:
            best[place] = (cost + strays, [*cells, cell])


def _cells_at(text: str, start: int, dialect: Dialect, ends: list[int]) -> Iterator[tuple[str, int, int]]:
    """(cell, quotes without a meaning, where the next cell begins): quoted up to any closing quote, or as it stands."""
    opening = dialect.opening.match(text, start)
    if opening:
        for end in ends:
            if end >= opening.end():
                inner = text[opening.end() : end]
                strays = inner.replace(dialect.escape + dialect.quote, "").count(dialect.quote)
                behind = text.find(dialect.delimiter, end)
                yield unescape(inner, dialect), strays, (behind if behind >= 0 else len(text)) + 1
    end = text.find(dialect.delimiter, start)
    plain = text[start : end if end >= 0 else len(text)]
    yield plain, plain.count(dialect.quote), start + len(plain) + 1


def _split_inner_quotes(text: str, dialect: Dialect) -> list[str]:
    """Cells of which a quoted one ends at the first quote before a delimiter."""
    cells: list[str] = []
    at = 0
    while True:
        match = dialect.lenient.match(text, at)
        assert match is not None, "the second alternative always matches"
        quoted, behind_quoted, plain, behind_plain = match.groups()
        cells.append(unescape(quoted, dialect) if quoted is not None else plain)
        at = match.end()
        if not (behind_quoted or behind_plain):
            return cells
