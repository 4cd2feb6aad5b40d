"""A file above the browser's limit is refused at once, with what to do; one below it goes through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import Served, serve

pytestmark = pytest.mark.browser
ROW = "{number};0{day}.10.2026;Выполнен;1200;Стрижка и укладка\n"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Served]:
    """The app, which takes a megabyte."""
    with serve(tmp_path, STREAMLIT_SERVER_MAX_UPLOAD_SIZE="1") as served:
        yield served


def orders(path: Path, size: int) -> Path:
    """As many orders as have so many bytes."""
    with path.open("wb") as file:
        file.write("Номер заказа;Дата завершения;Статус;Сумма;Услуга\n".encode())
        for number in range(size // 70):
            file.write(ROW.format(number=f"{number:06}", day=1 + number % 9).encode())
    assert path.stat().st_size <= size * 1.1
    return path


def test_above_and_below_the_limit(small: Served, page: Page, tmp_path: Path) -> None:
    open_page(page, small.url, "data", "lang=ru")
    page.locator("input[type=file]").first.set_input_files(orders(tmp_path / "Много.csv", 3 << 20))
    expect(page.get_by_text("python -m kpi import ФАЙЛ").first).to_be_attached(timeout=LONG)
    assert not list((small.workspace / "inbox").glob("*/*"))
    open_page(page, small.url, "data", "lang=ru")
    page.locator("input[type=file]").first.set_input_files(orders(tmp_path / "Заказы.csv", 900_000))
    expect(page.get_by_text("Заказы.csv").first).to_be_visible(timeout=LONG)
    settled(page)
    page.locator(".st-key-load").get_by_role("button").click(timeout=LONG)
    expect(page.get_by_text("загружено строк").first).to_be_visible(timeout=LONG)
