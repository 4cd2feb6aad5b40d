"""The content of an OpenDocument spreadsheet, looked through for what calamine does not tell.

Invariant: every sheet is walked once; what is said to repeat is repeated only as far as `MOST_MARKS` cells and the
rows a sheet can have.
"""

from typing import IO

from data.ingest.read.book import safe_xml
from data.ingest.read.book.names import letters_of
from data.ingest.read.book.seen import MOST_MERGED, Seen

MOST_MARKS = 3_000_000
"""Cells that are marked as shares of a hundred in all sheets."""
MAX_ROW = 1_048_576
_CELLS = ("table-cell", "covered-table-cell")


class ContentScan:
    """Walks through content.xml and keeps what was seen of each sheet."""

    def __init__(self) -> None:
        self.sheets: list[Seen] = []
        self.depth = 0
        self.row = self.rows = 1
        self.column = self.columns = 0
        self.cell: dict[str, str] = {}
        self.texts: list[str] | None = None
        self.marks = 0

    def read(self, stream: IO[bytes], most: int) -> list[Seen]:
        """What was seen, sheet by sheet. Raises Forbidden."""
        safe_xml.read(stream, self._start, self._end, self._text, most)
        return self.sheets

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(Seen())
                self.row = 1
        elif self.depth == 1 and name == "table-row":
            self.rows, self.column = _times(given.get("table:number-rows-repeated")), 0
        elif self.depth == 1 and name in _CELLS:
            self.columns, self.cell = _times(given.get("table:number-columns-repeated")), given
            self.texts = []

    def _text(self, text: str) -> None:
        if self.texts is not None:
            self.texts.append(text)

    def _end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
        elif self.depth == 1 and name == "table-row":
            self.row = min(self.row + self.rows, MAX_ROW + 1)
        elif self.depth == 1 and name in _CELLS:
            self._see(self.cell, "".join(self.texts or ()))
            self.texts = None
            self.column = min(self.column + self.columns, 1 << 20)

    def _see(self, cell: dict[str, str], text: str) -> None:
        seen, kind = self.sheets[-1], cell.get("office:value-type", "")
        if "table:formula" in cell:
            seen.formulas += 1
        if cell.get("calcext:value-type") == "error" or (text[:1] == "#" and text in _ERRORS):
            seen.error(f"{letters_of(self.column)}{self.row}", text[:20])
        elif kind == "percentage":
            self._mark(seen)
        elif kind == "unknown" and text.strip():
            seen.links.setdefault(self.column, {})[self.row] = text
        down, across = (_times(cell.get(f"table:number-{way}-spanned")) for way in ("rows", "columns"))
        if (down > 1 or across > 1) and len(seen.merged) < MOST_MERGED:
            seen.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))

    def _mark(self, seen: Seen) -> None:
        self.marks += self.rows * self.columns
        if self.marks > MOST_MARKS:
            raise safe_xml.Forbidden("too many cells are said to repeat")
        for row in range(self.row, min(self.row + self.rows, MAX_ROW + 1)):
            for column in range(self.column, self.column + self.columns):
                seen.percent(row, column)


_ERRORS = frozenset(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#ДЕЛ/0!", "#Н/Д", "#ИМЯ?"])


def _times(text: str | None) -> int:
    return min(int(text), 1 << 21) if text and text.isdecimal() else 1
