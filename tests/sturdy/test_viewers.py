"""Fifty people look on while imports come in: no error, and nobody sees half of one."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles

import pytest

from data.access.reader import Reader
from data.store.store import Store
from data.store.watched import Progress
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.sturdy.files import ROWS, clock, write
from tests.sturdy.images import MAPPING

QUERIES = (
    Query(("orders_done", "revenue")),
    Query(("orders_done", "revenue"), grain="week"),
    Query(("orders_done", "revenue"), grain="day"),
    Query(("orders_done", "revenue"), by="client"),
)
TICKET = sum(number + 0.5 for number in range(ROWS)) / ROWS
"""What each file's orders bring in on the average: the same of every file."""


@dataclass
class Seen:
    """What one person saw."""

    orders: list[int] = field(default_factory=list)
    """Orders in all, look after look."""
    wrong: list[str] = field(default_factory=list)
    """Answers that do not agree with themselves."""
    errors: list[BaseException] = field(default_factory=list)
    """What was raised."""
    seconds: list[float] = field(default_factory=list)
    """How long each look took."""


def look(store: Store, query: Query, seen: Seen) -> None:
    """One look: orders and revenue must be of the same files, in all and in their parts."""
    started = time.perf_counter()
    frame = evaluate(Reader(store), catalogue(), query, TargetBook()).frame
    seen.seconds.append(time.perf_counter() - started)
    if query.by is not None:
        frame = frame[frame["is_total"]]
    orders, revenue = (float(frame.loc[frame["kpi"] == kpi, "value"].sum()) for kpi in ("orders_done", "revenue"))
    seen.orders.append(int(orders))
    if orders % ROWS or abs(revenue - orders * TICKET) > 1e-6:
        seen.wrong.append(f"{query.grain} {query.by}: {orders} orders with {revenue}")


def watch(store: Store, number: int, begun: threading.Barrier, stop: threading.Event, seen: Seen) -> None:
    """Look again and again until all is loaded, and once more."""
    begun.wait()
    try:
        while not stop.is_set():
            look(store, QUERIES[(number + len(seen.orders)) % len(QUERIES)], seen)
        look(store, QUERIES[number % len(QUERIES)], seen)
    except BaseException as error:
        seen.errors.append(error)


def publish(store: Store, path: Path, tell: Progress) -> None:
    store.publish(path, [MAPPING], progress=tell)


def trial(folder: Path, people: int, imports: int) -> list[Seen]:
    files, stop, begun = write(folder / "files", imports + 1), threading.Event(), threading.Barrier(people + 1)
    with Store.open(folder / "workspace", clock) as store:
        store.publish(files[0], [MAPPING])
        all_seen = [Seen() for _ in range(people)]
        threads = [
            threading.Thread(target=watch, args=(store, number, begun, stop, seen))
            for number, seen in enumerate(all_seen)
        ]
        for thread in threads:
            thread.start()
        begun.wait()
        jobs = [store.writer.submit(file.name, partial(publish, store, file)) for file in files[1:]]
        assert all(job.wait(600) for job in jobs)
        stop.set()
        for thread in threads:
            thread.join()
    assert [job.error for job in jobs] == [None] * imports
    check(all_seen, imports)
    return all_seen


def check(all_seen: Sequence[Seen], imports: int) -> None:
    assert [error for seen in all_seen for error in seen.errors] == []
    assert [wrong for seen in all_seen for wrong in seen.wrong] == []
    for seen in all_seen:
        assert seen.orders == sorted(seen.orders), "an import that was seen was gone again"
        assert seen.orders[-1] == ROWS * (imports + 1)
    between = {count for seen in all_seen for count in seen.orders}
    assert len(between) > 2, "nobody looked while something was loaded"


def test_people_who_look_on(tmp_path: Path) -> None:
    trial(tmp_path, people=8, imports=4)


@pytest.mark.slow
def test_fifty_people_and_twenty_imports(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    looks = [seconds for seen in trial(tmp_path, people=50, imports=20) for seconds in seen.seconds]
    record_property("looks", len(looks))
    record_property("seconds, median and 95 %", (quantiles(looks, n=2)[0], quantiles(looks, n=20)[-1]))
