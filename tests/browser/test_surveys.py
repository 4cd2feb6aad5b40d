"""A survey answered by phones in a real browser: five at once are five answers, four stay hidden."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.owner import LONG, keyed, open_page, press, settled
from tests.browser.server import ROOT, Served

pytestmark = pytest.mark.browser


@contextmanager
def phone(chromium: Browser, link: str) -> Iterator[Page]:
    """A phone with the form open; its scripts are off, for the form needs none."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale="ru-RU",
        java_script_enabled=False,
    )
    try:
        page = context.new_page()
        page.goto(link)
        yield page
    finally:
        context.close()


def answered_at_once(chromium: Browser, link: str, scores: Sequence[int]) -> None:
    """As many phones as scores have the form open, choose, and then all send before any is answered."""
    with ExitStack() as stack:
        phones = [stack.enter_context(phone(chromium, link)) for _ in scores]
        for page, score in zip(phones, scores, strict=True):
            page.locator(".scale label").nth(score).tap()
            page.locator("textarea").fill("Тайное слово")
        for page in phones:
            page.locator("button").click(no_wait_after=True)
        for page in phones:
            expect(page.locator("h1")).to_have_text("Спасибо!", timeout=LONG)
            assert page.context.cookies() == []


def new_survey(page: Page, app: Served) -> tuple[str, str]:
    """Made on the page: its number and its link."""
    open_page(page, app.url, "surveys", "new=enps.staff")
    press(page, "survey_make")
    code = page.locator('[data-testid="stCode"] code').first
    expect(code).to_contain_text("/s/", timeout=LONG)
    settled(page)
    return page.url.partition("survey=")[2].partition("&")[0], code.inner_text().strip()


def told(app: Served, *argv: str) -> Any:
    """What a command says, through the running app."""
    command = [sys.executable, "-m", "kpi", *argv]
    settings = {**os.environ, "KPI_WORKSPACE": str(app.workspace)}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_five_phones_are_five_answers_and_four_stay_hidden(
    app: Served, page: Page, chromium: Browser, complaints: list[str]
) -> None:
    number, link = new_survey(page, app)
    answered_at_once(chromium, link, [10, 9, 9, 8, 2])
    before = told(app, "survey", "results", number, "--json")
    assert (before["answers"], before["value"], before["hidden"]) == (5, None, "running")
    open_page(page, app.url, "surveys", f"survey={number}")
    press(page, "survey_close")
    expect(page.locator(".outcome .whole .value")).to_have_text("40 п.", timeout=LONG)
    expect(page.locator(".remarks blockquote")).to_have_count(5)
    after = told(app, "survey", "results", number, "--json")
    assert (after["answers"], after["value"]) == (5, 40)
    few, link = new_survey(page, app)
    answered_at_once(chromium, link, [0, 0, 0, 0])
    open_page(page, app.url, "surveys", f"survey={few}")
    press(page, "survey_close")
    expect(page.get_by_text("Ответили меньше чем 5 человек")).to_be_visible(timeout=LONG)
    assert page.locator(".outcome").count() == 0
    assert "Тайное" not in page.content()
    hidden = told(app, "survey", "results", few, "--json")
    assert (hidden["answers"], hidden["value"], hidden["comments"]) == (4, None, [])
    values = told(app, "value", "enps", "--format", "json")
    assert [row["value"] for row in values] == [40]
    assert "/s/" not in app.log.read_text(encoding="utf-8")
    assert keyed(page, "survey_close").count() == 0
    assert complaints == []
