"""A spreadsheet of events: rows become marks, and those that cannot say why."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.errors import UserError
from data.store.entries import Mark
from data.store.mark_file import marks_of
from data.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace") as opened:
        yield opened


def test_a_russian_csv(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "события.csv"
    lines = [
        "Дата;Событие;Вид;По", "05.10.2026;Скидка 20 %;Акция;31.10.2026", "2026-10-07;Подняли цены;цена;",
        "31.02.2026;Нет такого дня;;", "08.10.2026;;акция;", "09.10.2026;Наоборот;;01.10.2026",
        "10.10.2026;<b>Новый</b> регламент;процесс;", "11.10.2026;Переезд;что-то;",
    ]  # fmt: skip
    path.write_bytes("\r\n".join(lines).encode("cp1251"))
    found = marks_of(store, path)
    assert found.marks == (
        Mark(0, date(2026, 10, 5), "Скидка 20 %", "promotion", until=date(2026, 10, 31)),
        Mark(0, date(2026, 10, 7), "Подняли цены", "price"),
        Mark(0, date(2026, 10, 10), "<b>Новый</b> регламент", "process_change"),
        Mark(0, date(2026, 10, 11), "Переезд", "other"),
    )
    assert [str(why) for why in found.refused] == [
        "Line 4: «31.02.2026» is no day.", "Line 5: it does not say what happened.",
        "Line 6: it ends before it begins.",
    ]  # fmt: skip


def test_a_workbook_with_real_dates(store: Store, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Event", "Date"), ("Opened", date(2026, 3, 2)), ("Moved", date(2026, 4, 1))):
        sheet.append(row)
    book.save(tmp_path / "events.xlsx")
    found = marks_of(store, tmp_path / "events.xlsx")
    assert [(mark.day, mark.title) for mark in found.marks] == [
        (date(2026, 3, 2), "Opened"), (date(2026, 4, 1), "Moved"),
    ]  # fmt: skip


def test_another_table_is_refused_with_a_hint(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Заказ;Сумма\n1;100\n2;200\n", "utf-8")
    with pytest.raises(UserError) as caught:
        marks_of(store, path)
    assert caught.value.hint is not None
