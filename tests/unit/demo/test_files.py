"""The spreadsheets in git say what the generator says, cell by cell."""

import csv
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.demo.sheets.avito import HEADER
from data.demo.sheets.model import Cell, File, Sheet, TextFile, Workbook
from data.demo.write import FOLDER, all_files, write, written

Facts = Mapping[str, pd.DataFrame]


@pytest.fixture(scope="module")
def described(facts: Facts) -> tuple[File, ...]:
    return all_files(facts)


def lines(sheet: Sheet) -> list[tuple[Cell, ...]]:
    body = [*((line,) for line in sheet.above), sheet.header, *sheet.rows]
    return [*body, sheet.below] if sheet.below else body


def comparable(cell: object) -> object:
    """A workbook knows no difference between 1 and 1.0, a day and its midnight."""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return "" if cell is None else float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def check_workbook(book: Workbook) -> None:
    found = CalamineWorkbook.from_path(str(FOLDER / book.name))
    assert found.sheet_names == [sheet.name for sheet in book.sheets]
    for sheet in book.sheets:
        rows = found.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        expected = lines(sheet)
        assert len(rows) == len(expected)
        for row, cells in zip(rows, expected, strict=True):
            padded = [*map(comparable, cells), *[""] * (len(row) - len(cells))]
            assert [comparable(cell) for cell in row] == padded, (book.name, sheet.name)


def check_text(file: TextFile) -> None:
    with (FOLDER / file.name).open(encoding=file.encoding, newline="") as lines_:
        rows = list(csv.reader(lines_, delimiter=file.delimiter))
    assert rows == [[written(cell, file) for cell in row] for row in lines(file.sheet)]


def test_the_files_are_what_the_generator_says(described: tuple[File, ...]) -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(file.name for file in described), (
        "python -m data.demo.write"
    )
    for file in described:
        if isinstance(file, Workbook):
            check_workbook(file)
        else:
            check_text(file)


def test_writing_again_gives_the_same_bytes(described: tuple[File, ...], tmp_path: Path) -> None:
    for file in described:
        assert write(file, tmp_path).read_bytes() == (FOLDER / file.name).read_bytes(), file.name


def test_the_formats_are_those_of_the_sources(described: tuple[File, ...]) -> None:
    by_name = {file.name: file for file in described}
    repairs = by_name["Заявки на ремонт.csv"]
    assert isinstance(repairs, TextFile)
    assert (repairs.encoding, repairs.delimiter, repairs.decimal) == ("cp1251", ";", ",")
    statistics = by_name["Авито Центр Статистика_с_2026-10-01_по_2026-10-31.xlsx"]
    assert isinstance(statistics, Workbook)
    header = statistics.sheets[0].header
    assert tuple(text.replace("\u00a0", " ") for text in header) == HEADER
    assert any("\u00a0" in text for text in header)
    assert not any("ериод" in text or text == "Дата" for text in header)
    assert {row[8] for row in statistics.sheets[0].rows} >= {"от\u00a01\u00a0400\u00a0₽"}


def test_the_statistics_add_up_to_the_month(described: tuple[File, ...], facts: Facts) -> None:
    october = facts["ads"][[(day.year, day.month) == (2026, 10) for day in facts["ads"]["period_start"]]]
    place = HEADER.index("Расходы на объявления")
    books = [file for file in described if "Статистика" in file.name]
    assert sum(row[place] for book in books for row in book.sheets[0].rows) == october["spend"].sum()  # type: ignore[union-attr, misc]
