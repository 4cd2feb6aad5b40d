"""All KPIs of Operations over 24 months by branch: the product against SQL by hand, polars and pandas.

All sides give the same numbers, which is asserted, per month and per month and branch; the product also compares each
month with the one before and the year before, judges it and counts the rows that were unknown. It is asked in
every way it has: of what was counted ahead, with the columns it uses at hand in memory, and of the tables alone.
"""

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data.access.columns import ROW_BYTES
from data.access.reader import Reader
from data.rollup import Rollup
from data.store.memory import Memory
from data.store.readable import Readable, Unkept
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.compile.rollups import rollups
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.bench.by_hand import BY_HAND
from tests.bench.orders_loaded import load_orders
from tests.bench.timing import Ratio, seconds
from tests.peers.frames import Peer

SINCE, UNTIL = date(2024, 11, 1), date(2026, 10, 31)
Values = Mapping[tuple[str, str | None, str], float]
"""(Month, branch or None for all, KPI) → value."""


@dataclass(frozen=True)
class Size:
    """How many orders, and what is asked of each side then."""

    rows: int
    """Orders."""
    rounds: int
    """Runs a side, in turn."""
    limit: float
    """The most that the product, and its tables alone, may take of SQL by hand."""
    peers: Mapping[str, float]
    """Peer → the most that the product may take of its time."""
    at_hand: Mapping[str, float] = field(default_factory=dict)
    """Peer → the same, where nothing is counted ahead but the columns are at hand."""
    where: str = "memory"
    """Where polars has them: in memory, or in a Parquet file that it scans."""


class Without(Unkept):
    """The workspace without what is counted ahead, and without columns at hand unless there is a memory for them."""

    def __init__(self, store: Store, memory: Memory | None = None) -> None:
        super().__init__(store)
        self.memory = memory  # type: ignore[assignment]

    @property
    def rollups(self) -> Mapping[str, tuple[Rollup, ...]]:
        """Nothing."""
        return {}


def at(folder: Path, size: Size) -> Iterator[Ratio]:
    """One load, then every side in turn."""
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(folder / "workspace"))
        load_orders(store, folder, size.rows)
        store.ahead.want(lambda: rollups(store))
        store.ahead.bring_up()
        peers = {name: stack.enter_context(closing(_peer(name, store, folder, size))) for name in size.peers}
        states = _states(store, size.rows)
        _assert_equal(store, states.values(), peers)
        sides = {**{name: _asked(state) for name, state in states.items()}, "SQL by hand": _by_hand(store)}
        yield from _ratios(size, _medians({**_timed(sides), **{n: p.seconds for n, p in peers.items()}}, size.rounds))


def _states(store: Store, rows: int) -> dict[str, Readable]:
    """The ways the product answers, the quickest first: those it has at this size."""
    ahead: dict[str, Readable] = {"counted ahead": store} if store.rollups else {}
    held = rows * ROW_BYTES <= store.memory.most
    at_hand: dict[str, Readable] = {"columns at hand": Without(store, store.memory)} if held else {}
    return {**ahead, **at_hand, "of the tables": Without(store)}


def _timed(sides: Mapping[str, Callable[[], object]]) -> dict[str, Callable[[], float]]:
    return {name: lambda side=side: seconds(side) for name, side in sides.items()}  # type: ignore[misc]


def _medians(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Median seconds of each side, after one unmeasured run."""
    for run in sides.values():
        run()
    taken = [{name: run() for name, run in sides.items()} for _ in range(rounds)]
    return {name: statistics.median(times[name] for times in taken) for name in sides}


def _ratios(size: Size, found: Mapping[str, float]) -> Iterator[Ratio]:
    name = f"10 KPIs of Operations, 24 months by branch, {size.rows:,} orders"
    hand = found["SQL by hand"]
    for how in ("counted ahead", "columns at hand", "of the tables"):
        if how in found:
            yield Ratio(f"{name}, {how} ÷ SQL by hand", found[how], hand, size.limit)
    quickest = next(iter(found))
    for how, limits in ((quickest, size.peers), ("columns at hand", size.at_hand)):
        for peer, limit in limits.items():
            kept = f" scanning {size.where}" if peer == "polars" and size.where != "memory" else ""
            yield Ratio(f"{name}, {how} ÷ {peer}{kept}", found[how], found[peer], limit)


def _asked(store: Readable) -> Callable[[], object]:
    definitions, book, query = catalogue(), TargetBook(), asked(store)
    return lambda: evaluate(Reader(store), definitions, query, book)


def asked(store: Readable) -> Query:
    """The question."""
    here = availability(store.relations(), catalogue())
    kpis = tuple(kpi.id for kpi in catalogue().area("operations") if here[kpi.id].computable)
    return Query(kpis, SINCE, UNTIL, "month", "branch")


def _by_hand(store: Store) -> Callable[[], object]:
    return lambda: store.cursor().execute(BY_HAND).df()


def _peer(name: str, store: Store, folder: Path, size: Size) -> Peer:
    data = folder / "orders.parquet"
    if not data.exists():
        store.cursor().execute(f"copy ({_COLUMNS}) to '{data}' (format parquet)")
    return Peer(name, data, size.where)


_COLUMNS = """
select _day as day, branch, status, created_at, responded_at, promised_at, started_at, finished_at, is_prebooked
from fact_orders where _live"""


def _assert_equal(store: Store, states: Iterable[Readable], peers: Mapping[str, Peer]) -> None:
    """Every side gives the numbers of the SQL by hand."""
    ours = [values(Reader(state), asked(store)) for state in states]
    found = _values_by_hand(store, ours[0])
    for theirs in (*ours, *(peer.answer() for peer in peers.values())):
        assert theirs.keys() == found.keys()
        off = [key for key, value in found.items() if not math.isclose(value, theirs[key], abs_tol=1e-9)]
        assert not off, off[:3]


def values(reader: Reader, query: Query) -> Values:
    """The product's answer."""
    frame = evaluate(reader, catalogue(), query, TargetBook()).frame
    columns = (frame["period"].dt.strftime("%Y-%m-%d"), frame["slice"], frame["kpi"], frame["value"])
    return {(month, slice_, kpi): value for month, slice_, kpi, value in zip(*columns, strict=True)}


def _values_by_hand(store: Store, like: Values) -> Values:
    rows = store.cursor().execute(BY_HAND).df()
    kpis = {kpi for _, _, kpi in like}
    return {
        (f"{row['month']:%Y-%m-%d}", None if row["is_total"] else row["branch"], kpi): float(row[kpi])
        for row in rows.to_dict("records")
        for kpi in kpis
    }
