"""The first sheet: whom it is about, the sentence, the scorecard."""

from xlsxwriter.utility import xl_rowcol_to_cell

from kpi.language.language import CHANGE_DECIMALS
from kpi.report import words as said
from kpi.report.forms.office import change_format, is_relative, value_format
from kpi.report.forms.xlsx.book import Book, Sheet
from kpi.report.model import Line

HEAD = 4
"""Row of the table's head."""
WIDTHS = (36, 15, 17, 28, 16, 14, 15, 14, 34)
NUMBERS = frozenset({1, 4, 5, 6, 7})
VALUE, PREVIOUS, LAST_YEAR = 1, 4, 6
"""Columns of the values."""


def write(book: Book) -> None:
    """The sheet."""
    t, report, words = book.words.t, book.report, book.words
    sheet = book.sheet(t("Report"), WIDTHS, head=HEAD)
    sheet.text(0, 0, said.title(report, words), "title")
    sheet.across(1, said.headline(report, words), "lead")
    about = " · ".join([*said.filters(report, words), said.made(report, words), said.incomplete(report, words)])
    sheet.across(2, about.removesuffix(" · "), "quiet")
    heads = said.heads(report, words)
    sheet.head(
        HEAD,
        (
            heads.kpi, heads.value, heads.status, heads.target, t("Period before"), heads.previous, t("A year ago"),
            heads.year, t("What is behind it"),
        ),
        numbers=NUMBERS,
    )  # fmt: skip
    for row, line in enumerate(report.lines, HEAD + 1):
        _line(sheet, row, line)
    if not report.lines:
        sheet.text(HEAD + 1, 0, t("There is nothing to show."), "quiet")


def _line(sheet: Sheet, row: int, line: Line) -> None:
    words, unit = sheet.book.words, line.kpi.unit
    shown = line.status if line.status in ("good", "acceptable", "missed") and line.value is not None else "none"
    aim = said.aim(line, words)
    sheet.text(row, 0, said.name(line.kpi, words), "name")
    sheet.number(row, VALUE, line.value, value_format(line.value, unit, words))
    sheet.text(row, 2, said.status(line, words), shown)
    sheet.text(row, 3, said.target(line, words) + (f" ({aim})" if aim else ""))
    for column, before in ((PREVIOUS, line.previous), (LAST_YEAR, line.last_year)):
        sheet.number(row, column, before, value_format(before, unit, words))
        _change(sheet, row, column, line, before)
    sheet.text(row, 8, said.behind(line, words), "quiet")


def _change(sheet: Sheet, row: int, column: int, line: Line, before: float | None) -> None:
    """By how much the value changed: a formula of the two cells, with what it comes to."""
    if line.value is None or before is None:
        return
    now, then = (xl_rowcol_to_cell(row, place) for place in (VALUE, column))
    unit, style = line.kpi.unit, "quiet number" if line.moved is False or line.is_partial else "number"
    shape = sheet.book.format(style, change_format(line.value, before, unit, sheet.book.words))
    if is_relative(before, unit):
        sheet.page.write_formula(row, column + 1, f"={now}/{then}-1", shape, line.value / before - 1)
    elif unit in CHANGE_DECIMALS:
        decimals = CHANGE_DECIMALS[unit]
        told = round(line.value - before, decimals)
        sheet.page.write_formula(row, column + 1, f"=ROUND({now}-{then},{decimals})", shape, told)
    else:
        sheet.page.write_formula(row, column + 1, f"={now}-{then}", shape, line.value - before)
