"""A filter is changed on a page over a million orders: from the click to the last repaint of a chart, in a browser.

Against a bare Streamlit page with the same pieces of HTML and the same charts on constant data, clicked in turn, and
against one with as many plain cards and lines. Measured for periods nobody has chosen yet, which must be computed; for
the same ones again, which are remembered; and for what nothing could have prepared: some teams over days that are no
calendar period.
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
from tests.bench.same_elements import write
from tests.bench.timing import Ratio
from tests.browser.conftest import ARGUMENTS, executable
from tests.browser.owner import LONG, open_page, settled
from tests.browser.server import ROOT, Served, free_port, options, serve, stop, wait_until_up

LIMIT, PLAIN_LIMIT = 1.3, 2.0
QUIET = 700  # ms without a change after which a page counts as painted
PRESETS = {2: "last_3_months", 3: "quarter", 4: "year", 5: "last_12_months", 6: "all"}
"""Place of a period → how the address names it; chosen in turn."""
POINTS = 25
PAGE, NOW = "operations", "2026-11-05T10:00:00"
UNLIKELY = "period=custom&since=2025-03-07&until=2026-02-11"
TEAMS = ("Crew 1", "Crew 2", "Crew 3", "Crew 4")
"""Added one after the other, each a filter not seen before."""
REPAINT = Path(__file__).with_name("repaint.js").read_text(encoding="utf-8")


def run(folder: Path) -> Iterator[Ratio]:
    """Import, keep what the pages are made of, serve the app anew and the yardsticks, click in turn."""
    with Store.open(folder / "workspace") as store:
        store.publish(write_orders(folder / "orders.csv"), None, ImportOptions())
    with serve(folder, KPI_NOW=NOW) as app:
        periods = write(folder / "periods.json", app.url, PAGE, [f"period={name}" for name in PRESETS.values()])
        chosen = [f"{UNLIKELY}&{urlencode({'team': TEAMS[:n]}, True)}" for n in range(len(TEAMS) + 1)]
        teams = write(folder / "teams.json", app.url, PAGE, chosen)
    with (
        serve(folder, KPI_NOW=NOW) as app, bare(folder, "same_page.py") as same, bare(folder) as plain,
        sync_playwright() as playwright,
    ):  # fmt: skip
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        yield from _of_periods(browser, app, (f"{same.url}/?elements={periods}", plain.url))
        yield from _of_teams(browser, app, f"{same.url}/?elements={teams}&{urlencode({'teams': TEAMS}, True)}")
        browser.close()


def _of_periods(browser: Browser, app: Served, yardsticks: tuple[str, str]) -> Iterator[Ratio]:
    ours, same, plain = (browser.new_page() for _ in range(3))
    open_page(ours, app.url, PAGE)
    charts = _painted(ours)
    cards = ours.locator(".tile, .card").count()
    same.goto(yardsticks[0])
    open_page(plain, yardsticks[1], "", f"cards={cards}&charts={charts}&points={POINTS}")
    for page in (ours, same, plain):
        _painted(page)
        page.evaluate(REPAINT)
    same.locator(".st-key-where button").first.click()
    steps = itertools.cycle((1, 0))
    label = f"{cards} cards and {charts} charts, 1M orders, filter"
    for name, rounds in (("not seen before", 1), ("seen before", 3)):
        times = [
            (period(ours, n), _step(same, place), _step(plain, next(steps)))
            for place, n in [*enumerate(PRESETS)] * rounds
        ]
        yield _ratio(f"rerun to last repaint, {label} {name}, against the same elements on constant data", times, 1)
    yield _ratio(f"rerun to last repaint, {label} seen before, against plain cards and lines", times, 2, PLAIN_LIMIT)
    for page in (ours, same, plain):
        page.close()


def _of_teams(browser: Browser, app: Served, yardstick: str) -> Iterator[Ratio]:
    ours, same = browser.new_page(), browser.new_page()
    open_page(ours, app.url, PAGE, UNLIKELY)
    same.goto(yardstick)
    for page, button in ((ours, ours.locator(".st-key-filters button").nth(1)), (same, _button_of(same))):
        _painted(page)
        page.evaluate(REPAINT)
        button.click()
    times = [(_team(ours, name), _team(same, name)) for name in TEAMS]
    yield _ratio("the same for teams over unlikely days, not seen before, against the same elements", times, 1)


def _ratio(label: str, times: Sequence[tuple[float, ...]], against: int, limit: float = LIMIT) -> Ratio:
    """Of the first against the one in that place."""
    ours, theirs = (statistics.median(each[place] for each in times) for place in (0, against))
    return Ratio(label, ours, theirs, limit)


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
