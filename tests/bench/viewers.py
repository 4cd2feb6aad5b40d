"""A hundred people look at a page over a million orders, each changing a filter every five seconds.

Against a bare Streamlit page with as many cards and charts on constant data, under the same load, in turn. The viewers
of the product came by a link: every message of theirs carries the cookie of a session of its own, and is checked. What
they choose are periods and teams that somebody has looked at since the data changed, nobody the same at the same time;
what an answer nobody has asked for yet costs is measured by tests/bench/rerun.py.
"""

import asyncio
import itertools
import random
import statistics
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from data.access.people import People
from data.ingest.staged import ImportOptions
from data.store.entries import NewLink
from data.store.store import Store
from tests.bench.crowd import Change, Viewer, gather, leave, watch
from tests.bench.orders_csv import write_orders
from tests.bench.rerun import POINTS, bare
from tests.bench.timing import Ratio
from tests.browser.server import Served, serve

LIMIT = 2.0
PEOPLE = 100
EVERY = 5.0
"""Seconds between two changes of one person, on the average."""
SECONDS, ROUNDS = 20.0, 3
"""How long both are looked at, and how often, in turn."""
NOW = "2026-11-05T12:00:00"
PAGE = "operations"
PERIODS = ("last_month", "last_3_months", "quarter", "year", "last_12_months", "all")
TEAMS = ("", "Crew 1", "Crew 2", "Crew 3", "Crew 4", "Crew 5")


def run(folder: Path) -> Iterator[Ratio]:
    """Import, let everybody in, serve both, look on in turn."""
    with Store.open(folder / "workspace", lambda: datetime.fromisoformat(NOW)) as store:
        store.publish(write_orders(folder / "orders.csv"), None, ImportOptions())
    cookies = let_in(folder / "workspace", PEOPLE)
    with serve(folder, KPI_NOW=NOW, KPI_ALONE="0") as app, bare(folder) as plain:
        (ours, theirs), cards, charts = asyncio.run(_measured(app, plain, cookies))
        assert not complaints(app), complaints(app)
    name = f"{PEOPLE} viewers, one change every {EVERY:g} s each, {cards} cards and {charts} charts, 1M orders"
    yield Ratio(f"{name}: 95th percentile", high(ours), high(theirs), LIMIT)
    yield Ratio(f"{name}: median", statistics.median(ours), statistics.median(theirs), LIMIT)


def let_in(workspace: Path, people: int) -> list[str]:
    """Cookies of so many sessions of one link."""

    def clock() -> datetime:
        return datetime.fromisoformat(NOW)

    with Store.open(workspace, clock) as store:
        number, _ = store.entries.links.create(NewLink(frozenset({PAGE, "overview"}), PAGE, (), "Команда"))
    known = People(workspace, clock)
    cookies = [f"kpi_session={known.sessions.begin('', 'bench', link=number)}" for _ in range(people)]
    known.close()
    return cookies


def chosen(chance: random.Random) -> Change:
    """Another period, for some team or for all."""
    return changed(chance.choice(PERIODS), chance.choice(TEAMS))


def changed(period: str, team: str) -> Change:
    """To that period and team; no team is all of them."""
    return Change(urlencode({"period": period, **({"team": team} if team else {})}))


async def _measured(
    app: Served, plain: Served, cookies: Sequence[str]
) -> tuple[tuple[list[float], list[float]], int, int]:
    ours = await gather(app.url, PAGE, cookies, Change())
    cards, charts = shown(ours[0])
    query = f"cards={cards}&charts={charts}&points={POINTS}"
    theirs = await gather(plain.url, "", [""] * len(cookies), Change(query))

    def step(chance: random.Random) -> Change:
        return Change(query, (("step", chance.choice("12")),))

    for period, team in itertools.product(PERIODS, TEAMS):
        await ours[0].do(changed(period, team))
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        took[0].extend(await watch(ours, EVERY, SECONDS, chosen))
        took[1].extend(await watch(theirs, EVERY, SECONDS, step))
    errors = [error for viewer in (*ours, *theirs) for error in viewer.errors]
    assert not errors, errors[:3]
    await leave([*ours, *theirs])
    return took, cards, charts


def shown(viewer: Viewer) -> tuple[int, int]:
    """How many cards and charts its page shows."""
    sent = b"".join(viewer.received)
    return sent.count(b"tile kpi-"), sum(b'"$schema"' in data for data in viewer.received)


def complaints(app: Served) -> list[str]:
    """Lines of errors in the app's log."""
    lines = app.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if "Traceback" in line or "error" in line.lower()]


def high(took: Sequence[float]) -> float:
    """What all but a twentieth stayed within."""
    return statistics.quantiles(took, n=20)[-1]
