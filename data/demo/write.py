"""Writes the demo's spreadsheets into `data/demo/files`: `python -m data.demo.write`.

Invariant: the files are those of a fixed seed and last day, byte for byte the same each time; a test holds their cells
equal to the generator. Needs xlsxwriter, which only development has.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from data.demo.business import SEED, generate
from data.demo.sheets.avito import avito_files
from data.demo.sheets.model import Cell, File, Sheet, TextFile, Workbook
from data.demo.sheets.orders import order_files
from data.demo.sheets.quality import quality_files
from data.demo.sheets.team import team_files

FOLDER = Path(__file__).parent / "files"
"""Where the spreadsheets lie."""
UNTIL = date(2026, 11, 15)
"""The last day of the business in the files."""
_MADE = datetime(2026, 11, 16, 9, 0)


def all_files(facts: Mapping[str, pd.DataFrame]) -> tuple[File, ...]:
    """Every spreadsheet of the business, described."""
    return (
        *order_files(facts["orders"]),
        *avito_files(facts["ads"], facts["calls"]),
        *quality_files(facts["reviews"], facts["checks"], facts["surveys"]),
        *team_files(facts),
    )


def write(file: File, folder: Path) -> Path:
    """Write one spreadsheet; where it lies now."""
    path = folder / file.name
    if isinstance(file, Workbook):
        _write_workbook(file, path)
    else:
        _write_text(file, path)
    return path


def _write_workbook(book: Workbook, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as out:
        out.set_properties({"created": _MADE})
        formats = {
            "time": out.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            "day": out.add_format({"num_format": "dd.mm.yyyy"}),
        }
        for sheet in book.sheets:
            page = out.add_worksheet(sheet.name)
            for number, row in enumerate(_lines(sheet)):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(
                            number, place, cell, formats["time" if isinstance(cell, datetime) else "day"]
                        )
                    elif cell is not None:
                        page.write(number, place, cell)


def _lines(sheet: Sheet) -> Iterable[tuple[Cell, ...]]:
    yield from ((line,) for line in sheet.above)
    yield sheet.header
    yield from sheet.rows
    if sheet.below:
        yield sheet.below


def _write_text(file: TextFile, path: Path) -> None:
    with path.open("w", encoding=file.encoding, newline="") as out:
        dialect: type[csv.Dialect] = csv.unix_dialect if file.quote_all else csv.excel
        writer = csv.writer(out, dialect, delimiter=file.delimiter, lineterminator="\r\n")
        writer.writerows([written(cell, file) for cell in row] for row in _lines(file.sheet))


def written(cell: Cell, file: TextFile) -> str:
    """A cell as this text file spells it."""
    if isinstance(cell, datetime):
        return cell.strftime(file.times)
    if isinstance(cell, date):
        return cell.strftime(file.days)
    if isinstance(cell, float) and file.decimal == ",":
        return f"{cell:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for described in all_files(generate(SEED, UNTIL)):
        write(described, FOLDER)
