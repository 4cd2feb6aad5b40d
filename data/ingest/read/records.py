"""Text lines into records, forgiving: a record is never lost to a stray quote.

Invariant: joining all records gives every character of the lines back, apart from the quotes, delimiters and line
ends the dialect gives a meaning to. A record that broke the dialect's rules says so.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from data.ingest.read.broken_quotes import split_lenient
from data.ingest.read.cellkind import kind
from data.ingest.read.dialect import Dialect, unescape

MAX_LINES = 1000
"""Physical lines one quoted cell may span before its opening quote counts as a stray one."""


class Record(NamedTuple):
    """One record as it stands in the file; there are as many as lines, and a tuple is made in a third of the time."""

    line: int
    """Physical line on which it begins, from 1."""
    cells: list[str]
    """Its cells, untrimmed, quotes taken off; [""] for a blank line."""
    repaired: bool = False
    """Its quotes broke the rules."""
    text: str = ""
    """The line it stands on; empty if there are several."""


def records(lines: Sequence[str], dialect: Dialect, width: int | None = None, at: int = 0) -> Iterator[Record]:
    """Records of `lines` (without line ends) from the line `at` on. `width`: cells a record should have, if known."""
    broken = False
    while at < len(lines):
        for cells, used in _plainly(lines, at, dialect, width, single=broken):
            yield _record(lines, at, cells, used, dialect)
            at += used
        if at < len(lines):
            cells, used, broken = _quoted(lines, at, dialect, width)
            yield _record(lines, at, cells, used, dialect, broken)
            at += used


def _record(
    lines: Sequence[str], at: int, cells: list[str], used: int, dialect: Dialect, repaired: bool = False
) -> Record:
    if dialect.spaced:
        cells = [cells[0], *(cell.removeprefix(" ") for cell in cells[1:])]
    return Record(at + 1, cells, repaired, lines[at] if used == 1 else "")


def _plainly(
    lines: Sequence[str], at: int, dialect: Dialect, width: int | None, *, single: bool
) -> Iterator[tuple[list[str], int]]:
    """(cells, lines) of the records from `at` on, at the speed of C, up to the first that may not keep the rules.

    `single`: up to the first that may take several lines too: where a quote was broken the next is likely to be, and
    the lines up to it would be read in vain.
    """
    if dialect.escape != dialect.quote:
        return
    doubtful, quote = f"{dialect.delimiter} {dialect.quote}", dialect.quote
    begun = at

    def feed() -> Iterator[str]:
        for number in range(at, len(lines)):
            line = lines[number]
            if number - begun == MAX_LINES:
                return
            if quote in line and (doubtful in line or (single and line.count(quote) % 2)):
                return
            yield f"{line}\n"

    reader = csv.reader(feed(), delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
    try:
        for cells in reader:
            used = at + reader.line_num - begun
            if used > 1 and not _believable(cells, lines[begun + 1 : begun + used - 1], dialect, width):
                return
            begun += used
            yield cells or [""], used
    except csv.Error:
        return


def _quoted(lines: Sequence[str], at: int, dialect: Dialect, width: int | None) -> tuple[list[str], int, bool]:
    """Cells of the record at `at`, the lines it takes, whether it had to be repaired."""
    if dialect.quote not in lines[at]:
        return lines[at].split(dialect.delimiter), 1, False
    strict = _Strict(lines, at, dialect)
    cells = strict.cells()
    if cells is not None and _believable(cells, lines[at + 1 : at + strict.used - 1], dialect, width):
        return cells, strict.used, False
    return split_lenient(lines[at], dialect, width), 1, True


class _Strict:
    """Reads one record by the strict rules, taking further lines while a quote is open; each character once."""

    def __init__(self, lines: Sequence[str], at: int, dialect: Dialect) -> None:
        self.lines = lines
        self.at = at
        self.dialect = dialect
        self.text = lines[at]
        self.used = 1

    def cells(self) -> list[str] | None:
        """The cells; None if the rules are broken."""
        cells: list[str] = []
        start = 0
        while True:
            cell = self._quoted_cell(start) if self._opens(start) else self._plain_cell(start)
            if cell is None:
                return None
            cells.append(cell[0])
            if cell[1] >= len(self.text):
                return cells
            start = cell[1] + 1
            if start == len(self.text):
                return [*cells, ""]

    def _opens(self, start: int) -> bool:
        while self.text.startswith(" ", start):
            start += 1
        return self.text.startswith(self.dialect.quote, start)

    def _plain_cell(self, start: int) -> tuple[str, int]:
        """The cell, and where the delimiter or end behind it stands."""
        end = self.text.find(self.dialect.delimiter, start)
        end = len(self.text) if end < 0 else end
        return self.text[start:end], end

    def _quoted_cell(self, start: int) -> tuple[str, int] | None:
        first = self.text.index(self.dialect.quote, start) + 1
        close = self._close(first)
        if close is None:
            return None
        end = close + 1
        while self.text.startswith(" ", end):
            end += 1
        if end < len(self.text) and self.text[end] != self.dialect.delimiter:
            return None
        return unescape(self.text[first:close], self.dialect), end

    def _close(self, scan: int) -> int | None:
        """Where the quote that ends the cell stands."""
        quote, escape = self.dialect.quote, self.dialect.escape
        while True:
            found = self.text.find(quote, scan)
            if found < 0:
                scan = len(self.text)
                if not self._take_lines():
                    return None
            elif escape != quote and (found - len(self.text[:found].rstrip(escape))) % 2:
                scan = found + 1
            elif escape == quote and self.text.startswith(quote, found + 1):
                scan = found + 2
            else:
                return found

    def _take_lines(self) -> bool:
        """The lines up to the next that has a quote; False if none may be taken."""
        following, limit = self.at + self.used, min(len(self.lines), self.at + MAX_LINES)
        for last in range(following, limit):
            if self.dialect.quote in self.lines[last]:
                self.text = "\n".join([self.text, *self.lines[following : last + 1]])
                self.used = last + 1 - self.at
                return True
        return False


def _believable(cells: list[str], inner: Sequence[str], dialect: Dialect, width: int | None) -> bool:
    """False if the lines swallowed by a quoted cell are records themselves."""
    if width is None or width < 2:
        return True
    full = [line for line in inner if line.count(dialect.delimiter) == width - 1]
    if not full:
        return True
    typed = [place for place, cell in enumerate(cells) if kind(cell.strip()) in ("number", "time")]
    whole = sum(_alike(line, cells, typed, dialect) for line in full)
    return whole == 0 or (len(cells) == width and whole < 0.5 * len(inner))


def _alike(line: str, cells: list[str], typed: list[int], dialect: Dialect) -> bool:
    """Whether a line has numbers and dates where the record has them that swallowed it."""
    inner = line.split(dialect.delimiter)
    return all(kind(inner[place].strip()) == kind(cells[place].strip()) for place in typed if place < len(inner))
