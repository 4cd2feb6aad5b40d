"""`read`: what the reader saw, before any mapping."""

import csv
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.command.conftest import Terminal


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_windows_file_becomes_clean_csv(terminal: Terminal) -> None:
    terminal.write("A.csv", 'Имя;Сумма\r\n"Иван; Пётр";1 234,50\r\n«О"К»;\r\n', "cp1251")
    done = terminal("read", "A.csv", "--out", "out")
    assert done.status == 0, done.err
    assert rows(terminal.folder / "out" / "A.csv") == [["Имя", "Сумма"], ["Иван; Пётр", "1 234,50"], ['«О"К»', ""]]
    assert b"\r" not in (terminal.folder / "out" / "A.csv").read_bytes()
    assert terminal.opened == []
    assert not (terminal.folder / "workspace").exists()


def test_each_sheet_of_a_workbook_is_a_file(terminal: Terminal) -> None:
    with xlsxwriter.Workbook(str(terminal.folder / "book.xlsx")) as book:
        for name in ("Заказы", "Отзывы"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Номер", "Оценка", "Когда"])
            sheet.write_row(1, 0, [1, 4.5, "01.10.2026"])
            sheet.write_row(2, 0, [2, 5, "02.10.2026"])
    assert terminal("read", "book.xlsx", "--out", "out").status == 0
    assert sorted(path.name for path in (terminal.folder / "out").iterdir()) == ["book.Заказы.csv", "book.Отзывы.csv"]
    assert rows(terminal.folder / "out" / "book.Отзывы.csv")[1] == ["1", "4.5", "01.10.2026"]
    one = terminal("read", "book.xlsx", "--sheet", "Заказы")
    assert one.out.splitlines() == ["Номер,Оценка,Когда", "1,4.5,01.10.2026", "2,5,02.10.2026"]


def test_a_table_without_a_header_gets_none(terminal: Terminal) -> None:
    terminal.write("bare.csv", "1,10.5\n2,11.5\n3,12.5\n")
    assert terminal("read", "bare.csv").out.splitlines() == ["1,10.5", "2,11.5", "3,12.5"]


def test_a_bad_file_is_named_and_the_others_are_written(terminal: Terminal) -> None:
    terminal.write("good.csv", "a,b\nx,y\nz,w\n")
    terminal.write("bad.csv", "")
    done = terminal("read", "bad.csv", "good.csv", "nowhere.csv", "--out", "out")
    assert done.status == 1
    assert "bad.csv" in done.err
    assert "nowhere.csv" in done.err
    assert [path.name for path in (terminal.folder / "out").iterdir()] == ["good.csv"]


def test_nothing_but_a_header_is_written_as_it_stands(terminal: Terminal) -> None:
    terminal.write("head.csv", "Имя;Сумма\n")
    done = terminal("read", "head.csv", "--out", "out")
    assert done.status == 0
    assert "no rows" in done.err
    assert rows(terminal.folder / "out" / "head.csv") == [["Имя", "Сумма"]]


def test_cells_are_written_as_they_stand(terminal: Terminal) -> None:
    terminal.write("a.csv", 'Имя ;Текст;\nАня;"раз\nдва";\nОля; три;\n')
    terminal("read", "a.csv", "--out", "out")
    expected = [["Имя ", "Текст", ""], ["Аня", "раз\nдва", ""], ["Оля", " три", ""]]
    assert rows(terminal.folder / "out" / "a.csv") == expected


@pytest.mark.parametrize("out", [".", "sub/.."])
def test_a_source_is_never_overwritten(terminal: Terminal, out: str) -> None:
    (terminal.folder / "sub").mkdir()
    source = terminal.write("a.csv", "x;y\n1;2\n3;4\n")
    done = terminal("read", "a.csv", "--out", out)
    assert done.status == 1
    assert "overwritten" in done.err
    assert source.read_text() == "x;y\n1;2\n3;4\n"
