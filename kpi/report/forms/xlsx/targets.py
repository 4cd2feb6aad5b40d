"""The sheet with the targets of the next period."""

from kpi.report import words as said
from kpi.report.forms.office import value_format
from kpi.report.forms.xlsx.book import Book

WIDTHS = (44, 30, 16, 16, 16, 16)
SIDES = ("good_low", "good_high", "ok_low", "ok_high")


def write(book: Book) -> None:
    """The sheet; none where there are no targets."""
    t, words = book.words.t, book.words
    lines = [line for line in book.report.lines if said.coming(line, words)]
    if not lines:
        return
    sheet = book.sheet(t("Targets"), WIDTHS, head=1, wide=False)
    sheet.text(0, 0, said.next_title(book.report, words), "section")
    sheet.head(
        1,
        (t("KPI"), t("Target"), t("Good from"), t("Good up to"), t("Acceptable from"), t("Acceptable up to")),
        numbers=frozenset({2, 3, 4, 5}),
    )
    for row, line in enumerate(lines, 2):
        sheet.text(row, 0, said.name(line.kpi, words), "name")
        sheet.text(row, 1, said.coming(line, words))
        for column, side in enumerate(SIDES, 2):
            value = getattr(line.coming, side)
            sheet.number(row, column, value, value_format(value, line.kpi.unit, words))
