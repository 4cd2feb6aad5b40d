"""Two businesses and two scopes of each in one process: nobody is ever answered with a row of somebody else.

Every order of a half costs what no order of another half costs, and everything of it is named after it, so that one
foreign row in any answer shows: revenue is no longer the orders times the price.
"""

import itertools
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import OWNER, Scope, Statement
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate, leaves_of, rows_behind
from kpi.language import language
from kpi.model import Query
from kpi.targets import TargetBook
from pages._ui import session
from pages._ui.session import View
from tests.unit.store.files import clock, load

PRICES = {("А", "Центр"): 1, ("А", "Север"): 1_000, ("Б", "Центр"): 1_000_000, ("Б", "Север"): 1_000_000_000}
"""Business and branch → what each of its orders costs. Both businesses name their branches alike, as shops do."""
HEADER = "order_id,finished_at,status,revenue,branch,team,employee,client"
ROWS = 40
"""Orders of each half in each import."""
THREADS = 8
QUERIES = (
    Query(("revenue", "orders_done"), by="employee"),
    Query(("revenue", "orders_done"), grain="week"),
    Query(("revenue", "orders_done"), by="team", where=(("branch", ("Центр", "Север")),)),
    Query(("revenue", "orders_done")),
)


@dataclass(frozen=True)
class Asker:
    """Somebody of one half, and of nothing else."""

    store: Store
    """The business's."""
    half: tuple[str, str]
    """Name of the business, and the branch."""
    scope: Scope
    """What shows the half."""

    @property
    def marks(self) -> set[str]:
        """What every name of the half has in it."""
        return {f"{self.half[0]}-{self.half[1]}"}

    def orders(self, revenue: float) -> float:
        """How many orders come to that revenue."""
        return revenue / PRICES[self.half]


@dataclass
class Tally:
    """What was asked, and what came back wrong."""

    calls: int = 0
    """Answers that were looked at."""
    foreign: list[str] = field(default_factory=list)
    """Answers with something of another half in them."""
    errors: list[BaseException] = field(default_factory=list)
    """What was raised."""


def lines(business: str, batch: int) -> list[str]:
    """An import of both branches of a business."""
    rows = []
    for branch in ("Центр", "Север"):
        mark, price = f"{business}-{branch}", PRICES[(business, branch)]
        for n in range(ROWS):
            day = f"2026-10-{1 + n % 28:02} 10:00"
            rows.append(f"{mark}-{batch}-{n},{day},done,{price},{branch},{mark} к{n % 2},{mark} м{n % 3},{mark} {n}")
    return [HEADER, *rows]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    folder = tmp_path_factory.mktemp("two")
    made = {name: Store.open(folder / name / "workspace", clock) for name in "АБ"}
    for name, store in made.items():
        load(store, folder / name, "first.csv", "orders", lines(name, 0))
    yield made
    for store in made.values():
        store.close()


def names(told: Sequence[object], asker: Asker) -> bool:
    """Whether every name is one of the half's."""
    return bool(told) and all(any(mark in str(one) for mark in asker.marks) for one in told)


def remembered(asker: Asker, query: Query) -> bool:
    """As a page asks: remembered between all viewers of the process."""
    reader = Reader(asker.store, asker.scope)
    view = View(asker.store, reader, catalogue(), TargetBook(), language("ru"), "light")
    return _agrees(session.ask(view, query).frame, asker)


def counted(asker: Asker, query: Query) -> bool:
    """Counted anew over the columns in memory."""
    return _agrees(evaluate(Reader(asker.store, asker.scope), catalogue(), query, TargetBook()).frame, asker)


def _agrees(frame: object, asker: Asker) -> bool:
    columns = {name: frame[name].tolist() for name in ("kpi", "value", "slice", "is_total")}  # type: ignore[index]
    sums = {"revenue": 0.0, "orders_done": 0.0}
    for kpi, value, total in zip(columns["kpi"], columns["value"], columns["is_total"], strict=True):
        sums[kpi] += value if total and value == value else 0
    slices = [one for one, total in zip(columns["slice"], columns["is_total"], strict=True) if not total]
    return sums["orders_done"] > 0 and asker.orders(sums["revenue"]) == sums["orders_done"] and (
        not slices or names(slices, asker)
    )  # fmt: skip


