"""The health of loaded facts."""

from datetime import date, timedelta
from pathlib import Path

from data.store.health.health import health
from data.store.store import Store
from tests.unit.store.files import load, opened

TODAY = date(2026, 11, 23)
HEAD = "order_id,finished_at,status,revenue,service,Примечание"


def orders(store: Store, folder: Path, *, service_until: date, skip: tuple[date, ...] = ()) -> None:
    lines, day = [HEAD], date(2026, 6, 1)
    while day <= TODAY - timedelta(days=1):
        if day.weekday() < 6 and day not in skip:
            service = "Стрижка" if day <= service_until else ""
            lines += [f"{day}-{n},{day},done,10,{service},{'x' if n else ''}" for n in range(3)]
        day += timedelta(days=1)
    load(store, folder, "orders.csv", "orders", lines)


def test_a_fact_in_good_health_says_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        orders(store, tmp_path, service_until=TODAY)
        (found,) = health(store.cursor(), store.relations(), TODAY, ())
        assert (found.fact, found.until) == ("orders", date(2026, 11, 21))
        assert (found.stale, found.gaps, found.empty, found.swings) == (None, (), (), ())


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    week = tuple(date(2026, 10, 5) + timedelta(days=n) for n in range(7))
    with opened(tmp_path) as store:
        orders(store, tmp_path, service_until=date(2026, 10, 20), skip=week)
        load(store, tmp_path, "reviews.csv", "reviews", [
            "review_id,created_at,rating", *(f"{n},{date(2026, 7, 1) + timedelta(days=n)},5" for n in range(60)),
        ])  # fmt: skip
        facts = {one.fact: one for one in health(store.cursor(), store.relations(), TODAY, ())}
        (gap,) = facts["orders"].gaps
        assert (gap.first, gap.last, gap.missed) == (week[0], week[5], 6)
        (column,) = facts["orders"].empty
        assert (column.column, column.since) == ("service", date(2026, 10, 21))
        assert 0.9 < column.before <= 1
        assert facts["reviews"].stale is not None
        assert facts["reviews"].stale.until == date(2026, 8, 29)
        calm = {one.fact: one for one in health(store.cursor(), store.relations(), TODAY, week)}
        assert calm["orders"].gaps == ()


def test_ads_are_counted_by_their_days(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        lines = ["ad_id,period_start,period_end,views"]
        lines += [f"x,2026-{month:02}-01,2026-{month:02}-28,100" for month in range(6, 12)]
        load(store, tmp_path, "ads.csv", "ads", lines, account="A")
        (found,) = health(store.cursor(), store.relations(), TODAY, ())
        assert [gap.first for gap in found.gaps] == [  # months of 31 days
            date(2026, 10, 29), date(2026, 8, 29), date(2026, 7, 29),
        ]  # fmt: skip
