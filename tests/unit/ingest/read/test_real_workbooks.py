"""Workbooks nobody here wrote: every cell another library reads is in the table, or in a finding that says why not."""

import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest
from odf.opendocument import load as load_ods
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

from data.errors import UserError
from data.ingest.read import drop, stage
from data.ingest.read.book.celltext import cell_text
from data.ingest.read.table import RawTable

FOLDER = Path(__file__).resolve().parents[4].parent / "shared" / "data"
ARCHIVE = FOLDER / "csv_xlsx_suites.tar.xz"
KINDS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not ARCHIVE.is_file(), reason=f"NOT RUN: the real data sets are not in {FOLDER}"),
]

REFUSED = {
    "test_empty.xls", "test_empty.xlsx", "empty.ods", "chinese_spreadsheet.ods", "pythagoras-kspread.ods",
    "12_day_as_time.ods", "errors.xls", "unknown_value_type.ods", "xlsx_cell_values.xlsx", "merged-cells-boolean.xls",
    "merged-cells.xls", "merged-cells.xlsx",
}  # fmt: skip
"""Without a row below a header, without any cell, or not OpenDocument as its standard has it."""


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("suites")
    with tarfile.open(ARCHIVE) as tar:
        members = [one for one in tar.getmembers() if one.isfile() and one.name.lower().endswith(KINDS)]
        tar.extractall(folder, members, filter="data")
    return [folder / one.name for one in members]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def test_every_workbook_is_read_or_refused(con: duckdb.DuckDBPyConnection, workbooks: list[Path]) -> None:
    refused = set()
    for path in workbooks:
        try:
            for raw in stage(con, path):
                drop(con, raw)
        except UserError as error:
            refused.add(path.name if path.name in str(error) else str(error))
    assert len(workbooks) > 60
    assert refused == REFUSED


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_no_cell_is_lost(con: duckdb.DuckDBPyConnection, workbooks: list[Path], every: int) -> None:
    """Cell by cell against another reader: what is missing stands in a row that a finding left out."""
    lost = {}
    for path in workbooks[::every]:
        if path.name in REFUSED:
            continue
        for raw in stage(con, path):
            missing = _missing(con, path, raw)
            drop(con, raw)
            if missing:
                lost[f"{path.name} {raw.sheet}"] = missing
    assert lost == {}


def _missing(con: duckdb.DuckDBPyConnection, path: Path, raw: RawTable) -> Counter[str]:
    """Cells of the other reader that the table lacks; rows it lacks must be told of."""
    lines = {line for (line,) in con.execute(f'select line from "{raw.table}"').fetchall()}
    rows = con.execute(f'select * exclude (line) from "{raw.table}"').fetchall()
    ours = Counter(_plain(cell) for row in rows for cell in row if cell is not None)
    numbered = [(number, list(map(_plain, row))) for number, row in enumerate(_independent(path, str(raw.sheet)), 1)]
    theirs = Counter(cell for number, row in numbered if number in lines for cell in row if cell)
    without = [number for number, row in numbered if any(row) and number not in lines and number > min(lines)]
    assert len(without) <= _left_out(raw), f"{path.name}: lines {without} are in no finding"
    return theirs - ours


def _left_out(raw: RawTable) -> int:
    rules = {"total_rows", "note_rows", "group_rows", "subtotal_rows", "numbering_row"}
    return sum(finding.count for finding in raw.findings if finding.rule in rules)


def _independent(path: Path, sheet: str) -> Iterator[Sequence[str]]:
    """The sheet by openpyxl or odfpy; old workbooks by calamine, for want of another reader."""
    if path.suffix == ".ods":
        yield from _by_odfpy(path, sheet)
    elif path.suffix in (".xlsx", ".xlsm"):
        opened = openpyxl.load_workbook(path, data_only=True, read_only=True)[sheet]
        opened.reset_dimensions()
        for row in opened.iter_rows():
            yield ["" if cell.data_type == "e" else _text(cell.value, str(cell.number_format)) for cell in row]
    else:
        for values in CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).iter_rows():
            yield [cell_text(value) for value in values]


def _text(value: object, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in re.sub(r'"[^"]*"|\\.', "", form):
        return f"{value * 100}%"
    if isinstance(value, datetime | date | time | timedelta | bool | str):
        return cell_text(value)
    return str(value)


def _by_odfpy(path: Path, name: str) -> Iterator[Sequence[str]]:
    (sheet,) = (one for one in load_ods(path).spreadsheet.getElementsByType(Table) if one.getAttribute("name") == name)
    for row in sheet.getElementsByType(TableRow):
        if int(row.getAttribute("numberrowsrepeated") or 1) > 1000:
            return
        cells = [_ods_text(cell) for cell in row.getElementsByType(TableCell)]
        yield from [cells] * int(row.getAttribute("numberrowsrepeated") or 1)


def _ods_text(cell: TableCell) -> str:
    kind = cell.getAttribute("valuetype")
    if kind in ("float", "currency"):
        return str(cell.getAttribute("value"))
    if kind == "percentage":
        return f"{float(cell.getAttribute('value')) * 100}%"
    if kind == "date":
        return str(cell.getAttribute("datevalue")).replace("T", " ")
    return "\n".join(map(str, cell.getElementsByType(P))) if kind == "string" else ""


def _plain(text: str) -> str:
    """Numbers to twelve digits, dates without midnight, texts without spaces at their ends and breaks inside."""
    text = " ".join(str(text).split())
    sign = text.endswith("%")
    try:
        return f"{float(text.rstrip('%')):.12g}{'%' if sign else ''}"
    except ValueError:
        return text.removesuffix(" 00:00:00")
