"""The owner's whole way: start, demo, upload a Russian file, correct the mapping, see the KPI, change a target, copy
the link, undo, take a copy of everything. In this order, in one workspace; a step that fails ends the way.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.schema.loader import fact
from kpi.language import language
from tests.browser.owner import LONG, card_value, choose, keyed, open_page, press, settled, write_orders
from tests.browser.server import Served, serve

pytestmark = pytest.mark.browser

RUSSIAN = language("ru")
REWORK = fact("orders").column("is_rework")
FILE = "Мои заказы.csv"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on 5 November 2026, so that October is the last complete month."""
    with serve(tmp_path_factory.mktemp("owner"), KPI_NOW="2026-11-05T10:00:00") as served:
        yield served


def test_the_demo_comes_and_goes_with_one_click(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(keyed(page, "first_upload").get_by_role("button")).to_be_visible()
    press(page, "first_demo")
    expect(page.locator(".cards article").first).to_be_visible(timeout=3 * LONG)
    open_page(page, app.url, "quality")
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=LONG)
    open_page(page, app.url, "data")
    press(page, "remove_demo")
    expect(keyed(page, "first_demo").get_by_role("button")).to_be_visible(timeout=3 * LONG)
    assert complaints == []


def test_from_a_file_to_a_target_and_back(
    page: Page, app: Served, chromium: Browser, tmp_path: Path, complaints: list[str]
) -> None:
    number = upload_and_correct(page, app, write_orders(tmp_path / FILE))
    see_the_kpi(page, app)
    change_a_target(page, app)
    copy_the_link(page, app, chromium)
    take_it_back(page, app, number)
    assert complaints == []


def upload_and_correct(page: Page, app: Served, file: Path) -> str:
    """Upload, say what a header and a word mean, load; the key of the import in the ledger."""
    open_page(page, app.url, "data")
    page.locator('input[type="file"]').set_input_files(file)
    again = page.locator('[class*="st-key-column-"]').filter(has_text="Пришлось переделать")
    choose(page, again.locator('[class*="st-key-target-"]'), RUSSIAN.catalogue(REWORK.title))
    choose(page, page.locator('[class*="st-key-word-"]').first, RUSSIAN.catalogue("Done"))
    settled(page)
    expect(page.locator(".change-preview")).to_contain_text("Ключевые KPI: до → после", timeout=LONG)
    press(page, "load")
    entry = page.locator('[class*="st-key-import-"]').filter(has_text=FILE)
    expect(entry).to_be_visible(timeout=LONG)
    named = [name for name in str(entry.get_attribute("class")).split() if name.startswith("st-key-import-")]
    return named[0].removeprefix("st-key-import-")


def see_the_kpi(page: Page, app: Served) -> None:
    """October: 62 orders, 56 of them done, 6 of those done again."""
    open_page(page, app.url, "quality", "kpi=rework_rate")
    assert card_value(page, "rework_rate") == "10,7 %"
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=LONG)
    expect(page.locator(".detail .status").first).to_contain_text(RUSSIAN.status("good"))


def change_a_target(page: Page, app: Served) -> None:
    """From October on at most 5 % is good: what was on target is missed."""
    open_page(page, app.url, "targets", "kpi=rework_rate")
    high = keyed(page, "high-rework_rate").locator("input")
    high.fill("5")
    high.press("Enter")
    settled(page)
    day = keyed(page, "since-rework_rate").locator('[contenteditable="true"], input').first
    day.click()
    page.keyboard.type("01102026")
    page.keyboard.press("Escape")
    settled(page)
    press(page, "set_target")
    settled(page)
    open_page(page, app.url, "quality", "kpi=rework_rate")
    expect(page.locator(".detail .status").first).to_contain_text(RUSSIAN.status("missed"), timeout=LONG)


def copy_the_link(page: Page, app: Served, chromium: Browser) -> None:
    """The address opens the same view in another browser."""
    open_page(page, app.url, "quality", "kpi=rework_rate&employee=Иванов&period=last_3_months")
    mine = (card_value(page, "rework_rate"), page.locator(".headline").first.inner_text())
    other = chromium.new_context(locale="ru-RU").new_page()
    other.goto(page.url)
    settled(other)
    assert (card_value(other, "rework_rate"), other.locator(".headline").first.inner_text()) == mine
    other.context.close()


def take_it_back(page: Page, app: Served, number: str) -> None:
    """After undo the workspace is as empty as before."""
    open_page(page, app.url, "data")
    press(page, f"undo-{number}")
    expect(keyed(page, f"confirm-{number}")).to_contain_text("Уйдут 122 строки", timeout=LONG)
    press(page, "undo_yes")
    expect(keyed(page, f"undo-{number}")).to_have_count(0, timeout=LONG)
    open_page(page, app.url)
    expect(keyed(page, "first_upload").get_by_role("button")).to_be_visible(timeout=LONG)


def test_a_copy_of_everything_is_taken_away(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url, "data")
    press(page, "export")
    with page.expect_download(timeout=LONG) as download:
        page.locator("a.take").click(timeout=LONG)
    with zipfile.ZipFile(download.value.path()) as file:
        assert {"README.txt", "imports.csv"} <= set(file.namelist())
    assert complaints == []


@pytest.mark.parametrize("name", ["_ui", "entry", "session", "server"])
def test_a_page_that_is_not_listed_is_not_published(page: Page, app: Served, name: str) -> None:
    open_page(page, app.url, name)
    expect(page.get_by_text("Такой страницы нет")).to_be_visible(timeout=LONG)
