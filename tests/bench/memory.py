"""What the app holds in memory while nobody does anything, against a bare page that imports the same packages.

Both are the processes people run: a server of its own, with the same settings, resident memory as the system counts
it. The bare page has been opened once, or it would have imported nothing; the product is looked at before anybody came,
when it has imported what its first screen needs, and after somebody has opened its first screen. The business is the
demo.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import psutil

from data.demo.load import load
from data.store.store import Store
from tests.bench.rerun import bare
from tests.bench.timing import Ratio
from tests.browser.server import Served, serve
from tests.tight.wire import wire

LIMIT = 1.3
ROUNDS = 3
SETTLED = 14.0
"""Seconds after which a server has done what it does by itself after its start, its first look at what is due too."""
NOW = "2026-11-05T12:00:00"


def run(folder: Path) -> Iterator[Ratio]:
    """Make the business; start both, several times; look."""
    with Store.open(folder / "workspace", lambda: datetime.fromisoformat(NOW)) as store:
        load(store)
    looked = [_round(folder) for _ in range(ROUNDS)]
    idle, visited, yardstick = (statistics.median(sizes) for sizes in zip(*looked, strict=True))
    yield Ratio("memory of an idle app, before anybody came", idle, yardstick, LIMIT, "MB")
    yield Ratio("memory of an idle app, after one visitor", visited, yardstick, LIMIT, "MB")


def _round(folder: Path) -> tuple[float, float, float]:
    """Megabytes of the product before and after a visitor, and of the bare page after one."""
    with ExitStack() as stack:
        app = stack.enter_context(serve(folder, KPI_NOW=NOW))
        plain = stack.enter_context(bare(folder, "bare_packages.py"))
        _visit(plain)
        time.sleep(SETTLED)
        idle, yardstick = resident(app), resident(plain)
        _visit(app)
        time.sleep(1)
        return idle, resident(app), yardstick


def _visit(served: Served) -> None:
    with wire(served.url) as somebody:
        answer = somebody.run()
        assert b'class="section"' in answer or somebody.charts or somebody.widgets, "nothing was shown"


def resident(served: Served) -> float:
    """Megabytes its process holds."""
    return float(psutil.Process(served.process.pid).memory_info().rss / 1e6)
