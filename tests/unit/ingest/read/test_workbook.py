"""Workbooks made by other libraries: values as text, sheets offered, hidden and empty ones told."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from data.errors import UnknownName, UnreadableFile
from data.ingest.read import stage
from data.ingest.read.book.celltext import cell_text
from tests.unit.ingest.read.staged import Tables, Text
from tests.unit.ingest.read.xlsb_file import Cell, write_xlsb


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A report as people make them: titles, formats, totals, a hidden and an empty sheet, a second table."""
    path = tmp_path / "Отчёт.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as made:
        sheet = made.add_worksheet("Заказы")
        day, stamp, percent, hours = (
            made.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss", "0.0%", "[h]:mm:ss")
        )
        sheet.write(0, 0, "Отчёт за октябрь")
        sheet.write_row(2, 0, ["№", "Дата", "Создан", "Сумма\u00a0заказа", "Доля", "Время", "Да", "Ссылка", "Телефон"])
        for row in (3, 4):
            sheet.write(row, 0, row)
            sheet.write_datetime(row, 1, datetime(2026, 10, row), day)
            sheet.write_datetime(row, 2, datetime(2026, 10, row, 13, 37, 41), stamp)
            sheet.write(row, 3, 1234.5)
            sheet.write(row, 4, 0.125, percent)
            sheet.write(row, 5, 1.5, hours)
            sheet.write_boolean(row, 6, True)
            sheet.write_string(row, 7, '=HYPERLINK("https://avito.ru/1","Стрижка")')
            sheet.write(row, 8, 79001234567)
        sheet.write(5, 0, "Итого")
        sheet.write(5, 3, 2469)
        made.add_worksheet("Пустой")
        hidden = made.add_worksheet("Служебный")
        hidden.write_row(0, 0, ["a", "b"])
        hidden.write_row(1, 0, [1, 2])
        hidden.hide()
        second = made.add_worksheet("Отзывы")
        second.write_row(0, 0, ["Оценка", "Текст"])
        second.write_row(1, 0, [5, "Спасибо\nвсем"])
    return path


def test_values_as_text(book: Path, tables: Tables) -> None:
    orders, reviews = tables(book)
    assert orders.raw.header[:4] == ("№", "Дата", "Создан", "Сумма\u00a0заказа")
    assert orders.rows[0] == (
        "3", "2026-10-03", "2026-10-03 13:37:41", "1234.5", "12.5%", "36:00:00", "true", "Стрижка", "79001234567",
    )  # fmt: skip
    assert orders.lines == [4, 5]
    assert reviews.rows == [("5", "Спасибо всем")]
    assert (orders.raw.sheet, reviews.raw.sheet) == ("Заказы", "Отзывы")


def test_what_was_left_out_is_told(book: Path, tables: Tables) -> None:
    orders, _ = tables(book)
    assert orders.finding("title_rows").examples == ("Отчёт за октябрь",)
    assert orders.finding("total_rows").count == 1
    assert "Служебный" in str(orders.finding("hidden_sheets").message)
    assert "Пустой" in str(orders.finding("empty_sheets").message)
    assert [(one.name, one.hidden) for one in orders.raw.unread] == [("Служебный", True), ("Пустой", False)]
    assert orders.finding("links").count == 2


def test_one_sheet_is_chosen(book: Path, tables: Tables) -> None:
    (reviews,) = tables(book, "Отзывы")
    assert reviews.raw.rows == 1
    (hidden,) = tables(book, "Служебный")
    assert hidden.rows == [("1", "2")]


def test_an_unknown_or_empty_sheet(book: Path, con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownName, match="Отзывы"):
        stage(con, book, sheet="Отзыв")
    with pytest.raises(UnreadableFile, match="empty"):
        stage(con, book, sheet="Пустой")


def test_a_long_number_is_doubted(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "ids.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["id", "name"])
        sheet.write_row(1, 0, [2**53 + 2, "a"])
        sheet.write_row(2, 0, [4_000_000_001, "b"])
    (table,) = tables(path)
    assert table.rows == [("9007199254740994", "a"), ("4000000001", "b")]
    assert table.finding("inexact_numbers").examples == ("2",)


def test_xls(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "old.xls"
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Лист")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for column, text in enumerate(["Имя", "Дата", "Сумма"]):
        sheet.write(0, column, text)
    sheet.write(1, 0, "Аня")
    sheet.write(1, 1, datetime(2026, 10, 5), day)
    sheet.write(1, 2, 10.0)
    made.save(path)
    (table,) = tables(path)
    assert table.raw.header == ("Имя", "Дата", "Сумма")
    assert table.rows == [("Аня", "2026-10-05", "10")]


def test_ods(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "open.ods"
    made = OpenDocumentSpreadsheet()
    sheet = Table(name="Лист")
    for texts in (["Имя", "Город"], ["Аня", "Москва"], ["Оля", "Омск"]):
        row = TableRow()
        for text in texts:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        sheet.addElement(row)
    made.spreadsheet.addElement(sheet)
    made.save(path)
    (table,) = tables(path)
    assert table.raw.header == ("Имя", "Город")
    assert table.rows == [("Аня", "Москва"), ("Оля", "Омск")]


def test_the_same_table_as_text_and_as_workbook(tmp_path: Path, tables: Tables, text: Text) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for row, texts in enumerate([["Заказ", "Мастер"], ["1", "Аня"], ["2", "Оля"]]):
            made.worksheets()[0].write_row(row, 0, texts) if row else made.add_worksheet().write_row(row, 0, texts)
    (table,) = tables(path)
    written = text("Заказ;Мастер\n1;Аня\n2;Оля\n", "cp1251")
    assert (table.raw.header, table.rows, table.lines) == (written.raw.header, written.rows, written.lines)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "1"), (0.1, "0.1"), (1e15, "1000000000000000"), (-2.50, "-2.5"), (1e-7, "1e-07"), (12, "12"),
        (True, "true"), (False, "false"), ("x ", "x "), (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2), "2026-01-02"), (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        (datetime(2026, 1, 2, 3, 3, 59, 999_700), "2026-01-02 03:04:00"), (time(9, 5), "09:05:00"),
        (timedelta(hours=36, minutes=5), "36:05:00"), (timedelta(seconds=-90), "-00:01:30"),
        (datetime(2026, 1, 2, 3, 4, 5, 250_000), "2026-01-02 03:04:05.250000"),
    ],
)  # fmt: skip
def test_cell_text(value: object, expected: str) -> None:
    assert cell_text(value) == expected


