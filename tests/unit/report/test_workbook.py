"""The workbook: numbers in full, no text that is a formula, and what a spreadsheet needs to print it."""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kpi.language import language
from kpi.report.forms.xlsx import write
from kpi.report.model import Report
from tests.unit.report import handmade

LANGUAGES = ("ru", "en")
VALUE, PREVIOUS, CHANGE, LAST_YEAR = 2, 5, 6, 7
FIRST_ROW = 6


@cache
def made(kind: str, code: str) -> bytes:
    return write(getattr(handmade, kind)(), language(code))


def book(kind: str, code: str = "ru", *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(kind, code)), data_only=values)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_is_there_in_full(code: str) -> None:
    report: Report = handmade.plain()
    front = book("plain", code, values=True).worksheets[0]
    for row, line in enumerate(report.lines, FIRST_ROW):
        assert front.cell(row, VALUE).value == line.value
        assert front.cell(row, PREVIOUS).value == line.previous
        assert front.cell(row, LAST_YEAR).value == line.last_year
    data = book("plain", code, values=True).worksheets[-1]
    rows = [row for row in data.iter_rows(min_row=2, values_only=True) if row[6] is None]
    points = [(line.kpi.id, point) for line in report.lines for point in line.course]
    assert [(row[0], row[2].date(), row[3].date(), row[7], row[8], row[10]) for row in rows] == [
        (kpi, point.first, point.last, point.value, point.target, point.used) for kpi, point in points
    ]
    members = [row for row in data.iter_rows(min_row=2, values_only=True) if row[6] is not None]
    told = [("Вера", 1.5 + 2 / 7), ("Борис", 1.5 + 1 / 7), ("Анна Котова", 1.5)]
    assert [(row[6], row[7]) for row in members] == told


def test_numbers_show_as_many_figures_as_the_screens() -> None:
    shown = [book("plain", code).worksheets[0].cell(row, VALUE).number_format for code in LANGUAGES for row in (6, 7)]
    assert shown == [
        '#,##0.00"\u00a0%";-#,##0.00"\u00a0%"', '#,##0"\u00a0₽";-#,##0"\u00a0₽"',
        '#,##0.00"%";-#,##0.00"%"', '"₽"#,##0;-"₽"#,##0',
    ]  # fmt: skip


def test_changes_are_counted_by_the_spreadsheet() -> None:
    formulas, values = book("plain").worksheets[0], book("plain", values=True).worksheets[0]
    assert formulas.cell(6, CHANGE).value == "=ROUND(B6-E6,1)"
    assert values.cell(6, CHANGE).value == 0.9
    assert formulas.cell(7, CHANGE).value == "=B7/E7-1"
    assert values.cell(7, CHANGE).value == 2_452_890.5 / 2_681_210.25 - 1
    assert formulas.cell(8, CHANGE).value is None


@pytest.mark.parametrize("kind", ["plain", "naughty", "empty"])
def test_no_text_is_a_formula_or_a_link(kind: str) -> None:
    for sheet in book(kind):
        for row in sheet.iter_rows():
            for cell in row:
                formula = isinstance(cell.value, str) and cell.data_type == "f"
                assert not formula or (sheet.title in ("Отчёт", "Report") and cell.column in (CHANGE, 8)), cell.value
                assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(made(kind, "ru"))) as packed:
        for name in packed.namelist():
            if "/charts/chart" in name:
                read_from = re.findall("<c:f>(.*?)</c:f>", packed.read(name).decode())
                assert all(re.fullmatch(r"(Данные|Data)!\$\w+\$\d+:\$\w+\$\d+", place) for place in read_from)


@pytest.mark.parametrize(("kind", "code"), [("plain", "ru"), ("plain", "en"), ("naughty", "ru"), ("empty", "ru")])
def test_sheets_stay_in_sight_and_fit_on_paper(kind: str, code: str) -> None:
    opened = book(kind, code)
    assert all(0 < len(name) <= 31 for name in opened.sheetnames)
    for sheet in opened:
        assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
        if not sheet._charts:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.freeze_panes
            assert sheet.print_title_rows
        assert "&P / &N" in (sheet.oddFooter.right.text or "") or sheet._charts


def test_charts_are_the_spreadsheet_s_own() -> None:
    page = next(sheet for sheet in book("plain") if sheet._charts)
    assert len(page._charts) == 3
    with zipfile.ZipFile(io.BytesIO(made("plain", "ru"))) as packed:
        share, total, members = (packed.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2, 3))
    assert "<c:lineChart>" in share
    assert share.count("<c:ser>") == 2
    assert '<a:prstDash val="dash"/>' in share
    assert "<c:barChart>" in total
    assert "<c:lineChart>" in total
    assert 'val="bar"' in members
    assert "$H$" in share


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_an_office_program_counts_the_same(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(made("plain", "ru"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to",
         "ods:calc8", "--outdir", str(tmp_path), str(tmp_path / "report.xlsx")], check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to",
         "xlsx", "--outdir", str(tmp_path / "again"), str(tmp_path / "report.ods")], check=True, capture_output=True,
    )  # fmt: skip
    again = openpyxl.load_workbook(tmp_path / "again" / "report.xlsx", data_only=True).worksheets[0]
    before = book("plain", values=True).worksheets[0]
    for row in (6, 7, 8):
        for column in (VALUE, PREVIOUS, CHANGE, LAST_YEAR, 8):
            told, counted = before.cell(row, column).value, again.cell(row, column).value
            assert (told is None) == (counted is None)
            assert told is None or abs(told - counted) <= 1e-12 * max(1, abs(told))
