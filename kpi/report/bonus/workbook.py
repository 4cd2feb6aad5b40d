"""Bonus sheets as a workbook that counts everything again: inputs are numbers, all else is formulas.

Invariant: no text of a person can become a formula; each formula carries the value we computed, and a spreadsheet that
recalculates it comes to the same kopeck.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from kpi.bonus import Answer, Slip
from kpi.bonus.explained import explain
from kpi.language import Language
from kpi.report.bonus.person import write_person

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass
class Book:
    """A workbook that is being written."""

    out: xlsxwriter.Workbook
    """The workbook."""
    words: Language
    """The language."""
    formats: dict[str, object] = field(default_factory=dict)
    """Name → format."""

    def format(self, name: str) -> object:
        """A cell format, made once."""
        if name not in self.formats:
            self.formats[name] = self.out.add_format(_FORMATS[name])
        return self.formats[name]


_FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"},
    "quiet": {"font_color": "#62686F"},
    "number": {"num_format": "#,##0.00##"},
    "given": {"num_format": "#,##0.00##", "bg_color": "#EEF3FA"},
    "money": {"num_format": "#,##0.00"},
    "total": {"num_format": "#,##0.00", "bold": True, "top": 1},
    "text": {"text_wrap": True, "valign": "top"},
}


def write_workbook(answer: Answer, slips: Sequence[Slip], words: Language) -> bytes:
    """A sheet a person; of several people a sheet with all of them first."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as out:
        book = Book(out, words)
        names = _names(slips, words)
        front = out.add_worksheet(words.t("All")[:31]) if len(slips) > 1 else None
        cells = [
            write_person(book, out.add_worksheet(name), answer, slip, explain(answer, slip, words))
            for slip, name in zip(slips, names, strict=True)
        ]
        if front is not None:
            _front(book, front, answer, [(s, f"'{n}'!{c}") for s, n, c in zip(slips, names, cells, strict=True)])
    return buffer.getvalue()


def _names(slips: Sequence[Slip], words: Language) -> list[str]:
    """Names of the sheets: as people are called, as far as a workbook allows, no two alike."""
    taken, names = {words.t("All").casefold()}, []
    for slip in slips:
        plain = _FORBIDDEN.sub(" ", slip.person.name).strip()[:28] or "?"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[:26]} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _front(book: Book, page: Any, answer: Answer, totals: Sequence[tuple[Slip, str]]) -> None:
    """Everybody, with what is paid taken from their sheets."""
    words = book.words
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 16)
    page.write_string(0, 0, f"{answer.scheme.title}, {words.period(answer.sheet.month, 'month')}", book.format("title"))
    page.write_string(2, 0, words.t("Who"), book.format("head"))
    page.write_string(2, 1, words.t("To be paid"), book.format("head"))
    for row, (slip, cell) in enumerate(totals, 3):
        page.write_string(row, 0, slip.person.name)
        page.write_formula(row, 1, f"={cell}", book.format("money"), float(answer.payable(slip.person.name)))
    first, last = xl_rowcol_to_cell(3, 1), xl_rowcol_to_cell(2 + len(totals), 1)
    page.write_string(3 + len(totals), 0, words.t("all"), book.format("head"))
    paid = sum((answer.payable(slip.person.name) for slip, _ in totals), Decimal(0))
    page.write_formula(3 + len(totals), 1, f"=SUM({first}:{last})", book.format("total"), float(paid))
