"""What was seen in one sheet of a workbook, in sentences.

Invariant: whatever the child counted in a sheet and is not zero is told here once.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.ingest.read.characters import Cleaner
from data.ingest.read.findings import RANGES, character_findings, found, line_list
from data.message import say, say_n
from data.model import Finding

Sheet = Mapping[str, Any]
"""One entry of the child's list of sheets."""


def sheet_findings(sheet: Sheet, first: int) -> Iterator[Finding]:
    """Everything about the cells of a sheet that was read; `first`: rows above its records."""
    links = sheet["links"] + sheet["linked"]
    yield from character_findings(Cleaner(sheet["stripped"], sheet["breaks"], links, sheet["examples"]))
    if n := sum(sheet["numbers"].values()):
        message = say_n(
            "The number at the end of {n} link was put into a column of its own.",
            "The numbers at the end of {n} links were put into a column of their own.",
            n,
        )
        yield found("link_numbers", n, message)
    yield from _numbers(sheet)
    yield from _formulas(sheet)
    if blank := sheet["blank"]:
        n, lines = sum(last - start + 1 for start, last in blank), ", ".join(f"{a}–{b}" for a, b in _joined(blank))
        message = say_n(
            "{n} blank row was left out (line {lines}).",
            "{n} blank rows were left out (lines {lines}).",
            n,
            lines=lines,
        )
        yield found("blank_rows", n, message)
    if n := sheet["repeated"] - sum(n for row, n in sheet["repeated_top"].items() if int(row) <= first):
        message = say_n(
            "{n} cell got the text of the merged cell it is part of.",
            "{n} cells got the text of the merged cell they are part of.",
            n,
        )
        yield found("merged_cells", n, message)
    if n := sheet["hidden_rows"]:
        message = say_n("{n} hidden row was read as well.", "{n} hidden rows were read as well.", n)
        yield found("hidden_rows", n, message)


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of lines without the seams between them."""
    joined: list[tuple[int, int]] = []
    for first, last in ranges:
        if joined and first == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined[:RANGES]


def _numbers(sheet: Sheet) -> Iterator[Finding]:
    rows = sheet["inexact"]
    if n := len(rows):
        message = say_n(
            "{n} row holds a number too long for a workbook to keep exactly (row {lines}).",
            "{n} rows hold a number too long for a workbook to keep exactly (rows {lines}).",
            n,
            lines=line_list(rows),
        )
        yield found("inexact_numbers", n, message, rows, warning=True)
    if n := sheet["percents"]:
        message = say_n(
            "{n} cell formatted as a percentage was read as it is shown: 0.153 as 15.3%.",
            "{n} cells formatted as percentages were read as they are shown: 0.153 as 15.3%.",
            n,
        )
        yield found("percent_cells", n, message)
    for currency, n in sheet["currencies"].items():
        message = say_n(
            "{n} cell is formatted as an amount in {currency}. Amounts are not converted.",
            "{n} cells are formatted as amounts in {currency}. Amounts are not converted.",
            n,
            currency=currency,
        )
        yield found("foreign_currency", n, message, warning=True)
    if sheet["from_1904"]:
        yield found(
            "dates_from_1904", 1, say("The workbook counts its days from 1904. Its dates were read accordingly.")
        )


def _formulas(sheet: Sheet) -> Iterator[Finding]:
    if n := sheet["uncounted_cells"]:
        cells = ", ".join(sheet["uncounted"]) + (" …" if n > len(sheet["uncounted"]) else "")
        message = say_n(
            "{n} formula has no value in the file, so its cell is empty ({cells}). Open the workbook in a spreadsheet "
            "program, save it and upload it again.",
            "{n} formulas have no values in the file, so their cells are empty ({cells}). Open the workbook in a "
            "spreadsheet program, save it and upload it again.",
            n,
            cells=cells,
        )
        yield found("formulas_without_values", n, message, warning=True)
    if n := sheet["errors"]:
        cells = ", ".join(sheet["error_cells"]) + (" …" if n > len(sheet["error_cells"]) else "")
        message = say_n(
            "{n} cell holds an error instead of a value and counts as empty ({cells}).",
            "{n} cells hold errors instead of values and count as empty ({cells}).",
            n,
            cells=cells,
        )
        yield found("error_cells", n, message, warning=True)
