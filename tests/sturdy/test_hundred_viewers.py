"""A hundred people look on in the real app while a million rows come in: no error, and nobody sees half of it."""

import asyncio
import random
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.crowd import Change, Viewer, gather, leave, watch
from tests.bench.orders_csv import write_orders
from tests.bench.viewers import NOW, PAGE, complaints, let_in
from tests.browser.server import ROOT, Served, serve

PEOPLE, EVERY = 100, 5.0
BEFORE, COMING = 200_000, 1_000_000
"""Orders that are there, and those that come."""
LOOKS = 10.0
"""Seconds of looking on without an import, before it and after it."""
TEAMS = ("", "Crew 1", "Crew 2", "Crew 3", "Crew 4", "Crew 5")
VALUE = re.compile(rb'tile kpi-orders_done.*?class="value">(.*?)</span></a>', re.DOTALL)


@dataclass
class Watched:
    """What all of them saw."""

    figures: dict[str, list[tuple[int, bytes]]] = field(default_factory=lambda: defaultdict(list))
    """Question → who looked and which orders done they read, look after look."""

    def note(self, viewer: Viewer, change: Change) -> None:
        """What somebody reads now."""
        found = VALUE.search(b"".join(viewer.received))
        assert found, "no figure on the page"
        told = re.sub(rb"<[^>]*>", b" ", found[1])
        self.figures[change.query].append((viewer.number, told))


def chosen(chance: random.Random) -> Change:
    team = chance.choice(TEAMS)
    return Change(urlencode({"kpi": "orders_done", "period": "all", **({"team": team} if team else {})}))


async def looked_on(app: Served, cookies: list[str], coming: Path) -> tuple[Watched, dict[str, list[float]]]:
    """What they saw and how long they waited: before, while, and after the import."""
    viewers = await gather(app.url, PAGE, cookies, chosen(random.Random(0)))
    watched, waits = Watched(), defaultdict[str, list[float]](list)
    waits["before"] += await watch(viewers, EVERY, LOOKS, chosen, watched.note)
    command = [sys.executable, "-m", "kpi", "--workspace", str(app.workspace), "import", str(coming)]
    loading = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while loading.poll() is None:
        waits["while"] += await watch(viewers, EVERY, 5.0, chosen, watched.note)
    assert loading.returncode == 0, loading.communicate()[0].decode()
    waits["after"] += await watch(viewers, EVERY, LOOKS, chosen, watched.note)
    for number, team in enumerate(TEAMS):
        change = Change(urlencode({"kpi": "orders_done", "period": "all", **({"team": team} if team else {})}))
        await viewers[number].do(change)
        watched.note(viewers[number], change)
    assert [error for viewer in viewers for error in viewer.errors] == []
    await leave(viewers)
    return watched, waits


@pytest.mark.slow
def test_a_million_rows_come_in_while_a_hundred_look_on(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    first = write_orders(tmp_path / "first.csv", BEFORE)
    coming = write_orders(tmp_path / "coming.csv", COMING, BEFORE + 1)
    with Store.open(tmp_path / "workspace", lambda: datetime.fromisoformat(NOW)) as store:
        store.publish(first, None, ImportOptions())
    cookies = let_in(tmp_path / "workspace", PEOPLE)
    with serve(tmp_path, KPI_NOW=NOW, KPI_ALONE="0") as app:
        watched, waits = asyncio.run(looked_on(app, cookies, coming))
        assert complaints(app) == []
    for name, took in waits.items():
        record_property(f"seconds {name}: how many, median, 95 %", (len(took), *_quantiles(took)))
    assert len(watched.figures) == len(TEAMS)
    for query, looks in watched.figures.items():
        old, new = looks[0][1], looks[-1][1]
        assert old != new, query
        assert {figure for _, figure in looks} == {old, new}, query
        for person in range(PEOPLE):
            seen = [figure == new for number, figure in looks if number == person]
            assert seen == sorted(seen), "what was seen was gone again"


def _quantiles(took: list[float]) -> tuple[float, float]:
    return round(statistics.median(took), 3), round(statistics.quantiles(took, n=20)[-1], 3)
