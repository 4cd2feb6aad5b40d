"""What counting ahead saves and costs, on so many orders: the same answers from rollups and from the rows.

Every ratio is of answers that are equal, which is asserted. What rollups do not hold is asked too: it must cost no more
than without them.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.readable import Readable, Unkept
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.compile.rollups import rollups
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.bench.evaluating import SINCE, UNTIL, Without
from tests.bench.orders_csv import ROWS, write_some
from tests.bench.orders_loaded import load_orders
from tests.bench.timing import Ratio, compare

MEDIANS = ("lead_time_hours", "service_time_hours", "response_minutes")
ADDING = ("orders_done", "revenue", "on_time_rate", "no_show_rate", "cancellation_rate", "prebooked_share")


@dataclass(frozen=True)
class Asked:
    """A question."""

    name: str
    """What it is."""
    query: Query
    """The question itself."""
    limit: float
    """The most it may take of the time it takes of the rows."""


def at(folder: Path, rows: int, rounds: int) -> Iterator[Ratio]:
    """One load, then every question in turn of both."""
    with Store.open(folder / "workspace") as store:
        began = time.perf_counter()
        load_orders(store, folder, rows)
        loaded = time.perf_counter() - began
        took = _bring_up(store)
        if rows <= ROWS:
            yield Ratio(f"counting {rows:,} orders ahead ÷ importing them", took, loaded, 2.0)
        for asked in _questions(store):
            yield _compared(store, asked, rows, rounds)
        yield _a_day_more(store, folder, rows)


def _bring_up(store: Store) -> float:
    """Seconds until the rollups are ready."""
    store.ahead.want(lambda: rollups(store))
    began = time.perf_counter()
    store.ahead.bring_up()
    assert store.rollups
    return time.perf_counter() - began


def _questions(store: Store) -> Iterator[Asked]:
    here = availability(store.relations(), catalogue())
    area = tuple(kpi.id for kpi in catalogue().area("operations") if here[kpi.id].computable)
    adding = tuple(id_ for id_ in ADDING if here[id_].computable)
    cut = (date(2026, 7, 11), date(2026, 9, 20))
    yield Asked("all of Operations, 24 months by branch", Query(area, SINCE, UNTIL, "month", "branch"), 1 / 20)
    yield Asked("what adds up, 104 weeks by employee", Query(adding, SINCE, UNTIL, "week", "employee"), 1 / 5)
    yield Asked("what adds up, 72 days by service", Query(adding, *cut, "total", "service"), 1 / 2)
    yield Asked("medians, quarters by branch: scanned", Query(MEDIANS, SINCE, UNTIL, "quarter", "branch"), 1.2)
    both = (("branch", ("Branch 1",)),)
    yield Asked("one branch by employee: scanned", Query(area, SINCE, UNTIL, "month", "employee", both), 1.2)


def _compared(store: Store, asked: Asked, rows: int, rounds: int) -> Ratio:
    plain: Mapping[str, Readable] = {"ahead": Unkept(store), "rows": Without(store)}
    answers = {name: _answer(state, asked.query) for name, state in plain.items()}
    pd.testing.assert_frame_equal(answers["ahead"], answers["rows"], rtol=0, atol=1e-9)
    name = f"{asked.name}, {rows:,} orders: counted ahead ÷ of the rows"
    ways = [lambda state=state: _answer(state, asked.query) for state in plain.values()]
    return compare(name, *ways, limit=asked.limit, rounds=rounds)


def _answer(store: Readable, query: Query) -> pd.DataFrame:
    return evaluate(Reader(store), catalogue(), query, TargetBook()).frame


def _a_day_more(store: Store, folder: Path, rows: int) -> Ratio:
    """Another day's orders: what counting them ahead costs beside importing them."""
    path = write_some(folder / "day.csv", rows, rows, rows + rows // 730)
    began = time.perf_counter()
    store.publish(path, None, ImportOptions())
    imported = time.perf_counter() - began
    return Ratio(f"counting one more day ahead ÷ importing it, {rows:,} orders", _bring_up(store), imported, 3.0)
