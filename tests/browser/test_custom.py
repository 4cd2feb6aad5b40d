"""A KPI of one's own, typed letter by letter in a real browser: completed, read, saved, removed and brought back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.owner import LONG, keyed, open_page, press, settled
from tests.browser.server import Served

pytestmark = pytest.mark.browser


def test_a_formula_is_typed_completed_and_saved(app: Served, page: Page, complaints: list[str]) -> None:
    open_page(page, app.url, "catalogue", "own=new")
    field = keyed(page, "own_formula").get_by_role("textbox")
    field.press_sequentially("доля(Перед", delay=40)
    keyed(page, "suggestions").get_by_role("button", name="Переделки", exact=True).click(timeout=LONG)
    expect(field).to_have_value("доля(Переделки", timeout=LONG)
    field.press("End")
    field.press_sequentially(", Статус = 'Выполнен')", delay=40)
    expect(page.locator(".formula code").first).to_have_text("доля(Переделки, Статус = 'Выполнен')", timeout=LONG)
    keyed(page, "own_title").get_by_role("textbox").fill("Доля <b>переделок")
    expect(keyed(page, "own_save").get_by_role("button")).to_be_enabled(timeout=LONG)
    press(page, "own_save")
    entry = keyed(page, "own-own_dolya_b_peredelok")
    expect(entry.locator("h3")).to_have_text("Доля <b>переделок", timeout=LONG)
    press(page, "remove-own_dolya_b_peredelok")
    expect(entry).to_have_count(0, timeout=LONG)
    press(page, "own_undo")
    expect(entry).to_be_visible(timeout=LONG)
    settled(page)
    assert complaints == []
