"""The sheets, in their order.

Invariant: the charts are drawn of the cells of the sheet with the data, so that whoever changes one sees the other
change.
"""

from kpi.language import Language
from kpi.report.forms.xlsx import charts, data, front, notes, targets
from kpi.report.forms.xlsx.book import Book
from kpi.report.model import Report


def write(report: Report, words: Language) -> bytes:
    """The file's bytes."""
    book = Book(report, words)
    front.write(book)
    place = charts.sheet(book)
    targets.write(book)
    notes.write(book)
    ranges = data.write(book)
    if place is not None:
        charts.write(book, place, ranges)
    return book.close()
