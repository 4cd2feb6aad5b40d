"""What is loaded: columns, days, upcoming rows, staff looked up."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.schema.loader import facts
from data.store.derived import DERIVED
from data.store.store import Store
from tests.unit.store import files
from tests.unit.store.files import load, opened

ORDERS = "order_id,created_at,scheduled_at,finished_at,status,employee"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def test_an_empty_workspace_has_every_relation_empty(store: Store) -> None:
    found = store.relations()
    assert set(found) == {*facts(), *DERIVED}
    assert {(r.rows, r.upcoming, r.first_day, r.data_until, r.columns) for r in found.values()} == {
        (0, 0, None, None, frozenset())
    }


def test_planned_rows_are_upcoming(store: Store, tmp_path: Path) -> None:
    load(
        store, tmp_path, "o.csv", "orders",
        [ORDERS, "1,2026-11-01,2026-11-03,2026-11-04,done,Ann", "2,2026-11-20,2026-12-05,,open,Ann",
         "3,2026-11-10,2026-11-21,,open,"],
    )  # fmt: skip
    orders = store.relations()["orders"]
    assert (orders.first_day, orders.data_until) == (date(2026, 11, 4), date(2026, 11, 20))
    assert (orders.rows, orders.upcoming) == (1, 2)
    assert orders.own == set(ORDERS.split(","))
    assert orders.complete == {"order_id", "created_at", "scheduled_at", "status"}
    assert not orders.staffed


def test_what_is_dated_later_arrives_with_its_day(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 23, 9)]
    opened(tmp_path).close()
    with Store.open(tmp_path / "workspace", lambda: now[0]) as store:
        lines = ["employee,date,worked_hours", "Ann,2026-11-23,8", "Ann,2026-11-24,8"]
        load(store, tmp_path, "s.csv", "shifts", lines)
        shifts, days = store.relations()["shifts"], store.relations()["shift_days"]
        assert (shifts.data_until, shifts.rows, shifts.upcoming) == (date(2026, 11, 23), 1, 1)
        assert (days.data_until, days.rows, days.upcoming) == (date(2026, 11, 23), 1, 1)
        now[0] = datetime(2026, 11, 24, 1)
        shifts, days = store.relations()["shifts"], store.relations()["shift_days"]
        assert (shifts.data_until, shifts.rows, shifts.upcoming) == (date(2026, 11, 24), 2, 0)
        assert (days.data_until, days.rows, days.upcoming) == (date(2026, 11, 24), 2, 0)


def test_staff_goes_as_far_as_the_rest_and_alone_until_today(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "staff.csv", "staff", ["employee,hired_on,team", "Ann,2026-10-01,A"])
    assert store.relations()["staff_days"].data_until == files.NOW.date()
    load(store, tmp_path, "o.csv", "orders", [ORDERS, "1,2026-11-01,2026-11-03,2026-11-04,done,Ann"])
    found = store.relations()
    assert (found["staff"].data_until, found["staff_days"].data_until) == (date(2026, 11, 4),) * 2
    assert found["staff_days"].rows == 35
    assert found["staff_days"].upcoming == 0
    assert found["orders"].staffed
    assert found["orders"].columns - found["orders"].own == {"team"}
    assert not found["staff_days"].staffed


def test_an_ads_running_period_goes_until_today(store: Store, tmp_path: Path) -> None:
    lines = ["ad_id,period_start,period_end,spend", "x,2026-11-01,2026-11-30,300"]
    load(store, tmp_path, "ads.csv", "ads", lines)
    found = store.relations()
    assert found["ads"].data_until == found["ad_days"].data_until == files.NOW.date()
    assert (found["ad_days"].rows, found["ad_days"].upcoming) == (23, 7)
    assert found["ad_costs"].own == {"amount", "origin"}


def test_busy_hours_are_carried_where_orders_tell_them(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "s.csv", "shifts", ["employee,date,worked_hours", "Ann,2026-11-04,8"])
    assert "busy_hours" not in store.relations()["shift_days"].own
    head = "order_id,started_at,finished_at,status,employee"
    load(store, tmp_path, "o.csv", "orders", [head, "1,2026-11-04 10:00,2026-11-04 12:00,done,Ann"])
    assert "busy_hours" in store.relations()["shift_days"].own
    assert store.cursor().execute("select busy_hours, busy_derived from shift_days").fetchall() == [(2.0, True)]


def test_staff_conflicts_are_findings(store: Store, tmp_path: Path) -> None:
    lines = ["employee,hired_on,team,branch", "Ann,2026-10-01,A,North", "Ann,2026-10-01,B,North", "Bob,,A,North"]
    lines += ["Ivan,2026-10-01,A,North", "Ivan,2026-10-02,B,South"]
    (report,) = load(store, tmp_path, "staff.csv", "staff", lines)
    told = {finding.rule: finding.examples for finding in report.findings if finding.step == "publish"}
    assert told["two_posts"] == ("Ann: A / B",)
    assert told["two_branches"] == ("Ivan",)
    assert told["no_first_day"] == ("Bob",)
    assert store.imports()[0].reports == (report,)
