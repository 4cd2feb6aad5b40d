"""The process that opens an untrusted workbook: `python -m data.ingest.read.workbook_child FILE FOLDER [SHEET]`.

Invariant: it limits its own memory and time before it touches the file, and whatever happens to it, its parent only
sees an exit status, a list of sheets and files of text cells. It imports neither DuckDB nor the rest of the project.
"""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.ingest.read.celltext import EXACT, cell_text, date_text, number_text
from data.ingest.read.characters import Cleaner

MEMORY = 3 << 30
"""Bytes of address space."""
SECONDS = 120
"""Processor time."""
PROTECTED, DAMAGED, NO_SHEET = 3, 4, 5
"""Exit status: encrypted, unreadable, the sheet asked for is not there."""
LIST = "sheets.json"
"""Name of the list of sheets in the folder."""


def main(file: str, folder: str, sheet: str | None = None) -> int:
    """Write the sheets of `file` into `folder` as CSV files 0.csv, 1.csv … and their list; the exit status."""
    _limit()
    try:
        with CalamineWorkbook.from_path(file) as book:
            listed = [_describe(book, i, folder, sheet) for i in range(len(book.sheet_names))]
    except PasswordError:
        return PROTECTED
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError) as error:
        sys.stderr.write(f"{error}\n")
        return PROTECTED if "password" in str(error).lower() else DAMAGED
    Path(folder, LIST).write_text(json.dumps(listed, ensure_ascii=False), "utf-8")
    return NO_SHEET if sheet is not None and sheet not in [each["name"] for each in listed] else 0


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _describe(book: CalamineWorkbook, index: int, folder: str, wanted: str | None) -> dict[str, object]:
    """One entry of the list; the sheet's cells are written unless it is hidden, a chart, or not the one wanted."""
    meta = book.sheets_metadata[index]
    visible = meta.visible == SheetVisibleEnum.Visible
    about: dict[str, object] = {"name": meta.name, "visible": visible, "rows": 0, "width": 0}
    read = meta.name == wanted or (wanted is None and visible)
    if meta.typ == SheetTypeEnum.WorkSheet and read:
        about |= _write(book.get_sheet_by_index(index), Path(folder, f"{index}.csv"))
    return about


def _write(sheet: CalamineSheet, path: Path) -> dict[str, object]:
    """Write the cells, row number last; what was counted on the way."""
    texts = _Texts()
    width = sheet.end[1] + 1 if sheet.end else 0
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        write_row = csv.writer(file, lineterminator="\n").writerow
        for number, values in enumerate(sheet.iter_rows(), 1):
            cells = texts.row(values, number)
            cells += [None] * (width - len(cells))
            cells.append(str(number))
            write_row(cells)
    cleaner = texts.cleaner
    return {
        "rows": number, "width": width, "inexact": sorted(set(texts.inexact)), "stripped": cleaner.stripped,
        "breaks": cleaner.breaks, "links": cleaner.links, "examples": cleaner.examples,
    }  # fmt: skip


class _Texts:
    """Turns rows of values into rows of cleaned texts; written for speed, as every cell passes here."""

    def __init__(self) -> None:
        self.cleaner = Cleaner()
        self.inexact: list[int] = []

    def row(self, values: Sequence[object], number: int) -> list[str | None]:
        """The cells of one row."""
        cells: list[str | None] = []
        add, clean = cells.append, self.cleaner.cell
        for value in values:
            if value.__class__ is str:
                add(clean(str(value), number) if value else None)
            elif isinstance(value, float):
                add(number_text(value))
                if value >= EXACT or value <= -EXACT:
                    self.inexact.append(number)
            elif isinstance(value, date):
                add(date_text(value))
            else:
                add(cell_text(value))
        return cells


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
