"""A real Chromium, and the real app behind it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.server import Served, serve

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def executable() -> str | None:
    """Path of the browser; None: Playwright's own."""
    return os.environ.get("KPI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser `run.py test` found or installed, else the machine's, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on an empty workspace; one a module."""
    with serve(tmp_path_factory.mktemp("app")) as served:
        yield served


@pytest.fixture
def russian(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window of a Russian owner."""
    context = chromium.new_context(locale="ru-RU", timezone_id="Europe/Moscow", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained about, and every address outside this computer that was asked for."""
    return []


@pytest.fixture
def page(russian: BrowserContext, complaints: list[str]) -> Page:
    """A tab that notes complaints."""
    opened = russian.new_page()
    listen(opened, complaints)
    return opened


def listen(page: Page, complaints: list[str]) -> None:
    """Note errors of scripts, refusals of the security policy, and foreign addresses."""
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda sent: complaints.append(f"foreign: {sent.url}") if _foreign(sent.url) else None)


def _foreign(url: str) -> bool:
    return not url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "ws://localhost:"))
