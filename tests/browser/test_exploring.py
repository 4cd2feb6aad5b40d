"""Exploring by clicks: each act is one step of the history, «back» undoes it, and the address opens the same again."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from data.ingest.pipeline import propose
from data.store.store import Store
from tests.browser.owner import LONG, keyed, open_page, settled
from tests.browser.server import Served, serve
from tests.pages.conftest import NOW, write_orders

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on eleven months of jobs of three masters in two teams."""
    folder = tmp_path_factory.mktemp("exploring")
    sheet = write_orders(folder / "Заказы.csv")
    with Store.open(folder / "workspace") as store:
        mapping = propose(store.cursor(), sheet)[0].mapping
        assert mapping is not None
        store.publish(sheet, [mapping])
    with serve(folder, KPI_NOW=NOW) as served:
        yield served


def test_a_bar_narrows_the_view_and_lets_go_again(page: Page, app: Served, complaints: list[str]) -> None:
    start(page, app, "kpi=rework_rate&by=team")
    steps = length(page)
    click(page, bar(page, "Бригада 2"))
    page.wait_for_url("**team=*", timeout=LONG)
    settled(page)
    assert parts(page)["team"] == ["Бригада 2"]
    assert length(page) == steps + 1
    expect(keyed(page, "filters")).to_contain_text("Бригада 2")
    expect(bar(page, "Бригада 1")).to_be_visible()  # the others stay in sight
    click(page, bar(page, "Бригада 2"))
    gone(page, "team")
    assert length(page) == steps + 2
    page.go_back()
    page.wait_for_url("**team=*", timeout=LONG)
    expect(keyed(page, "filters")).to_contain_text("Бригада 2", timeout=LONG)
    page.go_back()
    gone(page, "team")
    expect(keyed(page, "filters")).not_to_contain_text("Бригада 2", timeout=LONG)
    click(page, bar(page, "Бригада 1"))  # after «back» a click counts as before
    page.wait_for_url("**team=*", timeout=LONG)
    assert complaints == []


def test_a_point_of_the_trend_chooses_its_period(page: Page, app: Served) -> None:
    start(page, app, "kpi=rework_rate")
    steps = length(page)
    chart = page.locator('[class*="st-key-trend-"]')
    click(page, chart.locator("svg text", has_text="май").first, up=120)
    page.wait_for_url("**since=2026-05-01*", timeout=LONG)
    settled(page)
    assert (parts(page)["period"], parts(page)["until"]) == (["custom"], ["2026-05-31"])
    assert length(page) == steps + 1
    expect(page.locator(".headline").first).to_contain_text("Май 2026", timeout=LONG)
    click(page, chart.locator("svg text", has_text="май").first, up=120)  # it is still there, and lets go
    gone(page, "since")
    assert "period" not in parts(page)
    expect(page.locator(".headline").first).to_contain_text("Октябрь 2026", timeout=LONG)


def test_a_page_chosen_in_the_navigation_takes_the_filters_along_in_one_step(page: Page, app: Served) -> None:
    start(page, app, "kpi=rework_rate&team=Бригада 1")
    steps = length(page)
    page.get_by_role("link", name="Финансы").first.click()
    page.wait_for_url("**/finance?*team=*", timeout=LONG)
    settled(page)
    assert length(page) == steps + 1
    page.go_back()
    page.wait_for_url("**/quality?*kpi=rework_rate*", timeout=LONG)
    settled(page)
    expect(page.locator(".headline").nth(1)).to_contain_text("Переделки", timeout=LONG)
    page.go_forward()
    page.wait_for_url("**/finance?*team=*", timeout=LONG)


def test_back_to_a_view_without_filters_brings_none(page: Page, app: Served) -> None:
    open_page(page, app.url, "operations")
    drawn(page)
    page.get_by_role("link", name="Качество").first.click()
    page.wait_for_url("**/quality", timeout=LONG)
    drawn(page)
    click(page, bar(page, "Бригада 2"))
    page.wait_for_url("**team=*", timeout=LONG)
    settled(page)
    page.go_back()
    gone(page, "team")
    page.go_back()
    page.wait_for_url("**/operations", timeout=LONG)
    settled(page)
    assert parts(page) == {}


def test_a_comparison_is_one_step_and_a_link(page: Page, app: Served) -> None:
    start(page, app, "kpi=rework_rate")
    steps = length(page)
    keyed(page, "look_open").get_by_role("button").first.click()
    choice = keyed(page, "w_compare").get_by_role("radiogroup").locator("label").nth(2)
    choice.wait_for(timeout=LONG)
    choice.click()
    page.wait_for_url("**compare=year*", timeout=LONG)
    settled(page)
    assert length(page) == steps + 1
    expect(page.locator(".beside")).to_contain_text("год назад")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".beside")).to_contain_text("год назад", timeout=LONG)


