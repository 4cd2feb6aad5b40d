"""The workbook that is being written: formats made once, texts that stay texts, sheets set up for paper.

Invariant: whatever begins like a formula or an address is written as a string.
"""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kpi.charts.palette import palette
from kpi.language import Language
from kpi.report import words as said
from kpi.report.forms.legal import legal, one_line
from kpi.report.forms.measure import height
from kpi.report.forms.office import DAY
from kpi.report.model import Report

COLOURS = palette("light")
A4 = 9
SIZE = 10.0
"""Points of the type."""
CHARACTER = 5.25
"""Points of a column's unit of width."""
LOWEST, HIGHEST = 15.0, 400.0
"""Points of a row."""
LONGEST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "indent": 1, "font_color": COLOURS.text},
    "lead": {"font_size": 12, "text_wrap": True, "valign": "top", "indent": 1, "font_color": COLOURS.text},
    "section": {"bold": True, "font_size": 13, "indent": 1, "font_color": COLOURS.text},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "indent": 1, "bottom": 1,
             "bottom_color": COLOURS.muted, "font_color": COLOURS.muted},
    "head right": {"bold": True, "text_wrap": True, "valign": "bottom", "align": "right", "bottom": 1,
                   "bottom_color": COLOURS.muted, "font_color": COLOURS.muted},
    "text": {"text_wrap": True, "valign": "top", "indent": 1},
    "name": {"text_wrap": True, "valign": "top", "bold": True, "indent": 1},
    "quiet": {"font_color": COLOURS.muted, "text_wrap": True, "valign": "top", "indent": 1},
    "number": {"valign": "top", "align": "right"},
    "quiet number": {"valign": "top", "align": "right", "font_color": COLOURS.muted},
    "day": {"valign": "top", "align": "left", "indent": 1},
    **{status: {"valign": "top", "text_wrap": True, "indent": 1, "font_color": COLOURS.status(status)}
       for status in ("good", "acceptable", "missed", "none")},
}  # fmt: skip


class Exact(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose numbers are written with every figure they have: XlsxWriter itself leaves out the last."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        told = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{told}><v>{number!r}</v></c>")


@dataclass
class Book:
    """A workbook that is being written."""

    report: Report
    """What is written."""
    words: Language
    """The language."""
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    """Its bytes, once it is closed."""
    _formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.out = xlsxwriter.Workbook(self.buffer, options)
        self.out.set_properties({"title": legal(said.title(self.report, self.words)), "created": self.report.made_at})
        self.out.formats[0].set_font_name("Arial")
        self.out.formats[0].set_font_size(SIZE)

    def format(self, style: str, number: str = "") -> Format:
        """A cell format, made once; `number`: its number format."""
        key = (style, number)
        if key not in self._formats:
            more = {"num_format": number} if number else {}
            self._formats[key] = self.out.add_format({"font_name": "Arial", "font_size": SIZE} | _STYLES[style] | more)
        return self._formats[key]

    def sheet(self, name: str, widths: tuple[float, ...], *, head: int, wide: bool = True) -> "Sheet":
        """A new sheet. `widths`: of its columns, in characters; `head`: row of the table's head, which stays in sight
        and is repeated on every sheet of paper."""
        page = self.out.add_worksheet(name[:31], worksheet_class=Exact)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.set_paper(A4)
        if wide:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(0.5, 0.5, 0.6, 0.6)
        page.hide_gridlines(2)
        page.freeze_panes(head + 1, 1)
        page.repeat_rows(head)
        about = one_line(f"{said.subject(self.report, self.words)} · {said.period(self.report, self.words)}")
        page.set_footer("&L{}&R&P / &N".format(about[:100].replace("&", "&&")))
        return Sheet(self, page, widths)

    def close(self) -> bytes:
        """The file."""
        self.out.close()
        return self.buffer.getvalue()


@dataclass(frozen=True)
class Sheet:
    """A sheet that is being written."""

    book: Book
    """The workbook."""
    page: Worksheet
    """The sheet."""
    widths: tuple[float, ...]
    """Of its columns, in characters."""
    heights: dict[int, float] = field(default_factory=dict)
    """Row → points it needs for its texts."""

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.page.get_name())

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """A text, whatever it looks like."""
        told = legal(text)[:LONGEST]
        self.page.write_string(row, column, told, self.book.format(style))
        if "text_wrap" in _STYLES[style]:
            self._make_room(row, told, self.widths[column], style)

    def across(self, row: int, text: str, style: str) -> None:
        """A text over all columns."""
        self.page.merge_range(row, 0, row, len(self.widths) - 1, "", self.book.format(style))
        told = legal(text)[:LONGEST]
        self.page.write_string(row, 0, told, self.book.format(style))
        self._make_room(row, told, sum(self.widths), style)

    def _make_room(self, row: int, text: str, width: float, style: str) -> None:
        """The row becomes as high as a text needs: not every program finds that out by itself."""
        size, bold = _STYLES[style].get("font_size", SIZE), bool(_STYLES[style].get("bold"))
        needed = height(text, width * CHARACTER - 10, size, bold=bold) + 5
        if needed > self.heights.get(row, LOWEST):
            self.heights[row] = min(needed, HIGHEST)
            self.page.set_row(row, self.heights[row])

    def number(self, row: int, column: int, value: float | None, code: str, style: str = "number") -> None:
        """A number in full precision; nothing where there is none."""
        if value is None:
            self.page.write_blank(row, column, None, self.book.format(style))
        else:
            self.page.write_number(row, column, value, self.book.format(style, code))

    def day(self, row: int, column: int, day: date | None) -> None:
        """A day."""
        if day is not None:
            self.page.write_datetime(row, column, day, self.book.format("day", DAY[self.book.words.code]))

    def head(self, row: int, names: tuple[str, ...], *, numbers: frozenset[int] = frozenset()) -> None:
        """The head of a table; `numbers`: columns that are set to the right."""
        for place, name in enumerate(names):
            self.text(row, place, name, "head right" if place in numbers else "head")
