"""All KPIs of Operations over 24 months by branch, on a million orders, against the SQL one would write by hand for it.

Both sides end in a DataFrame with, per month and per month and branch, each KPI's value and the count behind it; the
product also compares each month with the one before, judges it and says which rows were unknown.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.bench.orders_csv import write_orders
from tests.bench.timing import Ratio, compare

LIMIT = 1.5
SINCE, UNTIL = date(2024, 11, 1), date(2026, 10, 31)


def run(folder: Path) -> Iterator[Ratio]:
    """One import, then both ways in turn."""
    with Store.open(folder / "workspace") as store:
        store.publish(write_orders(folder / "orders.csv"), None, ImportOptions())
        yield _compared(store)


def _compared(store: Store) -> Ratio:
    definitions, book = catalogue(), TargetBook()
    here = availability(store.relations(), definitions)
    kpis = tuple(kpi.id for kpi in definitions.area("operations") if here[kpi.id].computable)
    query = Query(kpis, SINCE, UNTIL, "month", "branch")

    def ours() -> None:
        assert evaluate(Reader(store), definitions, query, book).frame["value"].notna().all()

    def by_hand() -> None:
        assert len(store.cursor().execute(BY_HAND).df()) == 24 * 4

    name = f"{len(kpis)} KPIs of Operations, 24 months by branch, 1M orders"
    return compare(name, ours, by_hand, limit=LIMIT, rounds=7)


BY_HAND = """
with live as (select * from fact_orders where _live),
by_day as (
    select
        date_trunc('month', _day) as month, branch, grouping(branch) as is_total,
        count(*) filter (status = 'done') as orders_done,
        median(epoch(finished_at - created_at) / 3600) filter (status = 'done') as lead_time_hours,
        count(*) filter (status = 'done' and finished_at is not null and created_at is not null) as lead_time_used,
        median(epoch(finished_at - started_at) / 3600) filter (status = 'done') as service_time_hours,
        count(*) filter (status = 'done' and finished_at is not null and started_at is not null) as service_time_used,
        100.0 * count(*) filter (status = 'done' and finished_at <= promised_at)
            / nullif(count(*) filter (status = 'done' and (finished_at <= promised_at) is not null), 0) as on_time_rate,
        count(*) filter (status = 'done' and (finished_at <= promised_at) is not null) as on_time_used,
        100.0 * count(*) filter (status in ('done', 'no_show') and is_prebooked)
            / nullif(count(*) filter (status in ('done', 'no_show') and is_prebooked is not null), 0)
            as prebooked_share,
        count(*) filter (status in ('done', 'no_show') and is_prebooked is not null) as prebooked_used,
        100.0 * count(*) filter (status = 'no_show')
            / nullif(count(*) filter (status in ('done', 'no_show', 'cancelled')), 0) as no_show_rate,
        100.0 * count(*) filter (status = 'cancelled')
            / nullif(count(*) filter (status in ('done', 'no_show', 'cancelled')), 0) as cancellation_rate,
        count(*) filter (status in ('done', 'no_show', 'cancelled')) as bookings,
        count(*) filter (status = 'done') / nullif(count(distinct _day) filter (status = 'done'), 0) as orders_per_day
    from live where _day between '2024-11-01' and '2026-10-31'
    group by grouping sets ((month), (month, branch))
),
by_creation as (
    select
        date_trunc('month', created_at) as month, branch, grouping(branch) as is_total,
        median(epoch(responded_at - created_at) / 60) as response_minutes,
        count(responded_at) as response_used,
        100.0 * count(*) filter (responded_at <= created_at + interval 15 minute) / count(*) as responded_in_15_min,
        count(*) as enquiries
    from live where created_at >= '2024-11-01' and created_at < '2026-11-01'
    group by grouping sets ((month), (month, branch))
)
select * from by_day left join by_creation
    on by_day.month = by_creation.month and by_day.is_total = by_creation.is_total
    and by_day.branch is not distinct from by_creation.branch
order by by_day.month, by_day.is_total desc, by_day.branch
"""