def test_what_open_document_says_beside_its_values(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "open.ods"
    made = OpenDocumentSpreadsheet()
    sheet = Table(name="Лист")

    def row(*cells: TableCell, repeated: int = 1) -> None:
        added = TableRow(numberrowsrepeated=repeated)
        for cell in cells:
            added.addElement(cell)
        sheet.addElement(added)

    def text(content: str, kind: str = "string", **more: object) -> TableCell:
        cell = TableCell(valuetype=kind, **more)
        cell.addElement(P(text=content))
        return cell

    row(text("Мастер"), text("Доля"), text("Время"), text("Заметка"))
    row(
        text("Аня", numberrowsspanned=2),
        text("15%", "percentage", value=0.153),
        text("x", "time", timevalue="PT27H17M54S"),
        text("да"),
    )
    row(TableCell(), text("5%", "percentage", value=0.05), text("x", "time", timevalue="PT1H00M00S"), text("нет"))
    row(text("Оля"), text("50%", "percentage", value=0.5), TableCell(), text("да"), repeated=2)
    made.spreadsheet.addElement(sheet)
    made.save(path)
    (table,) = tables(path)
    assert table.rows == [
        ("Аня", "15.3%", "27:17:54", "да"), ("Аня", "5%", "01:00:00", "нет"),
        ("Оля", "50%", None, "да"), ("Оля", "50%", None, "да"),
    ]  # fmt: skip
    assert table.finding("percent_cells").count == 4


def test_what_an_old_workbook_says_beside_its_values(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "old.xls"
    made = xlwt.Workbook(encoding="utf-8")
    made.add_sheet("Пустой")
    sheet = made.add_sheet("Отчёт")
    share, hours, dollars = (xlwt.easyxf(num_format_str=form) for form in ("0.0%", "[h]:mm", "[$$-409]#,##0.00"))
    for column, text in enumerate(["Мастер", "Доля", "Время", "Цена"]):
        sheet.write(0, column, text)
    rows = [("Центр", 0.5), ("Аня", 0.153), ("Оля", 1), ("Север", 0.07), ("Ира", 0.07)]
    for row, (name, value) in enumerate(rows, 1):
        sheet.write(row, 0, name)
        sheet.write(row, 1, value, share)
        if name in ("Аня", "Оля", "Ира"):
            sheet.write(row, 2, 1.5, hours)
            sheet.write(row, 3, 10.5, dollars)
            sheet.row(row).level = 1
    sheet.row(3).hidden = True
    made.save(path)
    (table,) = tables(path)
    assert ("Аня", "15.3%", "36:00:00", "10.5") in [row[:4] for row in table.rows]
    assert ("Оля", "100%", "36:00:00", "10.5") in [row[:4] for row in table.rows]
    assert table.raw.header == ("Мастер", "Доля", "Время", "Цена", "Группа")
    assert [row[4] for row in table.rows] == ["Центр", "Центр", "Север"]
    assert table.finding("percent_cells").count == 5
    assert table.finding("foreign_currency").count == 3
    assert table.finding("hidden_rows").count == 1


def test_a_workbook_of_binary_records(tmp_path: Path, tables: Tables) -> None:
    rows: list[list[Cell]] = [
        [("Мастер", 0), ("Доля", 0), ("День", 0), ("Часы", 0), ("Цена", 0)],
        [("Аня", 0), (0.153, 1), (46300.0, 2), (1.5, 3), (10.5, 4)],
        [("Оля", 0), (1.0, 1), (46301.0, 2), (0.25, 3), (20.0, 4)],
    ]
    path = write_xlsb(tmp_path / "b.xlsb", "Лист", rows, ["0.0%", "dd\\.mm\\.yyyy", "[h]:mm", "[$$-409]#,##0.00"])
    (table,) = tables(path)
    assert (table.raw.sheet, table.raw.header) == ("Лист", ("Мастер", "Доля", "День", "Часы", "Цена"))
    assert table.rows == [
        ("Аня", "15.3%", "2026-10-05", "36:00:00", "10.5"), ("Оля", "100%", "2026-10-06", "06:00:00", "20"),
    ]  # fmt: skip
    assert (table.finding("percent_cells").count, table.finding("foreign_currency").count) == (2, 2)
