"""The owner's whole way: start, demo, upload a Russian file, correct the mapping, see the KPI, change a target, copy
the link, undo. One test a step, in this order, in one workspace."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.owner import LONG, card_value, choose, keyed, open_page, press, settled, write_orders
from tests.browser.server import Served, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on 5 November 2026, so that October is the last complete month."""
    with serve(tmp_path_factory.mktemp("owner"), KPI_NOW="2026-11-05T10:00:00") as served:
        yield served


def test_1_an_empty_workspace_says_what_to_do(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url)
    expect(keyed(page, "first_upload").get_by_role("button")).to_be_visible()
    expect(keyed(page, "first_demo").get_by_role("button")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert complaints == []


def test_2_the_demo_comes_and_goes_with_one_click(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url)
    press(page, "first_demo")
    expect(keyed(page, "cards").locator("article").first).to_be_visible(timeout=3 * LONG)
    open_page(page, app.url, "quality")
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=LONG)
    open_page(page, app.url, "data")
    press(page, "remove_demo")
    expect(keyed(page, "first_demo").get_by_role("button")).to_be_visible(timeout=3 * LONG)
    assert complaints == []


def test_3_a_russian_file_is_uploaded_and_its_mapping_corrected(
    page: Page, app: Served, tmp_path: Path, complaints: list[str]
) -> None:
    open_page(page, app.url, "data")
    page.locator('input[type="file"]').set_input_files(write_orders(tmp_path / "Мои заказы.csv"))
    expect(page.get_by_text("«Сдано клиенту»").first).to_be_visible(timeout=LONG)
    choose(page, page.locator('[class*="st-key-word-"]').first, "Done")
    again = page.locator('[class*="st-key-column-"]').filter(has_text="Пришлось переделать")
    choose(page, again.locator('[class*="st-key-target-"]'), "Rework")
    press(page, "load")
    expect(keyed(page, "import-15")).to_be_visible(timeout=LONG)
    expect(keyed(page, "import-15")).to_contain_text("Мои заказы.csv")
    assert complaints == []


def test_4_the_kpi_is_seen(page: Page, app: Served) -> None:
    open_page(page, app.url, "quality", "kpi=rework_rate")
    assert card_value(page, "rework_rate") == "8,93 %"
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_visible(timeout=LONG)


def test_5_a_target_is_changed_and_judges(page: Page, app: Served) -> None:
    open_page(page, app.url, "targets", "kpi=rework_rate")
    high = keyed(page, "high-rework_rate").locator("input")
    high.fill("9,5")
    high.press("Tab")
    settled(page)
    day = keyed(page, "since-rework_rate")
    expect(day).to_be_visible()
    press(page, "set_target")
    expect(page.get_by_text(re.compile("9,5")).first).to_be_visible(timeout=LONG)


def test_6_a_copied_link_opens_the_same_view(page: Page, app: Served, chromium: Browser) -> None:
    open_page(page, app.url, "quality", "kpi=rework_rate&employee=Иванов&period=last_3_months")
    mine = card_value(page, "rework_rate")
    link = page.url
    assert "employee=" in link
    other = chromium.new_context(locale="ru-RU").new_page()
    other.goto(link)
    settled(other)
    assert card_value(other, "rework_rate") == mine
    assert other.locator(".headline").first.inner_text() == page.locator(".headline").first.inner_text()
    other.context.close()


def test_7_an_import_is_taken_back(page: Page, app: Served) -> None:
    open_page(page, app.url, "data")
    press(page, "undo-15")
    press(page, "undo_yes")
    expect(keyed(page, "undo-15")).to_have_count(0, timeout=LONG)
    open_page(page, app.url)
    expect(keyed(page, "first_upload").get_by_role("button")).to_be_visible(timeout=LONG)


def test_8_a_page_that_is_not_listed_is_not_published(page: Page, app: Served) -> None:
    for name in ("_ui", "entry", "session", "server"):
        open_page(page, app.url, name)
        expect(page.get_by_text("Такой страницы нет")).to_be_visible(timeout=LONG)
