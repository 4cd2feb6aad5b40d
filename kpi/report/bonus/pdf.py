"""Bonus sheets on paper: a page a person, in the app's own typeface.

Invariant: every text is one that the page shows; nothing is computed here.
"""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from kpi.bonus import Answer, Slip
from kpi.bonus.explained import Explained, explain
from kpi.language import Language

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
_INK, _MUTED, _LINE = (30, 33, 38), (98, 104, 112), (214, 217, 222)
_WIDTHS = (38, 20, 22, 44, 17, 30, 25, 42, 39)
"""Millimetres of the columns: together the width of a page across."""


def write_pdf(answer: Answer, slips: Sequence[Slip], words: Language) -> bytes:
    """The sheets of some people, a page each."""
    paper = FPDF("landscape", "mm", "A4")
    paper.add_font("Inter", "", FONTS / "Inter-Regular.ttf")
    paper.add_font("Inter", "B", FONTS / "Inter-SemiBold.ttf")
    paper.set_margin(10)
    paper.set_auto_page_break(True, 12)
    paper.set_lang(words.code)
    paper.set_title(answer.scheme.title)
    paper.set_draw_color(*_LINE)
    for slip in slips:
        paper.add_page()
        _sheet(paper, explain(answer, slip, words), words)
    return bytes(paper.output())


def _sheet(paper: FPDF, told: Explained, words: Language) -> None:
    _text(paper, f"{told.scheme} · {words.period(told.month, 'month')}", 9, muted=True)
    _text(paper, told.headline, 14, bold=True)
    _text(paper, told.status, 9, muted=True)
    paper.ln(3)
    _pairs(paper, told.basis)
    paper.ln(3)
    _lines(paper, told, words)
    paper.ln(3)
    _pairs(paper, told.totals)
    paper.ln(3)
    for note in told.notes:
        _text(paper, note, 8, muted=True)


def _text(paper: FPDF, text: str, size: int, *, bold: bool = False, muted: bool = False) -> None:
    paper.set_font("Inter", "B" if bold else "", size)
    paper.set_text_color(*(_MUTED if muted else _INK))
    paper.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")


def _pairs(paper: FPDF, pairs: Sequence[tuple[str, str]]) -> None:
    paper.set_text_color(*_INK)
    paper.set_font("Inter", "", 9)
    with paper.table(
        width=190, col_widths=(60, 130), align="LEFT", first_row_as_headings=False, line_height=5,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as table:  # fmt: skip
        for name, text in pairs:
            row = table.row()
            row.cell(name, style=FontFace(color=_MUTED))
            row.cell(text)


def _lines(paper: FPDF, told: Explained, words: Language) -> None:
    head = (
        words.t("KPI"), words.t("Whose result"), words.t("Value"), words.t("Pays from – in full – most"),
        words.t("Weight"), words.t("Fulfilled"), words.t("Money"), words.t("How"), words.t("One step more"),
    )  # fmt: skip
    aligned = ("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "LEFT", "LEFT")
    paper.set_font("Inter", "", 8)
    paper.set_text_color(*_INK)
    with paper.table(
        col_widths=_WIDTHS, text_align=aligned, line_height=4.4, padding=(1, 1),
        headings_style=FontFace(emphasis="", color=_MUTED), borders_layout=TableBordersLayout.HORIZONTAL_LINES,
    ) as table:  # fmt: skip
        table.row(head)
        for line in told.lines:
            table.row([getattr(line, name) for name in line.__dataclass_fields__])
