"""A sheet part of an xlsx file, looked through as bytes for what calamine does not tell.

Invariant: the part is inflated once, in pieces, and never grows beyond the size its archive claims. All of it is looked
through, unless it is long and its first thousands of rows and the styles give no reason to.
"""

import re
from html import unescape
from typing import IO

from data.ingest.read.book.formats import PERCENT
from data.ingest.read.book.names import column_of, number_of_link, text_of_link
from data.ingest.read.book.safe_xml import Forbidden
from data.ingest.read.book.seen import Seen

PIECE = 1 << 20
LONGEST = 32 << 20
"""Bytes of one cell at most."""
MAX_ROW = 1_048_576

SAMPLE = 4 << 20
"""Bytes of a long part that are looked through in any case."""
MOST_STYLES = 200
"""Styles with a meaning that are looked for; a spreadsheet program makes a handful."""
LONG = 24 << 20
"""Bytes up to which a part is short."""


class SheetScan:
    """Looks through one sheet part."""

    def __init__(self, seen: Seen, styles: dict[int, str]) -> None:
        self.seen = seen
        listed = list(styles.items())[:MOST_STYLES]
        self.styles = {b' s="%d"' % place: what for place, what in listed}
        self.prefix: bytes | None = None

    def read(self, stream: IO[bytes], size: int) -> None:
        """Look through the part, which inflates to `size` bytes."""
        rest, taken = b"", 0
        while piece := stream.read(PIECE):
            taken += len(piece)
            if taken > SAMPLE and size > LONG and not self.styles and self.seen.is_plain():
                return
            data = rest + piece
            prefix = self._begin(data) if self.prefix is None else self.prefix
            cut = max(data.rfind(b"<" + prefix + b"c "), data.rfind(b"</" + prefix + b"sheetData"), 0)
            rest = data[cut:]
            if len(rest) > LONGEST:
                raise Forbidden("a cell too long")
            self._look(data[:cut])
        self._look(rest)

    def _begin(self, data: bytes) -> bytes:
        """The prefix of the part's elements, and what is looked for, with it."""
        root = re.search(rb"<(?:([\w.-]+):)?worksheet\b", data)
        prefix = self.prefix = root[1] + b":" if root and root[1] else b""
        p = re.escape(prefix)
        self.cell, self.formula = b"<" + prefix + b"c ", b"<" + prefix + b"f"
        formula = rb"<" + p + rb"f(?:\s[^>]*)?"
        valued = rb"\s*<" + p + rb"(?:v(?:\s[^>]*)?>[^<]|is\b)"
        self.uncounted = re.compile(formula + rb"(?:/>|>([^<]*)</" + p + rb"f>)(?!" + valued + rb")")
        self.links = re.compile(formula + rb">([^<]*HYPERLINK[^<]*)</" + p + rb"f>", re.IGNORECASE)
        self.errors = re.compile(rb"<" + p + rb'c ([^>]*\bt="e"[^>]*)>(?:(?!</' + p + rb"c>).)*?v>([^<]*)<", re.DOTALL)
        self.rows = re.compile(rb"<" + p + rb"row ([^>]*)>")
        self.seen.names_above = re.search(rb"<" + p + rb'outlinePr [^>]*summaryBelow="(?:0|false)"', data) is not None
        return prefix

    def _look(self, data: bytes) -> None:
        if self.formula in data:
            self.seen.formulas += data.count(self.formula)
            self._formulas(data)
        if b't="e"' in data:
            for attributes, text in self.errors.findall(data):
                self.seen.error(_name(attributes), text.decode("utf-8", "replace")[:20])
        for needle, what in self.styles.items():
            if needle in data:
                self._styled(data, needle, what)
        if b'outlineLevel="' in data or b'hidden="1"' in data:
            for attributes in self.rows.findall(data):
                self._row(attributes)

    def _formulas(self, data: bytes) -> None:
        """Those without a value, and the numbers that links lead to."""
        for match in self.uncounted.finditer(data):
            attributes = self._attributes(data, match.start())
            if b't="str"' not in attributes:
                self._without_value(_name(attributes), _text(match[1] or b""))
        if b"HYPERLINK" in data or b"hyperlink" in data:
            for match in self.links.finditer(data):
                place = _place(_name(self._attributes(data, match.start())))
                if place is not None and (number := number_of_link(_text(match[1]))) is not None:
                    self.seen.numbers.setdefault(place[1], {})[place[0]] = number

    def _attributes(self, data: bytes, inside: int) -> bytes:
        """The attributes of the cell that begins before a place inside it."""
        start = data.rfind(self.cell, 0, inside)
        return data[start : data.find(b">", start)] if start >= 0 else b""

    def _without_value(self, name: str, formula: str) -> None:
        shown, place = text_of_link(formula), _place(name)
        if shown is not None and place is not None:
            self.seen.links.setdefault(place[1], {})[place[0]] = shown
        else:
            self.seen.uncount(name)

    def _styled(self, data: bytes, needle: bytes, what: str) -> None:
        """Numbers shown as a share of a hundred or in a foreign currency."""
        at = data.find(needle)
        while at >= 0:
            end = data.find(b">", at)
            tag = data[data.rfind(b"<", 0, at) : end]
            if tag.startswith(self.cell) and not tag.endswith(b"/") and (b' t="' not in tag or b't="n"' in tag):
                self._shown(tag, what)
            at = data.find(needle, end)

    def _shown(self, tag: bytes, what: str) -> None:
        if what != PERCENT:
            self.seen.currencies[what] = self.seen.currencies.get(what, 0) + 1
        elif (match := _REFERENCE.search(tag)) is not None and 0 < (row := int(match[2])) <= MAX_ROW:
            self.seen.percent(row, column_of(match[1]))

    def _row(self, attributes: bytes) -> None:
        if b'hidden="1"' in attributes:
            self.seen.hidden_rows += 1
        level = re.search(rb'outlineLevel="([1-8])"', attributes)
        number = re.search(rb'\br="(\d{1,7})"', attributes)
        if level and number:
            self.seen.levels[int(number[1])] = int(level[1])


def _text(formula: bytes) -> str:
    return "=" + unescape(formula.decode("utf-8", "replace"))


_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def _name(attributes: bytes) -> str:
    """«B7»; "" for a cell that does not say where it stands."""
    match = _REFERENCE.search(attributes)
    return (match[1] + match[2]).decode() if match else ""


def _place(name: str) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a cell name."""
    letters = name.rstrip("0123456789")
    if not letters:
        return None
    row = int(name[len(letters) :])
    return (row, column_of(letters.encode())) if 0 < row <= MAX_ROW else None
