"""A report's file in a real browser: it asks for nothing, runs nothing of anybody's, and its charts answer."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kpi.language import language
from kpi.report.forms import FORMS
from kpi.report.model import Report
from tests.browser.owner import LONG
from tests.unit.report import handmade

pytestmark = pytest.mark.browser


def test_the_file_alone(chromium: Browser, tmp_path: Path) -> None:
    report: Report = handmade.naughty()
    plain = handmade.plain()
    shown = replace(report, pictures=(plain.pictures[1], report.pictures[-1]))
    file = tmp_path / "report.html"
    file.write_bytes(FORMS["html"].write(shown, language("ru")))
    asked, said = list[str](), list[str]()
    context = chromium.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    page.wait_for_selector("html.shown", timeout=LONG)
    assert page.locator(".vega-embed svg").count() == 2
    assert page.locator("main img, main iframe, main a, main object").count() == 0
    for name in ("</script><img src=x onerror=alert(1)>", "A&B <b>", "=1+1"):
        expect(page.get_by_text(name, exact=True).first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    box = page.locator(".vega-embed svg").first.bounding_box()
    assert box is not None
    page.locator(".vega-embed").first.scroll_into_view_if_needed()
    page.locator(".vega-embed svg").first.hover(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator("#vg-tooltip-element.visible")).to_contain_text("₽")
    assert [url for url in asked if not url.startswith(("data:", file.as_uri()))] == []
    assert said == []
    context.close()


def test_drawings_stand_where_no_script_runs(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    shown = replace(handmade.plain(), pictures=handmade.plain().pictures[:1])
    file.write_bytes(FORMS["html"].write(shown, language("en")))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    drawing = page.locator("figure svg").bounding_box()
    assert drawing is not None
    assert drawing["width"] > 300
    context.close()
