"""A cold start: from starting the server to the first card painted, in a browser that has never been there.

Against a bare Streamlit page with one card and one chart, as `streamlit hello` draws them, started and opened alike and
in turn: the browser is waiting, and asks for the page as soon as the server answers. The business is the demo; what the
product shows first is its overview.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from data.demo.load import load
from data.store.store import Store
from tests.bench.rerun import bare
from tests.bench.timing import Ratio
from tests.browser.conftest import ARGUMENTS, executable
from tests.browser.owner import LONG
from tests.browser.server import Served, serve

LIMIT = 1.5
ROUNDS = 5
NOW = "2026-11-05T12:00:00"
CARD = ".card .value, [data-testid='stMetricValue']"
PAINTED = f"""
new MutationObserver(() => {{
  if (window.firstCard || !document.querySelector("{CARD}")) return;
  requestAnimationFrame(() => requestAnimationFrame(() => {{ window.firstCard ||= Date.now(); }}));
}}).observe(document, {{ subtree: true, childList: true }});
"""
"""Notes when the frame in which the first card was there has been painted."""
Start = Callable[[], AbstractContextManager[Served]]


def run(folder: Path) -> Iterator[Ratio]:
    """Make the business; start and open both, in turn."""
    with Store.open(folder / "workspace", lambda: datetime.fromisoformat(NOW)) as store:
        load(store)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        pairs = [
            (_started(browser, lambda: serve(folder, KPI_NOW=NOW), ""), _started(browser, lambda: bare(folder), BARE))
            for _ in range(ROUNDS + 1)
        ]
        browser.close()
    ours, theirs = (statistics.median(seconds) for seconds in zip(*pairs[1:], strict=True))
    yield Ratio("cold start: server started to first card painted, against a page like hello", ours, theirs, LIMIT)


BARE = "?cards=1&charts=1&points=25"
"""What the bare page is asked to show."""


def _started(browser: Browser, start: Start, query: str) -> float:
    """Seconds from the start of the process to the first card."""
    context = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(PAINTED)
    began = time.time()
    with start() as served:
        page.goto(f"{served.url}/{query}", wait_until="commit")
        page.wait_for_function("() => window.firstCard", timeout=LONG)
        painted = float(page.evaluate("window.firstCard")) / 1000
        context.close()
    return painted - began
