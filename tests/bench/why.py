"""«Why did it change?» over all dimensions of a million orders, against one page query.

A page query is what `bench evaluate` asks: all KPIs of Operations, 24 months, by one dimension. Both are counted in
memory and timed warm; the first asking of a workspace, which reads the columns, is timed once on each side.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from kpi.why import Asked, explain
from tests.bench.orders_csv import write_orders
from tests.bench.timing import Ratio, compare, seconds

LIMIT = 3.0
SINCE, UNTIL = date(2024, 11, 1), date(2026, 10, 31)
QUESTIONS = (
    Asked("on_time_rate", date(2026, 10, 1), UNTIL, "previous", (), "month"),
    Asked("average_ticket", date(2025, 11, 1), UNTIL, "previous"),
    Asked("lead_time_hours", date(2026, 10, 1), UNTIL, "previous", (), "month"),
)
"""A share of a month, an average of a year against the year before, a median."""


def run(folder: Path) -> Iterator[Ratio]:
    """One import, then both in turn for every question."""
    with Store.open(folder / "workspace") as store:
        store.publish(write_orders(folder / "orders.csv"), None, ImportOptions())
        page = _page(store)
        first_page = seconds(page)
        for number, asked in enumerate(QUESTIONS):
            ask = _asking(store, asked)
            if number == 0:
                yield Ratio(f"why {asked.kpi}, asked first", seconds(ask), first_page, LIMIT)
            name = f"why {asked.kpi} over all dimensions, 1M orders, against a page query"
            yield compare(name, ask, page, limit=LIMIT, rounds=7)


def _page(store: Store) -> Callable[[], None]:
    definitions, book = catalogue(), TargetBook()
    here = availability(store.relations(), definitions)
    kpis = tuple(kpi.id for kpi in definitions.area("operations") if here[kpi.id].computable)
    query = Query(kpis, SINCE, UNTIL, "month", "branch")

    def page() -> None:
        assert evaluate(Reader(store), definitions, query, book).frame["value"].notna().all()

    return page


def _asking(store: Store, asked: Asked) -> Callable[[], None]:
    def ask() -> None:
        why = explain(Reader(store), catalogue(), asked)
        assert why.silent is None
        assert len(why.breakdowns) >= 5

    return ask
