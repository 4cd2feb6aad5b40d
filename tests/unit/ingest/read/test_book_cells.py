"""What a cell shows beyond its value: shares, links, formulas, errors, currencies, the year days are counted from."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.ingest.read.book.celltext import iso_duration, percent_text
from data.ingest.read.book.formats import meaning
from tests.unit.ingest.read.rewriting import SHEET, rewritten
from tests.unit.ingest.read.staged import Tables


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "book.xlsx"
    book.save(path)
    return path


def test_shares_are_read_as_they_are_shown(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Мастер", "Доля", "Скидка"], ["Аня", 0.153, 5], ["Оля", 1.5, 7], ["Ира", "нет", 0.2]):
        sheet.append(row)
    for cell in ("B2", "B3", "B4"):
        sheet[cell].number_format = "0.0%"
    sheet["C4"].number_format = "0%"
    (table,) = tables(saved(book, tmp_path))
    assert [row[1:] for row in table.rows] == [("15.3%", "5"), ("150%", "7"), ("нет", "20%")]
    assert table.finding("percent_cells").count == 3


def test_a_share_far_below_is_seen_as_well(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, share = made.add_worksheet(), made.add_format({"num_format": '0.00"%"'})
        real = made.add_format({"num_format": "0.00%"})
        sheet.write_row(0, 0, ["id", "share"])
        for row in range(1, 9000):
            sheet.write_row(row, 0, [row, 0.5])
        sheet.write(9000, 0, 9000)
        sheet.write(9000, 1, 0.25, real)
        sheet.write(1, 1, 0.5, share)
    (table,) = tables(path)
    assert table.rows[0] == ("1", "0.5")
    assert table.rows[-1] == ("9000", "25%")


def test_links_and_formulas_without_values(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Название", "Сумма", "Итог"],
        ['=HYPERLINK("https://www.avito.ru/items/1234567890?a=1&b=2","Стрижка ""Модельная"" & укладка")', 10, "=B2*2"],
        ['=HYPERLINK("https://www.avito.ru/items/1234567891")', 20, "=B3*2"],
        ['=hyperlink("https://ya.ru";"Окраска")', 30, '=IF(B4>1,"да","")'],
    ):
        sheet.append(row)
    (table,) = tables(saved(book, tmp_path))
    assert [row[0] for row in table.rows] == [
        'Стрижка "Модельная" & укладка', "https://www.avito.ru/items/1234567891", "Окраска",
    ]  # fmt: skip
    assert table.raw.header == ("Название", "Сумма", "Итог", "Номер объявления")
    assert [row[3] for row in table.rows] == ["1234567890", "1234567891", None]
    assert table.finding("links").count == 3
    assert table.finding("link_numbers").count == 2
    missing = table.finding("formulas_without_values")
    assert (missing.count, missing.severity) == (3, "warning")
    assert "(C2, C3, C4)" in str(missing.message)


def test_formulas_with_values_are_values(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "counted.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_row(1, 0, [1, 2])
        sheet.write_formula(1, 2, "=A2+B2", None, 3)
        sheet.write_row(2, 0, [1, 2])
        sheet.write_formula(2, 2, '=IF(A3>5,"x","")', None, "")
    as_excel = rewritten(path, SHEET, lambda xml: xml.replace(b'<c r="C3">', b'<c r="C3" t="str">'))
    (table,) = tables(as_excel)
    assert [row[2] for row in table.rows] == ["3", None]
    assert not table.has("formulas_without_values")


def test_errors_are_empty_and_told(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b"], [1, "#DIV/0!"], [2, "#N/A"], [3, "x"]):
        sheet.append(row)
    (table,) = tables(saved(book, tmp_path))
    assert table.rows == [("1", None), ("2", None), ("3", "x")]
    assert "(B2: #DIV/0!, B3: #N/A)" in str(table.finding("error_cells").message)


def test_another_currency_is_told_and_not_converted(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Заказ", "Цена", "Рубли"], ["a", 1234.5, 10], ["b", 20, 20.5]):
        sheet.append(row)
    for cell in ("B2", "B3"):
        sheet[cell].number_format = "[$$-409]#,##0.00"
    for cell in ("C2", "C3"):
        sheet[cell].number_format = '#,##0.00 "₽"'
    (table,) = tables(saved(book, tmp_path))
    assert table.rows == [("a", "1234.5", "10"), ("b", "20", "20.5")]
    assert str(table.finding("foreign_currency").message).startswith("2 cells are formatted as amounts in $")


def test_days_counted_from_1904(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row in (["a", "day"], ["x", date(2026, 10, 5)], ["y", datetime(2026, 10, 5, 12, 30)]):
        sheet.append(row)
    (table,) = tables(saved(book, tmp_path))
    assert [row[1] for row in table.rows] == ["2026-10-05", "2026-10-05 12:30:00"]
    assert table.has("dates_from_1904")


def test_hidden_rows_are_read_and_told(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b"], [1, 2], [3, 4], [5, 6]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    (table,) = tables(saved(book, tmp_path))
    assert table.raw.rows == 3
    assert table.finding("hidden_rows").count == 1


def test_long_ids_keep_their_digits(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["id", "n"], ["12345678901234567890", 1], ["00012345678901234567", 2], ["40817810099910004312", 3]):
        sheet.append(row)
    sheet.append([1234567890123456, 4])
    (table,) = tables(saved(book, tmp_path))
    assert [row[0] for row in table.rows] == [
        "12345678901234567890", "00012345678901234567", "40817810099910004312", "1234567890123456",
    ]  # fmt: skip
    assert not table.has("inexact_numbers")


def test_a_table_that_does_not_begin_in_the_corner(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "off.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, share = made.add_worksheet(), made.add_format({"num_format": "0%"})
        sheet.write_row(3, 2, ["Имя", "Доля", "Часы"])
        for row in (4, 5, 6):
            sheet.write(row, 2, f"Мастер {row}")
            sheet.write(row, 3, row / 10, share)
            sheet.write(row, 4, timedelta(hours=20 * row), made.add_format({"num_format": "[h]:mm"}))
    (table,) = tables(path)
    assert table.raw.header == ("Имя", "Доля", "Часы")
    assert table.rows[0] == ("Мастер 4", "40%", "80:00:00")
    assert table.lines == [5, 6, 7]


def test_cells_of_a_file_whose_elements_have_prefixes(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b"], ["x", 0.5], ["y", 0.75]):
        sheet.append(row)
    sheet["B2"].number_format = sheet["B3"].number_format = "0%"
    plain = saved(book, tmp_path)

    def prefixed(xml: bytes) -> bytes:
        text = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", xml)
        return text.replace(b"xmlns=", b"xmlns:x=")

    (table,) = tables(rewritten(plain, SHEET, prefixed))
    assert table.rows == [("x", "50%"), ("y", "75%")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0%", "%"), ("0.00%;[Red]-0.00%", "%"), ('0.0"%"', None), ("0\\%", None), ("#,##0.00", None),
        ('#,##0.00 "₽"', None), ("#,##0.00\\ [$₽-419]", None), ("[$$-409]#,##0", "$"), ("#,##0 [$€-1]", "€"),
        ("[h]:mm", None), ("General", None), ("dd.mm.yyyy", None), ("[$-419]d mmm;@", None), ("[$KZT] 0", "KZT"),
    ],
)  # fmt: skip
def test_what_a_format_means(code: str, expected: str | None) -> None:
    assert meaning(code) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.153, "15.3%"), (1.0, "100%"), (0.07, "7%"), (1e-05, "0.001%"), (0.0, "0%"), (-0.5, "-50%")],
)
def test_percent_text(value: float, expected: str) -> None:
    assert percent_text(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT27H17M54S", "27:17:54"), ("PT288H00M00S", "288:00:00"), ("-PT1H", "-01:00:00"), ("P2DT1H", "49:00:00"),
        ("Просто текст", "Просто текст"), ("P", "P"), ("PT5M1.5S", "00:05:01"),
    ],
)  # fmt: skip
def test_durations_of_open_document(text: str, expected: str) -> None:
    assert iso_duration(text) == expected


def test_times_of_day_and_midnight(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["t", "d"], [time(9, 30), datetime(2026, 1, 1)], [time(18, 0), datetime(2026, 1, 1, 0, 0, 1)]):
        sheet.append(row)
    (table,) = tables(saved(book, tmp_path))
    assert table.rows == [("09:30:00", "2026-01-01"), ("18:00:00", "2026-01-01 00:00:01")]


def test_links_beyond_the_last_value(tmp_path: Path, tables: Tables) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["a", "b"], [1, "x"], [2, "y"]):
        sheet.append(row)
    sheet["C2"] = '=HYPERLINK("https://a.ru/","right")'
    sheet["A5"], sheet["B5"] = '=HYPERLINK("https://a.ru/","3")', '=HYPERLINK("https://a.ru/","below")'
    without = rewritten(saved(book, tmp_path), SHEET, lambda xml: xml.replace(b"<v />", b"").replace(b"<v/>", b""))
    (table,) = tables(without)
    assert table.rows == [("1", "x", "right"), ("2", "y", None), ("3", "below", None)]