def test_a_view_is_saved_opened_renamed_and_forgotten(page: Page, app: Served) -> None:
    start(page, app, "kpi=no_show_rate&team=Бригада 2&compare=previous")
    here = parts(page)
    views(page)
    name = keyed(page, "w_view_name").locator("input")
    name.fill("Вторая <b>бригада")
    name.press("Enter")
    settled(page)
    expect(page.locator('[class*="st-key-open_view-"]')).to_contain_text("Вторая <b>бригада", timeout=LONG)
    open_page(page, app.url, "finance")
    drawn(page)
    views(page)
    page.locator('[class*="st-key-open_view-"]').get_by_role("button").first.click()
    page.wait_for_url("**/operations?*team=*", timeout=LONG)
    settled(page)
    assert parts(page) == here
    expect(keyed(page, "look_open").get_by_role("button").first).to_contain_text("Вторая <b>бригада", timeout=LONG)
    views(page)
    page.locator('[class*="st-key-rename_view-"]').get_by_role("button").first.click()
    field = page.locator('[class*="st-key-new_name-"] input')
    field.fill("Бригада два")
    field.press("Enter")
    expect(page.locator('[class*="st-key-open_view-"]')).to_contain_text("Бригада два", timeout=LONG)
    settled(page)
    page.locator('[class*="st-key-delete_view-"]').get_by_role("button").first.click()
    expect(page.locator('[class*="st-key-open_view-"]')).to_have_count(0, timeout=LONG)


def test_our_links_stay_in_the_session(page: Page, app: Served, complaints: list[str]) -> None:
    """Cards, tiles, lenses and the language: one step of «back» each, and no page is loaded anew."""
    open_page(page, app.url, "", "team=Бригада 2")
    page.evaluate("window.kept = true")
    card = page.locator('.open a.cover[href*="quality"]').first
    card.wait_for(timeout=LONG)
    card.click()
    page.wait_for_url("**/quality?*kpi=*", timeout=LONG)
    drawn(page)
    assert parts(page)["team"] == ["Бригада 2"]
    steps = length(page)
    tile = page.locator(".tile:not(.on)").first
    other = str(tile.get_attribute("class")).split("kpi-")[1].split()[0]
    tile.click()
    page.wait_for_url(f"**kpi={other}*", timeout=LONG)
    expect(page.locator(f".tile.on.kpi-{other}")).to_be_visible(timeout=LONG)
    page.locator('.lenses a[href*="lens=rows"]').click()
    expect(keyed(page, "rows")).to_be_visible(timeout=LONG)
    assert length(page) == steps + 2
    table = page.get_by_test_id("stDataFrame")
    table.hover()
    expect(table.get_by_role("button", name="Найти")).to_be_visible(timeout=LONG)
    expect(table.get_by_role("button", name="CSV")).to_be_hidden()
    page.locator("a.language").click()
    expect(page.locator("a.language")).to_have_text("Русский", timeout=LONG)
    page.go_back()
    expect(page.locator("a.language")).to_have_text("English", timeout=LONG)
    page.go_back()
    expect(keyed(page, "rows")).to_have_count(0, timeout=LONG)
    assert page.evaluate("window.kept") is True


def start(page: Page, app: Served, query: str) -> None:
    open_page(page, app.url, "operations" if "no_show" in query else "quality", query)
    drawn(page)


def drawn(page: Page) -> None:
    page.locator('[class*="st-key-breakdown-"] svg text').first.wait_for(timeout=LONG)
    page.wait_for_timeout(800)
    settled(page)


def views(page: Page) -> None:
    """Open the list of saved views, if it is not open."""
    if not keyed(page, "w_view_name").is_visible():
        keyed(page, "look_open").get_by_role("button").first.click()
    keyed(page, "w_view_name").wait_for(timeout=LONG)


def bar(page: Page, name: str) -> Locator:
    return page.locator('[class*="st-key-breakdown-"] svg text', has_text=name).first


def click(page: Page, mark: Locator, up: int = 0) -> None:
    """A click where something is drawn: what answers lies over it."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - up)


def gone(page: Page, name: str) -> None:
    page.wait_for_function(f"() => !new URLSearchParams(location.search).has('{name}')", timeout=LONG)
    settled(page)
    page.wait_for_timeout(500)


def length(page: Page) -> int:
    return int(page.evaluate("history.length"))


def parts(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)
