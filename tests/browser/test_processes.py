"""Processes in a browser: the map is drawn, a way narrows it and «back» lets go, and nothing scrolls sideways."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.store import Store
from tests.browser.conftest import listen
from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import Served, serve
from tests.pages.conftest import NOW
from tests.pages.test_processes import HEADER, events
from tests.unit.store.files import load

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on a log of repairs."""
    folder = tmp_path_factory.mktemp("processes")
    with Store.open(folder / "workspace") as store:
        load(store, folder, "log.csv", "events", [HEADER, *events()])
    with serve(folder, KPI_NOW=NOW) as served:
        yield served


def test_a_way_narrows_the_map_and_back_lets_go(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url, "processes", "period=all")
    svg = page.locator('[data-testid="stVegaLiteChart"] svg').first
    expect(svg.locator("text", has_text="Согласование").first).to_be_attached(timeout=LONG)
    page.locator(".way-row").first.click()
    page.wait_for_url("**variant=1*", timeout=LONG)
    settled(page)
    expect(page.locator(".narrowed")).to_contain_text("Только один вариант", timeout=LONG)
    expect(svg.locator("text", has_text="Согласование")).to_have_count(0, timeout=LONG)
    page.go_back()
    page.wait_for_function("!location.search.includes('variant')", timeout=LONG)
    expect(svg.locator("text", has_text="Согласование").first).to_be_attached(timeout=LONG)
    assert parse_qs(urlsplit(page.url).query)["period"] == ["all"]
    assert complaints == []


def test_nothing_scrolls_sideways_on_a_phone(chromium: Browser, app: Served, complaints: list[str]) -> None:
    context = chromium.new_context(locale="ru-RU", viewport={"width": 390, "height": 844})
    phone = context.new_page()
    listen(phone, complaints)
    for tab in ("variants", "cost", "whatif", "compare", "reference"):
        open_page(phone, app.url, "processes", f"period=all&tab={tab}")
        expect(phone.locator('[data-testid="stVegaLiteChart"] svg').first).to_be_visible(timeout=LONG)
        settled(phone)
        assert phone.evaluate("document.querySelector('.stMain').scrollWidth") == 390, tab
    assert complaints == []
    context.close()
