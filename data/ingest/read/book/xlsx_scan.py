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
LONG = 24 << 20
"""Bytes up to which a part is short."""


class SheetScan:
    """Looks through one sheet part."""

    def __init__(self, seen: Seen, styles: dict[int, str]) -> None:
        self.seen = seen
        self.styles = {str(place).encode(): what for place, what in styles.items()}
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
        self.formula = b"<" + prefix + b"f"
        cell, formula = rb"<" + p + rb"c ([^>]*)>\s*", rb"<" + p + rb"f(?:\s[^>]*)?"
        valued = rb"\s*<" + p + rb"(?:v(?:\s[^>]*)?>[^<]|is\b)"
        self.uncounted = re.compile(cell + formula + rb"(?:/>|>([^<]*)</" + p + rb"f>)(?!" + valued + rb")")
        self.links = re.compile(cell + formula + rb">([^<]*HYPERLINK[^<]*)</" + p + rb"f>", re.IGNORECASE)
        self.errors = re.compile(rb"<" + p + rb'c ([^>]*\bt="e"[^>]*)>(?:(?!</' + p + rb"c>).)*?v>([^<]*)<", re.DOTALL)
        self.rows = re.compile(rb"<" + p + rb"row ([^>]*)>")
        self.seen.names_above = re.search(rb"<" + p + rb'outlinePr [^>]*summaryBelow="(?:0|false)"', data) is not None
        style = rb'(?=[^>]*?\bs="(' + b"|".join(self.styles) + rb')")'
        self.styled = re.compile(rb"<" + p + rb"c " + style + rb'(?=[^>]*?\br="([A-Z]{1,3})(\d{1,7})")([^>]*)>')
        return prefix

    def _look(self, data: bytes) -> None:
        if self.formula in data:
            self.seen.formulas += data.count(self.formula)
            self._formulas(data)
        if b't="e"' in data:
            for attributes, text in self.errors.findall(data):
                self.seen.error(_name(attributes), text.decode("utf-8", "replace")[:20])
        if self.styles:
            self._styled(data)
        if b'outlineLevel="' in data or b'hidden="1"' in data:
            for attributes in self.rows.findall(data):
                self._row(attributes)

    def _formulas(self, data: bytes) -> None:
        """Those without a value, and the numbers that links lead to."""
        for attributes, text in self.uncounted.findall(data):
            if b't="str"' not in attributes:
                self._without_value(_name(attributes), _text(text))
        if b"HYPERLINK" in data or b"hyperlink" in data:
            for attributes, text in self.links.findall(data):
                place = _place(_name(attributes))
                if place is not None and (number := number_of_link(_text(text))) is not None:
                    self.seen.numbers.setdefault(place[1], {})[place[0]] = number

    def _without_value(self, name: str, formula: str) -> None:
        shown, place = text_of_link(formula), _place(name)
        if shown is not None and place is not None:
            self.seen.links.setdefault(place[1], {})[place[0]] = shown
        else:
            self.seen.uncount(name)

    def _styled(self, data: bytes) -> None:
        """Numbers shown as a share of a hundred or in a foreign currency."""
        currencies = self.seen.currencies
        for style, letters, digits, attributes in self.styled.findall(data):
            if (b't="' in attributes and b't="n"' not in attributes) or attributes.endswith(b"/"):
                continue
            what, row = self.styles[style], int(digits)
            if what != PERCENT:
                currencies[what] = currencies.get(what, 0) + 1
            elif 0 < row <= MAX_ROW:
                self.seen.percent(row, column_of(letters))

    def _row(self, attributes: bytes) -> None:
        if b'hidden="1"' in attributes:
            self.seen.hidden_rows += 1
        level = re.search(rb'outlineLevel="([1-8])"', attributes)
        number = re.search(rb'\br="(\d{1,7})"', attributes)
        if level and number:
            self.seen.levels[int(number[1])] = int(level[1])


def _text(formula: bytes) -> str:
    return "=" + unescape(formula.decode("utf-8", "replace"))


_REFERENCE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')


def _name(attributes: bytes) -> str:
    """«B7»; "" for a cell that does not say where it stands."""
    match = _REFERENCE.search(attributes)
    return match[1].decode() if match else ""


def _place(name: str) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a cell name."""
    letters = name.rstrip("0123456789")
    if not letters:
        return None
    row = int(name[len(letters) :])
    return (row, column_of(letters.encode())) if 0 < row <= MAX_ROW else None
