"""The whole way of a link: the owner makes it, a phone opens it and explores, and is out when it is taken back."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.access.people import Membership, People, passwords
from data.store.store import Store
from tests.browser.owner import LONG, keyed, open_page, press, settled
from tests.browser.server import Served, serve
from tests.pages.canary import CANARY, SEEN, write_business

pytestmark = pytest.mark.browser
PASSWORD = "верблюд идёт в гору"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The hosted app on a business of two halves; its owner has a password."""
    folder: Path = tmp_path_factory.mktemp("shared")
    with Store.open(folder / "workspace") as store:
        write_business(store, folder)
    people = People(folder / "workspace")
    number = people.persons.add("olga", "Ольга Ким")
    people.persons.admit(number, Membership("", "owner"))
    people.persons.choose_password(number, passwords.hashed(PASSWORD))
    people.close()
    with serve(folder, KPI_NOW="2026-11-23T12:00:00", KPI_ALONE="0") as served:
        yield served


@pytest.fixture
def owner(app: Served, chromium: Browser) -> Iterator[Page]:
    """The owner's browser, signed in."""
    context = chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{app.url}/finance?kpi=revenue")
    assert "/enter" in page.url
    page.fill("input[name=login]", "Olga")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button").click()
    settled(page)
    assert page.url == f"{app.url}/finance?kpi=revenue"
    yield page
    context.close()


def phone(chromium: Browser) -> Page:
    """Somebody else's phone."""
    return chromium.new_context(locale="ru-RU", viewport={"width": 390, "height": 844}, has_touch=True).new_page()


def made_link(owner: Page, *, password: bool = False) -> tuple[str, str]:
    """A link to this page for one team, made by clicks: its address and its password."""
    owner.locator("a.share").click()
    settled(owner)
    keyed(owner, "share_title").get_by_role("textbox").fill("Для партнёра")
    team = keyed(owner, "share_whom-team")
    team.get_by_role("combobox").click()
    owner.get_by_role("option", name=SEEN["team"], exact=True).click()
    owner.keyboard.press("Escape")  # while the list is open, nothing else has a role
    settled(owner)
    if password:
        keyed(owner, "share_password").locator("label").click()
        settled(owner)
    press(owner, "share_make")
    codes = keyed(owner, "link_made").locator("code")
    expect(codes.first).to_be_visible(timeout=LONG)
    settled(owner)
    return codes.first.inner_text().strip(), codes.nth(1).inner_text().strip() if password else ""


def test_a_link_for_one_team(app: Served, chromium: Browser, owner: Page) -> None:
    address, _ = made_link(owner)
    guest = phone(chromium)
    foreign: list[str] = []
    told: list[str] = []
    guest.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(app.url) else None)
    guest.on("request", lambda request: told.append(request.headers.get("referer", "")))
    guest.goto(address)
    settled(guest)
    token = address.rpartition("/")[2]
    history = guest.context.new_cdp_session(guest).send("Page.getNavigationHistory")["entries"]
    assert [one["url"] for one in history if token in one["url"]] == []
    assert guest.url == f"{app.url}/finance?kpi=revenue"
    expect(guest.locator(".shared")).to_contain_text("Для партнёра", timeout=LONG)
    assert SEEN["team"] in guest.inner_text(".shared")
    assert CANARY not in guest.inner_text("body")
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    guest.locator(".lenses a").first.click()  # they explore
    settled(guest)
    assert CANARY not in guest.content()
    open_page(guest, app.url, "data")
    expect(guest.locator(".shared")).to_be_visible(timeout=LONG)
    assert guest.locator('[data-testid="stFileUploader"]').count() == 0
    assert CANARY not in guest.content()
    began = time.monotonic()
    owner.get_by_text("Отозвать", exact=True).first.click()
    guest.wait_for_url(re.compile("/gone$"), timeout=10_000)
    assert time.monotonic() - began < 5 + 1  # a click and a look of Playwright's own
    assert "Ссылка не действует" in guest.inner_text("body")
    answer = guest.goto(address)
    assert answer is not None
    assert answer.status == 404
    assert foreign == []
    assert [where for where in told if token in where] == []


def test_a_link_with_a_password(app: Served, chromium: Browser, owner: Page) -> None:
    address, password = made_link(owner, password=True)
    guest = phone(chromium)
    guest.goto(address)
    assert "Для партнёра" in guest.inner_text("h1")
    guest.fill("input[name=password]", "мимо")
    guest.get_by_role("button").click()
    expect(guest.get_by_role("alert")).to_be_visible()
    guest.fill("input[name=password]", password)
    guest.get_by_role("button").click()
    settled(guest)
    assert "/finance" in guest.url
    assert CANARY not in guest.inner_text("body")


def test_one_s_account(app: Served, owner: Page) -> None:
    owner.locator("a.account").click()
    assert "Ольга Ким" in owner.inner_text("h1")
    assert "это устройство" in owner.inner_text("body")
    owner.get_by_role("link", name="Выйти", exact=True).click()
    assert "/enter" in owner.url
