"""The sheet with all that is said: what changed and why, what stands out, comments, notes, filters."""

from collections.abc import Iterator

from kpi.report import words as said
from kpi.report.forms.xlsx.book import Book

WIDTHS = (44, 110)
Row = tuple[str, str]


def write(book: Book) -> None:
    """The sheet."""
    sheet = book.sheet(book.words.t("Notes"), WIDTHS, head=0)
    sheet.head(0, (book.words.t("About"), book.words.t("What is said")))
    first = 1
    for title, rows in _parts(book):
        if rows:
            sheet.text(first, 0, title, "section")
            for row, (about, text) in enumerate(rows, first + 1):
                sheet.text(row, 0, about, "name")
                sheet.text(row, 1, text)
            first += len(rows) + 2


def _parts(book: Book) -> Iterator[tuple[str, list[Row]]]:
    report, words, t = book.report, book.words, book.words.t
    changes = [
        (said.name(one.line.kpi, words) if not place else "", text)
        for one in report.changes
        for place, text in enumerate(said.change(one, words))
    ]
    yield t("What changed and why"), changes or [("", calm) for calm in [said.calm(report, words)] if calm]
    yield t("What stands out"), [said.signal(one, words) for one in report.signals]
    yield t("What helps"), said.advice(report, words)
    yield t("Comments"), [said.remark(one, words) for one in report.remarks]
    yield t("Notes"), [("", note) for note in said.notes(report, words)]
    yield t("This report"), [
        (t("Period"), said.period(report, words)), (t("About"), said.subject(report, words)),
        (t("Filters"), "; ".join(said.filters(report, words))), (t("Made"), said.made(report, words)),
    ]  # fmt: skip
