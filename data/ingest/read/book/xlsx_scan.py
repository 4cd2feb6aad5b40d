"""A sheet part of an xlsx file, looked through as bytes for what calamine does not tell.

Invariant: the part is inflated once, in pieces, and never grows beyond the size its archive claims. All of it is looked
through, unless it is long and its first thousands of rows and the styles give no reason to.
"""

import re
from html import unescape
from typing import IO

from data.ingest.read.book.formats import PERCENT
from data.ingest.read.book.names import column_of, text_of_link
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
        self.prefix = b""

    def read(self, stream: IO[bytes], size: int) -> None:
        """Look through the part, which inflates to `size` bytes."""
        rest, taken = b"", 0
        while piece := stream.read(PIECE):
            taken += len(piece)
            if taken > SAMPLE and size > LONG and not self.styles and self.seen.is_plain():
                return
            data = rest + piece
            if not rest:
                self._begin(data)
            cut = max(data.rfind(self.cell), data.rfind(b"</" + self.prefix + b"sheetData"))
            rest = data[max(cut, 0) :]
            if len(rest) > LONGEST:
                raise Forbidden("a cell too long")
            self._look(data[: max(cut, 0)])
        self._look(rest)

    def _begin(self, data: bytes) -> None:
        root = re.search(rb"<(?:([\w.-]+):)?worksheet\b", data)
        p = self.prefix = root[1] + b":" if root and root[1] else b""
        self.cell = b"<" + p + b"c "
        start = rb"<" + re.escape(p)
        self.formula = b"<" + p + b"f"
        self.formulas = re.compile(
            start + rb"c ([^>]*)>\s*" + start + rb"f(?:\s[^>]*)?(?:/>|>([^<]*)</" + re.escape(p) + rb"f>)\s*"
            rb"(?:(" + start + rb"v(?:\s[^>]*)?>[^<]|" + start + rb"is\b))?"
        )  # fmt: skip
        self.errors = re.compile(
            start + rb'c ([^>]*\bt="e"[^>]*)>(?:(?!</' + re.escape(p) + rb"c>).)*?v>([^<]*)<", re.S
        )
        self.rows = re.compile(start + rb"row ([^>]*)>")
        self.seen.names_above = re.search(start + rb'outlinePr [^>]*summaryBelow="(?:0|false)"', data) is not None
        if self.styles:
            among = b"|".join(self.styles)
            self.styled = re.compile(start + rb'c (?=[^>]*?\bs="(' + among + rb')")([^>]*)>')

    def _look(self, data: bytes) -> None:
        if self.formula in data:
            for attributes, text, value in self.formulas.findall(data):
                self._formula(attributes, text, value)
        if b't="e"' in data:
            for attributes, text in self.errors.findall(data):
                self.seen.error(_name(attributes), text.decode("utf-8", "replace")[:20])
        if self.styles:
            for style, attributes in self.styled.findall(data):
                self._styled(self.styles[style], attributes)
        if b'outlineLevel="' in data or b'hidden="1"' in data:
            for (attributes,) in map(re.Match.groups, self.rows.finditer(data)):
                self._row(attributes)

    def _formula(self, attributes: bytes, text: bytes, value: bytes) -> None:
        self.seen.formulas += 1
        if value or b't="str"' in attributes:
            return
        name = _name(attributes)
        shown = text_of_link("=" + unescape(text.decode("utf-8", "replace")))
        place = _place(name)
        if shown is not None and place is not None:
            self.seen.links.setdefault(place[1], {})[place[0]] = shown
        else:
            self.seen.uncount(name)

    def _styled(self, what: str, attributes: bytes) -> None:
        if b't="' in attributes and b't="n"' not in attributes:
            return
        if what != PERCENT:
            if not attributes.endswith(b"/"):
                self.seen.currencies[what] = self.seen.currencies.get(what, 0) + 1
        elif (place := _place(_name(attributes))) is not None:
            self.seen.percent(*place)

    def _row(self, attributes: bytes) -> None:
        if b'hidden="1"' in attributes:
            self.seen.hidden_rows += 1
        level = re.search(rb'outlineLevel="([1-8])"', attributes)
        number = re.search(rb'\br="(\d{1,7})"', attributes)
        if level and number:
            self.seen.levels[int(number[1])] = int(level[1])


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
    return (row, column_of(letters)) if 0 < row <= MAX_ROW else None
