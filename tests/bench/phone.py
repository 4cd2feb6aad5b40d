"""A team lead opens a link on a phone: from the tap to the first chart, against a bare Streamlit page with that chart.

Both in a browser that has never been there, 390 pixels wide, its processor slowed down alike, in turn. The business is
the demo; the chart of the bare page is the very one that the app sent: specification and data.
"""

import statistics
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from data.access.people import People
from data.access.reader import Reader
from data.demo.load import load
from data.store.entries import NewLink
from data.store.store import Store
from tests.bench.rerun import bare
from tests.bench.timing import Ratio
from tests.browser.conftest import ARGUMENTS, executable
from tests.browser.owner import LONG
from tests.browser.server import Served, serve
from tests.tight.wire import wire

LIMIT = 1.5
ROUNDS = 9
SLOWER = 4
"""How many times slower than this machine's the phone's processor is."""
NOW = "2026-11-05T12:00:00"
FIRST_CHART = """
new MutationObserver(() => {
  if (!window.firstChart && document.querySelector('[data-testid="stVegaLiteChart"] :is(svg path, canvas)'))
    window.firstChart = performance.now();
}).observe(document, { subtree: true, childList: true });
"""


def run(folder: Path) -> Iterator[Ratio]:
    """Make the business, the link and the chart; serve both; open them in turn."""
    pages = frozenset({"finance", "overview"})
    with Store.open(folder / "workspace", lambda: datetime.fromisoformat(NOW)) as store:
        load(store)
        team = Reader(store).members("team")[0]
        link = NewLink(pages, "finance", (("team", (team,)),), "Бригада", {"kpi": ("revenue",)})
        _, token = store.entries.links.create(link)
        number, _ = store.entries.links.create(link)
    people = People(folder / "workspace", lambda: datetime.fromisoformat(NOW))
    cookie = f"kpi_session={people.sessions.begin('', 'phone', link=number)}"
    people.close()
    with serve(folder, KPI_NOW=NOW, KPI_ALONE="0") as app, bare(folder, "bare_chart.py") as plain:
        _write_chart(app, cookie, folder)
        theirs = f"{plain.url}/?{urlencode({'chart': str(folder)})}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
            pairs = [(_opened(browser, f"{app.url}/l/{token}"), _opened(browser, theirs)) for _ in range(ROUNDS + 1)]
            browser.close()
    ours, yardstick = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    yield Ratio(f"a link opened on a phone to its first chart, processor {SLOWER} times slower", ours, yardstick, LIMIT)


def _write_chart(app: Served, cookie: str, folder: Path) -> None:
    """The first chart that a phone is sent, as files."""
    with wire(app.url, cookie) as phone:
        phone.run(query="kpi=revenue")
        phone.run(page=phone.pages["finance"], query="kpi=revenue")
        chart = phone.charts[0]
    (folder / "spec.json").write_text(chart.spec, encoding="utf-8")
    (folder / "data.arrow").write_bytes(chart.data.data or chart.datasets[0].data.data)


def _opened(browser: Browser, address: str) -> float:
    """Seconds until the first chart is there, for a browser that has never been there."""
    context = browser.new_context(
        locale="ru-RU", viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(FIRST_CHART)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.firstChart", timeout=LONG)
    took = float(page.evaluate("window.firstChart / 1000"))
    context.close()
    return took
