"""A filter is changed on a page over a million orders: from the click to the last repaint of a chart, in a browser.

Against a bare Streamlit page with as many cards and charts on constant data, clicked in turn. Measured for periods
nobody has chosen yet, which must be computed; for the same ones again, which are remembered; and for what nothing could
have prepared: some teams over days that are no calendar period.
"""

import itertools
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.orders_csv import write_orders
from tests.bench.timing import Ratio
from tests.browser.conftest import ARGUMENTS, executable
from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import ROOT, Served, free_port, options, serve, stop, wait_until_up

LIMIT = 2.0
QUIET = 700  # ms without a change after which a page counts as painted
PRESETS = (2, 3, 4, 5, 6)
"""Places of the periods chosen in turn: three months, quarter, year, twelve months, all."""
POINTS = 25
PAGE = "operations"
UNLIKELY = "period=custom&since=2025-03-07&until=2026-02-11"
TEAMS = ("Crew 1", "Crew 2", "Crew 3", "Crew 4")
"""Added one after the other, each a filter not seen before."""
REPAINT = Path(__file__).with_name("repaint.js").read_text(encoding="utf-8")


def run(folder: Path) -> Iterator[Ratio]:
    """Import, serve both pages, click in turn."""
    with Store.open(folder / "workspace") as store:
        store.publish(write_orders(folder / "orders.csv"), None, ImportOptions())
    with serve(folder, KPI_NOW="2026-11-05T10:00:00") as app, bare(folder) as plain, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield from _measured(browser, app, plain)
        browser.close()


def _measured(browser: Browser, app: Served, plain: Served) -> Iterator[Ratio]:
    ours, theirs = browser.new_page(), browser.new_page()
    open_page(ours, app.url, PAGE)
    charts = _painted(ours)
    cards = ours.locator(".tile, .card").count()
    open_page(theirs, plain.url, "", f"cards={cards}&charts={charts}&points={POINTS}")
    _painted(theirs)
    for page in (ours, theirs):
        page.evaluate(REPAINT)
    steps = itertools.cycle((1, 0))
    for name, rounds in (("not seen before", 1), ("seen before", 3)):
        pairs = [(period(ours, n), _step(theirs, next(steps))) for n in PRESETS * rounds]
        label = f"rerun to last repaint, {cards} cards and {charts} charts, 1M orders, filter {name}"
        yield _ratio(label, pairs)
    open_page(ours, app.url, PAGE, UNLIKELY)
    open_page(
        theirs, plain.url, "", f"cards={cards}&charts={charts}&points={POINTS}&{urlencode({'teams': TEAMS}, True)}"
    )
    for page, button in ((ours, ours.locator(".st-key-filters button").nth(1)), (theirs, _button_of(theirs))):
        _painted(page)
        page.evaluate(REPAINT)
        button.click()
    pairs = [(_team(ours, name), _team(theirs, name)) for name in TEAMS]
    yield _ratio("the same for teams over unlikely days, not seen before", pairs)


def _ratio(label: str, pairs: Sequence[tuple[float, float]]) -> Ratio:
    return Ratio(label, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), LIMIT)


def _painted(page: Page) -> int:
    """Wait until the number of drawn charts stays the same; that number."""
    drawn = page.locator('[data-testid="stVegaLiteChart"] :is(svg, canvas)')
    drawn.first.wait_for(timeout=LONG)
    page.wait_for_timeout(5 * QUIET)
    settled(page)
    return page.locator('[data-testid="stVegaLiteChart"]').count()


def period(page: Page, number: int) -> float:
    """Chooses the period in that place; seconds to the last change of a chart."""
    option = page.locator(".presets a").nth(number)
    if not option.is_visible():
        page.locator(".st-key-filters button").first.click()
        option.wait_for()
        page.wait_for_timeout(QUIET)
    return clicked(page, option)


def _team(page: Page, name: str) -> float:
    """Adds a team to the filter, which is a box of many choices behind a button on both pages."""
    page.locator(".st-key-w_team, .st-key-team").get_by_role("combobox").click()
    page.wait_for_timeout(QUIET)
    return clicked(page, page.get_by_role("option", name=name, exact=True))


def _button_of(page: Page) -> Locator:
    return page.locator(".st-key-where button").first


def _step(page: Page, number: int) -> float:
    return clicked(page, page.locator(".st-key-step [role=radiogroup] label").nth(number))


def clicked(page: Page, option: Locator) -> float:
    """Seconds from the click to the last change of a chart."""
    page.evaluate("window.repaint.charts = 0")
    option.click()
    page.wait_for_function(
        f"() => window.repaint.charts > window.repaint.clicked && performance.now() - window.repaint.last > {QUIET}",
        timeout=LONG,
    )
    return float(page.evaluate("(window.repaint.charts - window.repaint.clicked) / 1000"))


@contextmanager
def bare(folder: Path, page: str = "bare_page.py") -> Iterator[Served]:
    """The yardstick, a script beside this one, served with the same settings."""
    port, log = free_port(), folder / "bare.log"
    script = Path(__file__).with_name(page)
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    served = Served(f"http://localhost:{port}", folder, log, process)
    try:
        wait_until_up(served, "_stcore/health")
        yield served
    finally:
        stop(process)
