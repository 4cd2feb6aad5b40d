"""What a business costs the machine: the figures that docs/capacity.md is reckoned from.

Not ratios, and without limits: processor time is what the system counted for the process, memory what it holds, the
95th percentile of viewers what they waited on this machine now. Only run when named.
"""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import psutil

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.crowd import Change, Viewer, gather, leave, watch
from tests.bench.memory import resident
from tests.bench.orders_csv import ROWS, write_orders
from tests.bench.viewers import EVERY, NOW, PAGE, PERIODS, TEAMS, changed, chosen, complaints, high, let_in
from tests.browser.server import ROOT, Served, serve

CROWDS = (25, 50, 100, 150, 200, 250, 300, 400)
"""How many look on, until they wait twice as long as the fewest."""
SECONDS = 20.0


@dataclass(frozen=True)
class Cost:
    """A figure."""

    name: str
    """Of what."""
    value: float
    """How much."""
    unit: str
    """s, MB, or empty."""
    over: bool = False
    """It has no limit."""

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.4g} {self.unit}".rstrip()

    def record(self) -> dict[str, str | float | None]:
        """As a line of the table."""
        value = float(f"{self.value:.4g}")
        return {
            "name": self.name, "ours": value, "yardstick": None, "ratio": None, "unit": self.unit, "limit": None,
            "ok": True,
        }  # fmt: skip


def run(folder: Path) -> Iterator[Cost]:
    """An import, then more and more viewers."""
    orders = write_orders(folder / "orders.csv")
    yield from _imported(orders, folder / "workspace")
    cookies = let_in(folder / "workspace", max(CROWDS))
    with serve(folder, KPI_NOW=NOW, KPI_ALONE="0") as app:
        costs = asyncio.run(_looked_at(app, cookies))
        assert not complaints(app), complaints(app)
    yield from costs


def _imported(orders: Path, workspace: Path) -> Iterator[Cost]:
    command = [sys.executable, "-m", "tests.bench.capacity", str(orders), str(workspace)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    processor, peak, before = json.loads(done.stdout)
    yield Cost("import of a million orders: processor time", processor, "s")
    yield Cost("import of a million orders: peak of memory above that before it", (peak - before) / 1e6, "MB")
    yield Cost("a million orders as they came", orders.stat().st_size / 1e6, "MB")
    kept = {path: path.stat().st_size / 1e6 for path in workspace.rglob("*") if path.is_file()}
    tables = sum(size for path, size in kept.items() if path.name.startswith("main.duckdb"))
    yield Cost("a million orders on disk, in tables", tables, "MB")
    yield Cost("a million orders on disk, as originals", sum(kept.values()) - tables, "MB")


async def _looked_at(app: Served, cookies: Sequence[str]) -> list[Cost]:
    idle = resident(app)
    viewers = await gather(app.url, PAGE, cookies[:1], Change())
    for period, team in product(PERIODS, TEAMS):
        await viewers[0].do(changed(period, team))
    asked = resident(app)
    costs = [
        Cost("app on a million orders before anybody came", idle, "MB"),
        Cost("the same when 36 views of a page have been asked for", asked, "MB"),
    ]
    least = None
    for crowd in CROWDS:
        viewers += await gather(app.url, PAGE, cookies[len(viewers) : crowd], Change())
        found, took = await _level(app, viewers)
        costs += found
        least = least or took
        if took > 2 * least:
            break
    costs.append(Cost("each further open page", (resident(app) - asked) / len(viewers), "MB"))
    await leave(viewers)
    return costs


async def _level(app: Served, viewers: Sequence[Viewer]) -> tuple[list[Cost], float]:
    process = psutil.Process(app.process.pid)
    before = sum(process.cpu_times()[:2])
    took = await watch(viewers, EVERY, SECONDS, chosen)
    spent = (sum(process.cpu_times()[:2]) - before) / len(took)
    assert not [error for viewer in viewers for error in viewer.errors]
    name = f"{len(viewers)} viewers, one change every {EVERY:g} s each"
    return [
        Cost(f"{name}: median", statistics.median(took), "s"),
        Cost(f"{name}: 95th percentile", high(took), "s"),
        Cost(f"{name}: processor time of a change", spent, "s"),
    ], high(took)


def _load(orders: Path, workspace: Path) -> None:
    """Import in this process; processor seconds, and bytes of memory at most and before."""
    with Store.open(workspace) as store:
        before, began = psutil.Process().memory_info().rss, resource.getrusage(resource.RUSAGE_SELF)
        (report,) = store.publish(orders, None, ImportOptions())
        assert report.rows_out == ROWS
        spent = resource.getrusage(resource.RUSAGE_SELF)
    processor = spent.ru_utime + spent.ru_stime - began.ru_utime - began.ru_stime
    print(json.dumps([processor, spent.ru_maxrss * 1024, before]))


if __name__ == "__main__":
    _load(Path(sys.argv[1]), Path(sys.argv[2]))
