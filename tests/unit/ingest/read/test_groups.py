"""Reports whose rows stand in groups: the group becomes a column, subtotals are left out, every row is told."""

from pathlib import Path
from typing import Any

import openpyxl

from tests.unit.ingest.read.staged import Staged, Tables


def sheet_of(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def outlined(book: openpyxl.Workbook, levels: dict[int, int]) -> openpyxl.Workbook:
    book.active.sheet_properties.outlinePr.summaryBelow = False
    for row, level in levels.items():
        book.active.row_dimensions[row].outlineLevel = level
    return book


def staged(book: openpyxl.Workbook, folder: Path, tables: Tables) -> Staged:
    path = folder / "report.xlsx"
    book.save(path)
    (table,) = tables(path)
    return table


def test_a_report_of_1c(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Продажи по мастерам"], ["Период: октябрь 2026"], [],
        ["Мастер", "Количество", "Сумма"], ["Услуга", None, None],
        ["Иванова Анна", 12, 24000], ["Стрижка", 8, 16000], ["Окраска", 4, 8000],
        ["Петрова Ольга", 3, 9000], ["Стрижка", 3, 9000], ["Итого", 15, 33000],
    )  # fmt: skip
    book.active.merge_cells("B4:B5")
    book.active.merge_cells("C4:C5")
    table = staged(outlined(book, {7: 1, 8: 1, 10: 1}), tmp_path, tables)
    assert table.raw.header == ("Услуга", "Количество", "Сумма", "Мастер")
    assert table.rows == [
        ("Стрижка", "8", "16000", "Иванова Анна"),
        ("Окраска", "4", "8000", "Иванова Анна"),
        ("Стрижка", "3", "9000", "Петрова Ольга"),
    ]
    assert table.lines == [7, 8, 10]
    assert table.finding("group_rows").examples == ("Иванова Анна", "Петрова Ольга")
    assert "lines 6, 9" in str(table.finding("group_rows").message)
    assert table.finding("total_rows").count == 1
    assert table.finding("header_rows").count == 2


def test_two_levels_and_a_record_without_a_group(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Показатель", "Сумма"],
        ["Центр", 30], ["Аня", 10], ["Стрижка", 10], ["Оля", 20], ["Окраска", 20],
        ["Без филиала", 5], ["Север", 7], ["Ира", 7], ["Стрижка", 7],
    )  # fmt: skip
    table = staged(outlined(book, {3: 1, 4: 2, 5: 1, 6: 2, 9: 1, 10: 2}), tmp_path, tables)
    assert table.raw.header == ("Показатель", "Сумма", "Группа 1", "Группа 2")
    assert table.rows == [
        ("Стрижка", "10", "Центр", "Аня"), ("Окраска", "20", "Центр", "Оля"), ("Без филиала", "5", None, None),
        ("Стрижка", "7", "Север", "Ира"),
    ]  # fmt: skip


def test_rows_folded_away_under_orders_are_no_groups(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Заказ", "Клиент", "Дата", "Сумма"],
        ["1", "Аня", "2026-10-01", 30], ["позиция", "шампунь", None, 10], ["позиция", "маска", None, 20],
        ["2", "Оля", "2026-10-02", 5],
    )  # fmt: skip
    table = staged(outlined(book, {3: 1, 4: 1}), tmp_path, tables)
    assert len(table.rows) == 4
    assert not table.has("group_rows")


def test_an_outline_with_its_sums_below_is_left_alone(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(["Мастер", "Сумма"], ["Аня", 10], ["Аня", 20], ["Аня Итог", 30], ["Оля", 5], ["Оля Итог", 5])
    for row in (2, 3, 5):
        book.active.row_dimensions[row].outlineLevel = 1
    book.active["C2"] = "x"
    table = staged(book, tmp_path, tables)
    assert [row[:2] for row in table.rows] == [("Аня", "10"), ("Аня", "20"), ("Оля", "5")]
    assert table.finding("subtotal_rows").examples == ("4", "6")


def test_names_that_stand_alone_above_dated_rows(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Дата", "Клиент", "Услуга", "Сумма"],
        ["Мастер: Анна"], ["01.10.2026", "К1", "Стрижка", 100], ["02.10.2026", "К2", None, 200],
        ["Итого по мастеру", None, None, 300],
        ["Мастер: Ольга"], ["01.10.2026", "К3", "Окраска", 400],
        ["Итого", None, None, 700], ["Составил: Сидоров"],
    )  # fmt: skip
    table = staged(book, tmp_path, tables)
    assert table.raw.header == ("Дата", "Клиент", "Услуга", "Сумма", "Мастер")
    assert table.rows == [
        ("01.10.2026", "К1", "Стрижка", "100", "Анна"), ("02.10.2026", "К2", None, "200", "Анна"),
        ("01.10.2026", "К3", "Окраска", "400", "Ольга"),
    ]  # fmt: skip
    told = table.finding("group_rows").count + table.finding("total_rows").count + table.finding("note_rows").count
    assert 1 + len(table.rows) + told == 9


def test_groups_within_groups_that_stand_alone(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Дата", "Клиент", "Сумма"],
        ["Центр"], ["Анна"], ["01.10.2026", "К1", 100], ["Ольга"], ["02.10.2026", "К2", 200],
        ["Север"], ["Ирина"], ["03.10.2026", "К3", 300],
    )  # fmt: skip
    table = staged(book, tmp_path, tables)
    assert [row[3:] for row in table.rows] == [("Центр", "Анна"), ("Центр", "Ольга"), ("Север", "Ирина")]


def test_sparse_records_are_no_groups(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Клиент", "Телефон", "Город"], ["Аня", "+7900", "Омск"], ["Оля", None, None], ["Ира", "+7901", None],
        ["Юля", None, None], ["Яна", "+7902", "Томск"], ["Зоя", "+7903", "Томск"], ["Ада", "+7904", "Томск"],
    )  # fmt: skip
    table = staged(book, tmp_path, tables)
    assert len(table.rows) == 7
    assert not table.has("group_rows")


def test_cells_merged_down_are_repeated_but_never_numbers(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["Филиал", "Мастер", "План", "Факт"], ["Центр", "Аня", 100, 1], [None, "Оля", None, 2], [None, "Ира", None, 3],
        ["Север", "Юля", 50, 4],
    )  # fmt: skip
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("C2:C4")
    table = staged(book, tmp_path, tables)
    assert table.rows == [
        ("Центр", "Аня", "100", "1"), ("Центр", "Оля", None, "2"), ("Центр", "Ира", None, "3"),
        ("Север", "Юля", "50", "4"),
    ]  # fmt: skip
    assert table.finding("merged_cells").count == 2


def test_a_merged_header_of_two_rows(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(
        ["План-факт за октябрь"], [],
        ["Филиал", "Мастер", "Выручка", None, "Отзывы", None], [None, None, "План", "Факт", "Число", "Оценка"],
        ["Центр", "Аня", 100, 120, 3, 4.5], ["Север", "Оля", 200, 180, 5, 4.9], ["Итого", None, 300, 300, 8, None],
    )  # fmt: skip
    for cells in ("A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:F3"):
        book.active.merge_cells(cells)
    table = staged(book, tmp_path, tables)
    assert table.raw.header == (
        "Филиал", "Мастер", "Выручка / План", "Выручка / Факт", "Отзывы / Число", "Отзывы / Оценка",
    )  # fmt: skip
    assert table.rows == [("Центр", "Аня", "100", "120", "3", "4.5"), ("Север", "Оля", "200", "180", "5", "4.9")]
    assert table.finding("title_rows").examples == ("План-факт за октябрь",)
    assert "lines 3–4" in str(table.finding("header_rows").message)


def test_a_record_merged_over_two_rows_is_one_record(tmp_path: Path, tables: Tables) -> None:
    book = sheet_of(["Мастер", "Город", "Часы"], ["Аня", "Омск", 8], [], ["Оля", "Томск", 7], [])
    for cells in ("A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"):
        book.active.merge_cells(cells)
    table = staged(book, tmp_path, tables)
    assert table.rows == [("Аня", "Омск", "8"), ("Оля", "Томск", "7")]
