"""A sheet of A4 that is being written: letters, colours, what stands on every page.

Invariant: nothing is written beyond the margins; a sign our letters lack is shown as a question mark, never as nothing;
every page tells what it belongs to, its filters, until when its data go, and its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from kpi.charts.palette import palette

FONTS = Path(__file__).resolve().parents[4] / "assets" / "fonts"
MARGIN, HEAD, FOOT = 15.0, 14.0, 18.0
"""Millimetres: left and right, above, below."""
WIDTH = 210 - 2 * MARGIN
LEADING = 0.5
"""Height of a line in millimetres a point of its size."""
_COLOURS = palette("light")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Signs that are no letters, or turn the direction of what follows."""


@dataclass(frozen=True)
class Text:
    """A run of words in one style."""

    text: str
    """What it says."""
    size: float = 9
    """Points."""
    bold: bool = False
    """In the heavier letters."""
    colour: str = _COLOURS.text
    """As #RRGGBB."""

    @property
    def leading(self) -> float:
        """Height of its lines in millimetres."""
        return self.size * LEADING


MUTED = _COLOURS.muted
LACKING = "?"
"""Stands for a sign our letters lack."""


class Paper(FPDF):
    """The document. `running`: what stands at the foot of each page."""

    def __init__(self, title: str, code: str, running: Sequence[str]) -> None:
        super().__init__("portrait", "mm", "A4")
        self.add_font("Inter", "", FONTS / "Inter-Regular.ttf")
        self.add_font("Inter", "B", FONTS / "Inter-SemiBold.ttf")
        self.set_margins(MARGIN, HEAD, MARGIN)
        self.set_auto_page_break(False)
        self.c_margin = 0.0
        letters = self.fonts["inter"]
        assert isinstance(letters, TTFFont)
        self._known = frozenset(letters.cmap)
        self.set_title(_CONTROL.sub("", title))
        self.set_lang(code)
        self._running = tuple(running)
        self._heading = title

    @property
    def left(self) -> float:
        """Millimetres left on the page."""
        return 297 - FOOT - self.y

    def header(self) -> None:
        """From the second page on: what it belongs to."""
        if self.page_no() > 1:
            self.write_at(MARGIN, 7, WIDTH, Text(self._heading, 7.5, colour=MUTED), one_line=True)
            self.set_xy(MARGIN, HEAD)

    def footer(self) -> None:
        """Filters, freshness, number of the page."""
        self.set_draw_color(_COLOURS.border)
        self.line(MARGIN, 297 - 13, 210 - MARGIN, 297 - 13)
        for row, text in enumerate(self._running[:2]):
            self.write_at(MARGIN, 297 - 11.5 + 3.6 * row, WIDTH - 20, Text(text, 7, colour=MUTED), one_line=True)
        number = Text(f"{self.page_no()} / {{nb}}", 7, colour=MUTED)
        self._use(number)
        room = self.get_string_width(f"{self.page_no()} / {self.page_no()}")
        self.write_at(210 - MARGIN - room, 297 - 11.5, room, number)

    def room(self, height: float) -> None:
        """A new page unless so much is left on this one."""
        if self.left < height:
            self.add_page()

    def paragraph(self, text: Text, width: float = WIDTH, after: float = 0.0) -> None:
        """Words below what is written, over as many pages as they need."""
        for line in self.lines(text, width):
            self.room(text.leading)
            self.write_at(MARGIN, self.y, width, Text(line, text.size, text.bold, text.colour))
            self.set_xy(MARGIN, self.y + text.leading)
        self.set_xy(MARGIN, self.y + after)

    def lines(self, text: Text, width: float) -> list[str]:
        """The words as they break in so many millimetres."""
        self._use(text)
        found = self.multi_cell(width, text.leading, self._legible(text.text), dry_run=True, output="LINES")
        return [str(line) for line in found] if isinstance(found, list) and found else [""]

    def write_at(
        self, x: float, y: float, width: float, text: Text, *, align: str = "L", one_line: bool = False
    ) -> None:
        """One line at a place; `one_line`: cut short where it is longer than that."""
        self._use(text)
        words = self._legible(text.text)
        if one_line and self.get_string_width(words) > width:
            words = self._cut(words, width)
        self.set_xy(x, y)
        self.cell(width, text.leading, words, align=align)
        self.set_xy(MARGIN, y)

    def _cut(self, words: str, width: float) -> str:
        while words and self.get_string_width(f"{words}…") > width:
            words = words[:-1]
        return f"{words}…"

    def _use(self, text: Text) -> None:
        self.set_font("Inter", "B" if text.bold else "", text.size)
        self.set_text_color(text.colour)

    def _legible(self, text: str) -> str:
        """A text in signs the letters have; line breaks stay."""
        plain = _CONTROL.sub("", text)
        return "".join(sign if sign == "\n" or ord(sign) in self._known else LACKING for sign in plain)
