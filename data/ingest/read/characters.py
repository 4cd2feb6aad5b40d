"""Characters that must not reach the store: U+0000–001F, FFFE and FFFF (a chart export aborts the process on them).

Invariant: a line break or tab inside a cell becomes a space, every other control character is removed, both counted.
"""

import re
from dataclasses import dataclass, field

CONTROL = re.compile("[\x00-\x1f\ufffe\uffff]")
_BREAK = re.compile("[\t\n\r]+")
_STRIPPED = re.compile("[\x00-\x1f\ufffe\uffff]")
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

    def cell(self, text: str, line: int) -> str | None:
        """The trimmed text; None if nothing is left."""
        if text.isprintable():  # then the only space it can hold is the plain one; five times as fast
            text = text.strip(" ")
        else:
            text = text.strip(SPACES)
            if CONTROL.search(text):
                text = self._controls(text, line)
        if text.startswith("=") and (link := _HYPERLINK.match(text)):
            self.links += 1
            text = link[1].replace('""', '"').strip(SPACES)
        return text or None

    def _controls(self, text: str, line: int) -> str:
        spaced = _BREAK.sub(" ", text)
        clean = _STRIPPED.sub("", spaced)
        self.breaks += spaced != text
        if clean != spaced:
            self.stripped += 1
            self.examples = [*self.examples, line][:5]
        return clean.strip(SPACES)