def selected(asker: Asker, _query: Query) -> bool:
    """Asked of DuckDB."""
    reader, params = Reader(asker.store, asker.scope), Params()
    rows = select(reader.sources()["orders"], ["revenue", "client", "employee"], params)
    frame, _ = reader.run(Statement(f"select * from ({rows})", params.values, ("orders",), asker.scope))
    return set(frame["revenue"]) == {PRICES[asker.half]} and names([*frame["client"], *frame["employee"]], asker)


def listed(asker: Asker, _query: Query) -> bool:
    """The choices of a filter."""
    return names(Reader(asker.store, asker.scope).members("employee"), asker)


def behind(asker: Asker, _query: Query) -> bool:
    """The rows behind a number."""
    reader = Reader(asker.store, asker.scope)
    found = rows_behind(reader, leaves_of(reader, catalogue(), "revenue")[0], Query(("revenue",)))
    return names(found.frame["employee"].tolist(), asker)


KINDS: tuple[tuple[int, Callable[[Asker, Query], bool]], ...] = (
    (90, remembered), (4, counted), (3, selected), (2, listed), (1, behind),
)  # fmt: skip
"""How many of a hundred calls are made which way."""


def ask(askers: Sequence[Asker], times: int, seed: int, tally: Tally) -> None:
    chance = random.Random(seed)
    weights, kinds = zip(*KINDS, strict=True)
    try:
        for _ in range(times):
            asker, query = chance.choice(askers), chance.choice(QUERIES)
            kind = chance.choices(kinds, weights)[0]
            if not kind(asker, query):
                tally.foreign.append(f"{kind.__name__} {asker.half} {query}")
            tally.calls += 1
    except BaseException as error:
        tally.errors.append(error)


def import_on(stores: dict[str, Store], folder: Path, stop: threading.Event, pause: float, done: list[int]) -> None:
    """Imports, and takes some back, until all was asked."""
    for batch in itertools.count(1):
        for name, store in stores.items():
            path = folder / f"{name}{batch}"
            path.mkdir()
            load(store, path, f"{batch}.csv", "orders", lines(name, batch))
            done.append(batch)
            last = [entry.import_id for entry in store.imports() if not entry.undone]
            for number in last[3:]:
                store.undo(number)
            if stop.wait(pause):
                return


def trial(stores: dict[str, Store], folder: Path, calls: int, pause: float) -> Tally:
    askers = [Asker(stores[half[0]], half, Scope("viewer", OWNER.pages, (("branch", (half[1],)),))) for half in PRICES]
    tallies, stop, done = [Tally() for _ in range(THREADS)], threading.Event(), list[int]()
    threads = [
        threading.Thread(target=ask, args=(askers, calls // THREADS, number, tally))
        for number, tally in enumerate(tallies)
    ]
    importing = threading.Thread(target=import_on, args=(stores, folder, stop, pause, done))
    for thread in (*threads, importing):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    importing.join()
    assert len(done) > 2, "nothing was loaded meanwhile"
    return Tally(
        sum(one.calls for one in tallies),
        [text for one in tallies for text in one.foreign],
        [error for one in tallies for error in one.errors],
    )


def test_nobody_is_answered_with_somebody_else_s_rows(stores: dict[str, Store], tmp_path: Path) -> None:
    assert trial(stores, tmp_path, 3_000, pause=0.05) == Tally(3_000)


@pytest.mark.slow
def test_a_million_times(
    stores: dict[str, Store], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tally = trial(stores, tmp_path, 1_000_000, pause=2)
    record_property("calls", tally.calls)
    assert tally == Tally(1_000_000)


def test_a_foreign_row_would_show(stores: dict[str, Store]) -> None:
    """Or the trials above would prove nothing."""
    own = Scope("viewer", OWNER.pages, (("branch", ("Центр",)),))
    mixed = Asker(stores["А"], ("А", "Центр"), Scope("viewer", OWNER.pages))
    other = Asker(stores["Б"], ("А", "Центр"), own)
    for _, kind in KINDS:
        assert not kind(mixed, QUERIES[0]), kind
        assert not kind(other, QUERIES[0]), kind
