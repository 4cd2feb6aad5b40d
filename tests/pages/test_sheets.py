"""A workbook of several sheets: all are offered, some are left out, a hidden one is read on request."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from pages._ui import session
from tests.pages.conftest import Open, shown
from tests.pages.test_upload import begins, drop, load


@pytest.fixture(scope="module")
def book() -> bytes:
    """Orders and reviews, a report without dates, instructions, an empty and a hidden sheet."""
    made = openpyxl.Workbook()
    orders = made.active
    orders.title = "Заказы"
    orders.append(["Номер заказа", "Дата создания", "Дата завершения", "Статус", "Сумма, руб", "Мастер"])
    reviews = made.create_sheet("Отзывы")
    reviews.append(["Дата", "Оценка", "Текст отзыва", "Мастер", "Площадка"])
    hidden = made.create_sheet("Архив")
    hidden.append(["Номер заказа", "Дата создания", "Дата завершения", "Статус", "Сумма, руб", "Мастер"])
    for number in range(1, 31):
        day, who = date(2026, 10, 1) + timedelta(days=number % 28), ("Анна", "Борис")[number % 2]
        orders.append([number, day, day, "выполнен", 1000 + number, who])
        reviews.append([day, number % 5 + 1, "Спасибо", who, "Авито"])
        hidden.append([900 + number, day - timedelta(days=90), day - timedelta(days=90), "выполнен", 500, who])
    hidden.sheet_state = "hidden"
    report = made.create_sheet("Итоги")
    for row in (["Мастер", "Услуга", "Сумма"], ["Анна", "Стрижка", 100], ["Борис", "Окраска", 200]):
        report.append(row)
    help_ = made.create_sheet("Инструкция")
    for row in (["Шаг", "Что делать"], ["один", "откройте лист"], ["два", "внесите строку"]):
        help_.append(row)
    made.create_sheet("Пустой")
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def switches(at: Any) -> dict[str, bool]:
    """Which sheets are to be loaded, in the order of the workbook."""
    toggles = [one for one in at.toggle if str(one.key).startswith("load-")]
    return dict(zip(("Заказы", "Отзывы", "Итоги", "Инструкция", "Архив"), (one.value for one in toggles), strict=False))


def test_every_sheet_is_offered(app: Open, book: bytes) -> None:
    at = drop(app("data", "ru"), "Книга.xlsx", book)
    assert switches(at) == {"Заказы": True, "Отзывы": True, "Итоги": False, "Инструкция": False}
    text = shown(at)
    assert "4 листа с таблицами" in text
    assert "Без таблицы: Пустой" in text
    assert "Скрыты и не прочитаны: Архив" in text


def test_only_the_sheets_that_are_wanted_are_loaded(app: Open, book: bytes) -> None:
    at = drop(app("data", "ru"), "Книга.xlsx", book)
    begins(at.toggle, "load-").set_value(False).run()
    text = shown(load(at))
    assert "Отзывы: загружено строк" in text
    relations = session.store().relations()
    assert (relations["reviews"].rows, relations["orders"].rows) == (30, 0)
    assert "Не загружены 3 листа: Заказы, Итоги, Инструкция" in text


def test_a_hidden_sheet_is_read_and_loaded_on_request(app: Open, book: bytes) -> None:
    at = drop(app("data", "ru"), "Книга.xlsx", book)
    begins(at.button, "unhide-").click().run()
    assert switches(at)["Архив"] is True
    assert "Скрыты и не прочитаны" not in shown(at)
    load(at)
    assert session.store().relations()["orders"].rows == 60


def test_no_sheet_no_button(app: Open, book: bytes) -> None:
    at = drop(app("data", "ru"), "Книга.xlsx", book)
    for place in (0, 1):
        [one for one in at.toggle if str(one.key).startswith("load-")][place].set_value(False).run()
    assert not any(button.key == "load" for button in at.button)
