"""Text lines into records, forgiving: a record is never lost to a stray quote.

Invariant: joining all records gives every character of the lines back, apart from the quotes, delimiters and line
ends the dialect gives a meaning to. A record that broke the dialect's rules says so.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

MAX_LINES = 1000
"""Physical lines one quoted cell may span before its opening quote counts as a stray one."""


LONG = 100_000
"""Characters of a line whose broken quotes are no longer puzzled over."""


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart."""

    delimiter: str
    """Between cells; one character."""
    quote: str = '"'
    """Around cells that hold delimiters or line ends; doubled inside."""
    escape: str = '"'
    """Before a quote inside a quoted cell: the quote itself, or a backslash."""

    @cached_property
    def lenient(self) -> re.Pattern[str]:
        """A cell whose quotes need not be doubled: it ends at a quote before a delimiter or the end."""
        delimiter, quote = re.escape(self.delimiter), re.escape(self.quote)
        return re.compile(rf"[ ]*{quote}(.*?){quote}[ ]*({delimiter}|\Z)|([^{delimiter}]*)({delimiter}|\Z)", re.S)


@dataclass(frozen=True)
class Record:
    """One record as it stands in the file."""

    line: int
    """Physical line on which it begins, from 1."""
    cells: list[str]
    """Its cells, untrimmed, quotes taken off; [""] for a blank line."""
    repaired: bool = False
    """Its quotes broke the rules."""


def records(lines: Sequence[str], dialect: Dialect, width: int | None = None) -> Iterator[Record]:
    """Records of `lines` (without line ends). `width`: cells a record should have, where that is known."""
    at = 0
    while at < len(lines):
        text = lines[at]
        if dialect.quote not in text:
            yield Record(at + 1, text.split(dialect.delimiter))
            at += 1
            continue
        cells, used, repaired = _quoted(lines, at, dialect, width)
        yield Record(at + 1, cells, repaired)
        at += used


def _quoted(lines: Sequence[str], at: int, dialect: Dialect, width: int | None) -> tuple[list[str], int, bool]:
    """Cells of the record at `at`, the lines it takes, whether it had to be repaired."""
    if (cells := _plainly(lines[at], dialect)) is not None:
        return cells, 1, False
    strict = _Strict(lines, at, dialect)
    cells = strict.cells()
    if cells is not None and _believable(cells, lines[at + 1 : at + strict.used - 1], dialect, width):
        return cells, strict.used, False
    return split_lenient(lines[at], dialect, width), 1, True


def _plainly(text: str, dialect: Dialect) -> list[str] | None:
    """Cells of a line that keeps the rules by itself, at the speed of C; None if it may not."""
    if dialect.escape != dialect.quote:
        return None
    reader = csv.reader(
        [text], delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=True, strict=True
    )
    try:
        return next(reader, [""])
    except csv.Error:
        return None


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
                if not self._take_line():
                    return None
            elif escape != quote and (found - len(self.text[:found].rstrip(escape))) % 2:
                scan = found + 1
            elif escape == quote and self.text.startswith(quote, found + 1):
                scan = found + 2
            else:
                return found

    def _take_line(self) -> bool:
        following = self.at + self.used
        if self.used == MAX_LINES or following == len(self.lines):
            return False
        self.text += "\n" + self.lines[following]
        self.used += 1
        return True


def _believable(cells: list[str], inner: Sequence[str], dialect: Dialect, width: int | None) -> bool:
    """False if the lines swallowed by a quoted cell are records themselves."""
    if width is None or width < 2:
        return True
    whole = sum(1 for line in inner if line.count(dialect.delimiter) == width - 1)
    return whole == 0 or (len(cells) == width and whole < 0.5 * len(inner))


def split_lenient(text: str, dialect: Dialect, width: int | None) -> list[str]:
    """Cells of one line whose quotes break the rules: of three readings the first that has the expected width.

    A cell ends at a quote before a delimiter; or at its first quote; or quotes mean nothing at all.
    """
    if len(text) > LONG:
        return text.split(dialect.delimiter)
    found = [
        _split_inner_quotes(text, dialect),
        next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote), [""]),
        text.split(dialect.delimiter),
    ]
    return next((cells for cells in found if len(cells) == width), found[0])


def _split_inner_quotes(text: str, dialect: Dialect) -> list[str]:
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


def unescape(text: str, dialect: Dialect) -> str:
    """The text of a quoted cell without its escapes."""
    if dialect.escape == "\\":
        return re.sub(r"\\([\\" + re.escape(dialect.quote) + "])", r"\1", text)
    return text.replace(dialect.quote * 2, dialect.quote)
