"""The page of an area over a million orders against the same dashboard built with Dash, both in a real browser.

Same orders, as many cards and charts, the same choice of periods, clicked in turn: from the click to the last repaint
of a chart. Dash is given its best form (tests/peers/dash_page.py). It does less: no check of who asks, no unknown rows,
no natural limits, nothing for readers of screens. Cold loads are of browsers that have never been there.
"""

import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.orders_csv import write_orders
from tests.bench.rerun import PAGE, PRESETS, QUIET, REPAINT, clicked, period
from tests.bench.timing import Ratio
from tests.browser.conftest import ARGUMENTS, executable
from tests.browser.owner import LONG
from tests.browser.server import Served, free_port, serve, stop, wait_until_up
from tests.peers import environment

LIMIT = 1.0
"""Ours is to be the faster one."""
LOADS = 5
OURS, THEIRS = '[data-testid="stVegaLiteChart"]', ".js-plotly-plot"
HERE = Path(environment.__file__).parent


def run(folder: Path) -> Iterator[Ratio]:
    """Import, serve both, click and open in turn."""
    orders = write_orders(folder / "orders.csv")
    with Store.open(folder / "workspace") as store:
        store.publish(orders, None, ImportOptions())
    with serve(folder, KPI_NOW="2026-11-05T10:00:00") as app, dash(folder, orders) as peer, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield from _clicked(browser, f"{app.url}/{PAGE}", peer.url)
        yield _loaded(browser, f"{app.url}/{PAGE}", peer.url)
        browser.close()


def _clicked(browser: Browser, ours: str, theirs: str) -> Iterator[Ratio]:
    pages = [browser.new_page() for _ in range(2)]
    for page, url, chart in zip(pages, (ours, theirs), (OURS, THEIRS), strict=True):
        page.goto(url)
        _drawn(page, chart)
        page.wait_for_timeout(5 * QUIET)
        page.evaluate(REPAINT.replace(OURS, chart))
    for name, rounds in (("not seen before", 1), ("seen before", 3)):
        pairs = [(period(pages[0], n), _radio(pages[1], n)) for n in [*PRESETS] * rounds]
        yield _ratio(f"click to last repaint against Dash, 1M orders, filter {name}", pairs)


def _radio(page: Page, number: int) -> float:
    return clicked(page, page.locator("#period label").nth(number))


def _loaded(browser: Browser, ours: str, theirs: str) -> Ratio:
    pairs = [(_cold(browser, ours, OURS), _cold(browser, theirs, THEIRS)) for _ in range(LOADS)]
    return _ratio("page opened by a browser that was never there, to its first chart, against Dash", pairs, 2.0)


def _cold(browser: Browser, url: str, chart: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    _drawn(page, chart)
    took = time.perf_counter() - began
    context.close()
    return took


def _drawn(page: Page, chart: str) -> None:
    page.locator(f"{chart} :is(svg path, canvas)").first.wait_for(state="attached", timeout=LONG)


def _ratio(name: str, pairs: list[tuple[float, float]], limit: float = LIMIT) -> Ratio:
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Ratio(name, ours, theirs, limit)


@contextmanager
def dash(folder: Path, orders: Path) -> Iterator[Served]:
    """The peer's page, served as its manual says, by waitress."""
    python = environment.python(HERE / "requirements-dash.txt")
    if python is None:
        raise SystemExit("Dash could not be installed beside the project: is there a network?")
    port, log = free_port(), folder / "dash.log"
    with log.open("wb") as out:
        command = [str(python), str(HERE / "dash_page.py"), str(orders), str(port)]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    served = Served(f"http://127.0.0.1:{port}", folder, log, process)
    try:
        wait_until_up(served, "_dash-layout")
        yield served
    finally:
        stop(process)
