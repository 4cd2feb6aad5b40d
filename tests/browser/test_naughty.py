"""Strings that break pages, in a real browser: written as the text they are; nothing runs, nothing is asked for."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import Served
from tests.pages.test_naughty import a_file, named

pytestmark = pytest.mark.browser
MEAN = (
    "<script>alert(1)</script>", "<img src=http://a.b/x onerror=alert(2)>", "![x](http://a.b/x)",
    "[a](javascript:alert(3))", ":red[x] **b** `c` $d$", "'; DROP TABLE orders; --", "{{7*7}}${7*7}", "__proto__",
    "👩‍👩‍👧‍👦", "田中さんにあげて下さい", "الكل في المجمو عة", "</script><svg onload=alert(4)>",
    "<iframe src=http://a.b></iframe>", "%s%n\\u0000",
)  # fmt: skip
FOREIGN = (
    "img:not([src^='data:']):not([src^='/']):not([src^='http://localhost']), iframe, object, embed, "
    "a[href^='javascript']"
)
"""What only a text that was taken for markup can have made."""


def test_a_sample(app: Served, page: Page, complaints: list[str], tmp_path: Path) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    path = tmp_path / f"{named(MEAN[0])}.csv"
    path.write_bytes(a_file(MEAN[:2], MEAN))
    open_page(page, app.url, "data", "lang=ru")
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_text(path.name).first).to_be_visible(timeout=LONG)
    settled(page)
    for text in (path.name, *MEAN[:2]):
        expect(page.get_by_text(text).first).to_be_attached(timeout=LONG)
    assert page.locator(FOREIGN).count() == 0
    page.locator(".st-key-load").get_by_role("button").click(timeout=LONG)
    expect(page.get_by_text("загружено строк").first).to_be_visible(timeout=LONG)
    open_page(page, app.url, "operations", "lang=ru&period=all&kpi=orders_done&by=service")
    page.locator(".st-key-filters [data-testid='stPopover'] button").nth(1).click()
    page.locator(".st-key-w_service").get_by_role("combobox").click()
    for text in MEAN:
        page.locator(".st-key-w_service").get_by_role("combobox").fill(text)
        expect(page.get_by_role("option", name=text, exact=True).first).to_be_visible(timeout=LONG)
    page.keyboard.press("Escape")
    settled(page)
    assert page.locator(FOREIGN).count() == 0
    assert dialogs == []
    assert complaints == [], json.dumps(complaints, ensure_ascii=False)
