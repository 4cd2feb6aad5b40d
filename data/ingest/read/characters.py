"""Characters that must not reach the store: U+0000–001F, FFFE and FFFF (a chart export aborts the process on them).

Invariant: a line break or tab inside a cell becomes a space, every other control character is removed, both counted.
A verbatim cell keeps its spaces, line breaks, tabs and formulas.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

CONTROL = re.compile("[\x00-\x1f\ufffe\uffff]")
_BREAK = re.compile("[\t\n\r]+")
_MISREAD = re.compile("[\x80-\x9f]")
_MEANT = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""U+0080–009F are Windows' dashes and quotation marks taken for Latin-1; some have no meaning there either."""
_OTHER = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_HYPERLINK = re.compile(r'^=HYPERLINK\(\s*"(?:[^"]|"")*"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)$', re.IGNORECASE | re.DOTALL)

SPACES = (
    " \t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What surrounds a cell without being part of it: white space, no-break spaces, a stray byte order mark."""


@dataclass
class Cleaner:
    """Cleans cells one by one and counts what it changed."""

    stripped: int = 0
    """Cells from which control characters were removed."""
    breaks: int = 0
    """Cells whose line breaks or tabs became spaces."""
    links: int = 0
    """Cells whose =HYPERLINK() was replaced by its text."""
    examples: list[int] = field(default_factory=list)
    """Lines of the first five cells with control characters."""
    misread: int = 0
    """Cells in which Windows' dashes or quotation marks were restored."""
    verbatim: bool = False
    """Cells keep everything but control characters."""

    def row(self, cells: Sequence[str], line: int) -> list[str | None]:
        """The cells of a record, most of which need no more than a look at all of them together."""
        if self.verbatim:
            return [(cell if cell.isprintable() else self._verbatim(cell, line)) or None for cell in cells]
        text = "".join(cells)
        if "=" in text:
            return [self.cell(cell, line) for cell in cells]
        if text.isprintable():
            return [cell.strip(" ") or None for cell in cells]
        return [(cell.strip(" ") if cell.isprintable() else self.cell(cell, line)) or None for cell in cells]

    def cell(self, text: str, line: int) -> str | None:
        """The trimmed, or verbatim, text; None if nothing is left."""
        if self.verbatim:
            return self._verbatim(text, line)
        if text.isprintable():  # then the only space it can hold is the plain one; five times as fast
            text = text.strip(" ")
        else:
            text = self._restored(text).strip(SPACES)
            if CONTROL.search(text):
                text = self._controls(text, line)
        if text.startswith("=") and (link := _HYPERLINK.match(text)):
            self.links += 1
            text = link[1].replace('""', '"').strip(SPACES)
        return text or None

    def _verbatim(self, text: str, line: int) -> str | None:
        if not text.isprintable():
            text = self._restored(text)
            if (clean := _OTHER.sub("", text)) != text:
                self._count(line)
                text = clean
        return text or None

    def _restored(self, text: str) -> str:
        if not _MISREAD.search(text):
            return text
        self.misread += 1
        return text.translate(_MEANT)

    def _controls(self, text: str, line: int) -> str:
        spaced = _BREAK.sub(" ", text)
        clean = CONTROL.sub("", spaced)
        self.breaks += spaced != text
        if clean != spaced:
            self._count(line)
        return clean.strip(SPACES)

    def _count(self, line: int) -> None:
        self.stripped += 1
        self.examples = [*self.examples, line][:5]
