"""A personal link in a real browser: a cookie no script reads, one person's page, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.access.visitor import personal_link
from data.store.store import Store
from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import Served, serve
from tests.oracle.conftest import publish

pytestmark = pytest.mark.browser

ORDERS = "order_id,finished_at,status,revenue,employee\n" + "\n".join(
    f"{n},2026-10-{n:02d},done,{n * 100},{'Анна' if n % 2 else 'Борис'}" for n in range(1, 31)
)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """The app with two people's jobs, and the token of a link to one of them."""
    folder: Path = tmp_path_factory.mktemp("link")
    path = folder / "orders.csv"
    path.write_text(ORDERS, "utf-8")
    with Store.open(folder / "workspace") as store:
        publish(store, path)
        _, token = store.entries.links.create(personal_link("Анна"))
    with serve(folder, KPI_NOW="2026-11-05T12:00") as served:
        yield served, token


def test_a_link_opens_one_page_and_nothing_else(given: tuple[Served, str], page: Page, complaints: list[str]) -> None:
    app, token = given
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app.url}/p/{token}")
    settled(page)
    assert page.url == f"{app.url}/people"
    expect(page.locator("h1")).to_have_text("Анна", timeout=LONG)
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "kpi_session"]
    assert token not in str(page.context.cookies())
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for where in ("", "data", "people?person=Борис", "overview"):
        open_page(page, app.url, where)
        expect(page.locator("h1")).to_have_text("Анна", timeout=LONG)
        assert "Борис" not in page.inner_text("body")
    assert page.request.get(f"{app.url}/export/{'a' * 43}").status == 403
    page.goto(f"{app.url}/leave")
    settled(page)
    assert "kpi_session" not in str(page.context.cookies())
    assert complaints == []


def test_a_token_nobody_gave_out_sets_no_cookie(given: tuple[Served, str], page: Page) -> None:
    answer = page.goto(f"{given[0].url}/p/guessed")
    assert answer is not None
    assert answer.status == 404
    assert "Ссылка не действует" in page.inner_text("body")
    assert page.context.cookies() == []
