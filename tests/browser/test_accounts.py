"""Accounts in a browser: opened by their address, a click narrows and «back» lets go, nothing scrolls sideways."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.store import Store
from tests.browser.conftest import listen
from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import Served, serve
from tests.pages.conftest import NOW
from tests.pages.test_accounts import advertising, jobs
from tests.unit.store.files import load

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on two accounts."""
    folder = tmp_path_factory.mktemp("accounts")
    with Store.open(folder / "workspace") as store:
        load(store, folder, "ads.csv", "ads", advertising())
        load(store, folder, "orders.csv", "orders", jobs())
    with serve(folder, KPI_NOW=NOW) as served:
        yield served


def test_a_member_narrows_the_page_and_back_lets_go(page: Page, app: Served, complaints: list[str]) -> None:
    open_page(page, app.url, "accounts")
    expect(page.locator(".headline")).to_contain_text("вдвое дороже, чем в «Север»", timeout=LONG)
    svg = page.locator('[data-testid="stVegaLiteChart"] svg').first
    name = svg.locator("text", has_text="Юг").first
    expect(name).to_be_attached(timeout=LONG)
    name.scroll_into_view_if_needed()
    place = name.bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + 160, place["y"] + place["height"] / 2)
    page.wait_for_url("**account=*", timeout=LONG)
    settled(page)
    assert parse_qs(urlsplit(page.url).query)["account"] == ["Юг"]
    expect(page.locator(".headline")).to_contain_text("сравнить не с чем", timeout=LONG)
    page.go_back()
    page.wait_for_function("!location.search.includes('account')", timeout=LONG)
    expect(page.locator(".headline")).to_contain_text("вдвое дороже", timeout=LONG)
    with page.expect_download() as taken:
        page.locator(".st-key-accounts_take button").click()
    assert "суммы дневных уникальных" in taken.value.path().read_text(encoding="utf-8-sig")
    assert complaints == []


def test_nothing_scrolls_sideways_on_a_phone(chromium: Browser, app: Served, complaints: list[str]) -> None:
    context = chromium.new_context(locale="ru-RU", viewport={"width": 390, "height": 844})
    phone = context.new_page()
    listen(phone, complaints)
    for tab in ("", "segments", "clients"):
        open_page(phone, app.url, "accounts", f"tab={tab}")
        expect(phone.locator(".headline")).to_be_visible(timeout=LONG)
        settled(phone)
        assert phone.evaluate("document.querySelector('.stMain').scrollWidth") == 390, tab
    assert complaints == []
    context.close()
