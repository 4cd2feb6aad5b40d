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
    def strict(self) -> re.Pattern[str]:
        """One well-formed cell with the delimiter or end behind it."""
        delimiter, quote = re.escape(self.delimiter), re.escape(self.quote)
        inner = rf"(?:[^{quote}\\]|\\.)*" if self.escape == "\\" else rf"(?:[^{quote}]|{quote}{quote})*"
        return re.compile(rf"[ ]*{quote}({inner}){quote}[ ]*({delimiter}|\Z)|([^{delimiter}]*)({delimiter}|\Z)", re.S)

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
    text = lines[at]
    if (cells := split(text, dialect)) is not None:
        return cells, 1, False
    spanned = _spanning(lines, at, dialect, width)
    if spanned is not None:
        return spanned[0], spanned[1], False
    return split_lenient(text, dialect, width), 1, True


def _spanning(lines: Sequence[str], at: int, dialect: Dialect, width: int | None) -> tuple[list[str], int] | None:
    """The record that begins at `at` and closes its quotes on a later line; None if none does so believably."""
    text = lines[at]
    count = text.count(dialect.quote)
    for used in range(2, min(MAX_LINES, len(lines) - at) + 1):
        line = lines[at + used - 1]
        text += "\n" + line
        if dialect.quote not in line:
            continue
        count += line.count(dialect.quote)
        if count % 2 and dialect.escape == dialect.quote:
            continue
        cells = split(text, dialect)
        if cells is not None:
            return (cells, used) if _believable(cells, lines[at + 1 : at + used - 1], dialect, width) else None
    return None


def _believable(cells: list[str], inner: Sequence[str], dialect: Dialect, width: int | None) -> bool:
    """False if the lines swallowed by a quoted cell are records themselves."""
    if width is None or width < 2:
        return True
    whole = sum(1 for line in inner if line.count(dialect.delimiter) == width - 1)
    return whole == 0 or (len(cells) == width and whole < 0.5 * len(inner))


def split(text: str, dialect: Dialect) -> list[str] | None:
    """Cells of a whole record by the strict rules; None if it breaks them."""
    cells: list[str] = []
    at, end = 0, len(text)
    while True:
        match = dialect.strict.match(text, at)
        if match is None:
            return None
        quoted, _, plain, _ = match.groups()
        if quoted is not None:
            cells.append(unescape(quoted, dialect))
        elif plain.lstrip(" ").startswith(dialect.quote) or "\n" in plain:
            return None
        else:
            cells.append(plain)
        at = match.end()
        if at == end and not _open_end(match):
            return cells


def split_lenient(text: str, dialect: Dialect, width: int | None) -> list[str]:
    """Cells of one line whose quotes break the rules: of three readings the first that has the expected width.

    A cell ends at a quote before a delimiter; or at its first quote; or quotes mean nothing at all.
    """
    found = [
        _split_inner_quotes(text, dialect),
        next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote), [""]),
        text.split(dialect.delimiter),
    ]
    return next((cells for cells in found if len(cells) == width), found[0])


def _split_inner_quotes(text: str, dialect: Dialect) -> list[str]:
    cells: list[str] = []
    at, end = 0, len(text)
    while True:
        match = dialect.lenient.match(text, at)
        assert match is not None, "the second alternative always matches"
        cells.append(unescape(match[1], dialect) if match[1] is not None else match[3])
        at = match.end()
        if at == end and not _open_end(match):
            return cells


def _open_end(match: re.Match[str]) -> bool:
    """The text ended with a delimiter: one more, empty, cell follows."""
    return bool(match[2] or match[4])


def unescape(text: str, dialect: Dialect) -> str:
    """The text of a quoted cell without its escapes."""
    if dialect.escape == "\\":
        return re.sub(r"\\([\\" + re.escape(dialect.quote) + "])", r"\1", text)
    return text.replace(dialect.quote * 2, dialect.quote)
