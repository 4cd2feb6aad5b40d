"""How the cells of a text file are set apart."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart."""

    delimiter: str
    """Between cells; one character."""
    quote: str = '"'
    """Around cells that hold delimiters or line ends; doubled inside."""
    escape: str = '"'
    """Before a quote inside a quoted cell: the quote itself, or a backslash."""
    spaced: bool = False
    """A space follows every delimiter and belongs to it."""

    @cached_property
    def lenient(self) -> re.Pattern[str]:
        """A cell whose quotes need not be doubled: it ends at a quote before a delimiter or the end."""
        delimiter, quote = re.escape(self.delimiter), re.escape(self.quote)
        return re.compile(rf"[ ]*{quote}(.*?){quote}[ ]*({delimiter}|\Z)|([^{delimiter}]*)({delimiter}|\Z)", re.S)

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """What a quoted cell begins with."""
        return re.compile(rf" *{re.escape(self.quote)}")

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """A quote that may end a cell: before a delimiter or the end of the line."""
        return re.compile(rf"{re.escape(self.quote)}(?= *(?:{re.escape(self.delimiter)}|\Z))")


def unescape(text: str, dialect: Dialect) -> str:
    """The text of a quoted cell without its escapes."""
    if dialect.escape == "\\":
        return re.sub(r"\\([\\" + re.escape(dialect.quote) + "])", r"\1", text)
    return text.replace(dialect.quote * 2, dialect.quote)
