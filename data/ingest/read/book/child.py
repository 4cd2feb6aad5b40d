"""The process that opens an untrusted workbook: `python -m data.ingest.read.book.child`.

Invariant: it limits its own memory and time before it touches the file, and whatever happens to it, its parent only
sees an exit status, a list of sheets and files of text cells.
"""

import gc
import json
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.ingest.read.book import halves
from data.ingest.read.book.grid import Grid, OversizedSheet
from data.ingest.read.book.look import Look, Looked
from data.ingest.read.book.safe_xml import Forbidden
from data.ingest.read.limits import DAMAGED, PROTECTED, TOO_LARGE, limit

NO_SHEET = 5
"""Exit status: the sheet asked for is not there."""
MOST_SHEETS = 500
LIST = "sheets.json"
"""Name of the list of sheets in the folder."""


def main(request: dict[str, Any]) -> int:
    """Write the sheets of a file into a folder as 0.tsv, 1.tsv … and their list; the exit status."""
    file, folder, sheet = request["file"], request["folder"], request["sheet"]
    limit(request["seconds"])
    gc.disable()  # nothing here makes circles, and the process is short
    try:
        with Look(file) as look:
            look.verify()
            book = CalamineWorkbook.from_path(file)
            if len(book.sheet_names) > MOST_SHEETS:
                return TOO_LARGE
            wanted = [_is_wanted(meta, sheet, request["hidden"]) for meta in book.sheets_metadata]
            listed = [_describe(book, look, i, folder, read) for i, read in enumerate(wanted)]
    except PasswordError:
        return PROTECTED
    except OversizedSheet:
        return TOO_LARGE
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError, Forbidden) as error:
        sys.stderr.write(f"{error}\n")
        return PROTECTED if "password" in str(error).lower() else DAMAGED
    Path(folder, LIST).write_text(json.dumps(listed), "utf-8")
    return NO_SHEET if sheet is not None and sheet not in [each["name"] for each in listed] else 0


def _is_wanted(meta: SheetMetadata, wanted: str | None, hidden: Collection[str]) -> bool:
    """Whether the sheet's cells are written: the one asked for; else the visible ones and the hidden ones named."""
    if wanted is not None:
        return meta.name == wanted
    return meta.visible == SheetVisibleEnum.Visible or meta.name in hidden


def _describe(book: CalamineWorkbook, look: Look, index: int, folder: str, read: bool) -> dict[str, object]:
    """One entry of the list, with what was counted in the sheet if its cells were written."""
    meta = book.sheets_metadata[index]
    table, visible = meta.typ == SheetTypeEnum.WorkSheet, meta.visible == SheetVisibleEnum.Visible
    about: dict[str, object] = {"name": meta.name, "visible": visible, "table": table, "rows": 0, "width": 0}
    if table and read:
        with look.at(index, meta.name) as looked:  # beside calamine, which parses without holding Python's lock
            sheet = book.get_sheet_by_index(index)
        look.verified()
        about |= _counted(sheet, looked, Path(folder, f"{index}.tsv"))
    return about


def _counted(sheet: CalamineSheet, looked: Looked, path: Path) -> dict[str, object]:
    """Write the cells; what was counted on the way."""
    grid = Grid(sheet, looked.seen)
    counts = halves.write(grid, looked, path)
    moments = counts.pop("moments")
    return {
        "rows": grid.height + grid.more_rows, "width": grid.width, "left": grid.left, **counts,
        "from_1904": looked.from_1904 and moments, **dict(looked.seen.counts()),
    }  # fmt: skip


if __name__ == "__main__":
    status = main(json.load(sys.stdin))
    sys.stderr.flush()
    os._exit(status)  # everything is written and closed; taking millions of values down in order would cost time
