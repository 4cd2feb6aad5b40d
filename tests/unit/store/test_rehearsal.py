"""A rehearsal tells what an import or an undo would do, and does nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.ingest.staged import ImportOptions
from data.model import IngestReport
from data.store.readable import Readable
from data.store.store import Store
from data.store.writer import Cancelled, Writer
from tests.unit.store.files import csv, live, load, mapping, opened

ORDERS = "order_id,finished_at,status,revenue"
OLD = [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20", "3,2026-10-03,open,5"]
NEW = [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,25", "4,2026-10-04,done,30", "4,2026-10-04,done,30"]
ADS = "ad_id,period_start,period_end,views"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        load(made, tmp_path, "orders.csv", "orders", OLD)
        yield made


def revenue(after: Readable, _reports: tuple[IngestReport, ...] = ()) -> int:
    row = after.cursor().execute("select sum(revenue)::int from fact_orders where _live").fetchone()
    return row[0] if row else 0


def test_rows_are_told_by_kind(store: Store, tmp_path: Path) -> None:
    (report,) = load(store, tmp_path, "orders.csv", "orders", NEW)
    assert (report.new, report.changed, report.same, report.duplicates, report.replaced) == (1, 1, 1, 2, 1)
    assert store.imports()[0].reports == (report,)


def test_a_rehearsed_import_reports_what_the_import_does_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    path, read = csv(tmp_path / "orders.csv", *NEW), [mapping("orders", ORDERS)]
    before = (store.data_version, store.imports(), sorted(path.name for path in store.workspace.originals.iterdir()))
    rehearsed, seen = store.rehearse(path, read, None, revenue)
    assert seen == 70
    assert (store.data_version, store.imports()) == before[:2]
    assert sorted(path.name for path in store.workspace.originals.iterdir()) == before[2]
    assert revenue(store) == 35
    (done,) = store.publish(path, read)
    (told,) = rehearsed
    assert told.import_id is None
    assert (told.rows_in, told.new, told.changed, told.same, told.period, told.findings) == (
        done.rows_in, done.new, done.changed, done.same, done.period, done.findings,
    )  # fmt: skip
    assert revenue(store) == seen


def test_what_is_looked_at_knows_the_relations_as_they_would_be(store: Store, tmp_path: Path) -> None:
    head = "review_id,created_at,rating"
    path = csv(tmp_path / "reviews.csv", head, "1,2026-10-01,5")
    _, rows = store.rehearse(
        path, [mapping("reviews", head)], ImportOptions(), lambda after, _reports: after.relations()["reviews"].rows
    )
    assert rows == 1
    assert store.relations()["reviews"].rows == 0


def test_the_same_file_is_not_looked_at(store: Store, tmp_path: Path) -> None:
    (report,), seen = store.rehearse(csv(tmp_path / "orders.csv", *OLD), [mapping("orders", ORDERS)], None, revenue)
    assert (report.same, report.new, report.rows_out, seen) == (3, 0, 0, None)


def test_a_rehearsal_that_fails_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def fails(_after: Readable, _reports: tuple[IngestReport, ...]) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.rehearse(csv(tmp_path / "orders.csv", *NEW), [mapping("orders", ORDERS)], None, fails)
    assert revenue(store) == 35
    assert len(store.imports()) == 1


def test_an_undo_is_told_before_it_is_done(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", NEW)
    taken, seen = store.rehearse_undo(2, revenue)
    assert (taken.gone, taken.back, seen) == (3, 2, 35)
    assert revenue(store) == 70
    store.undo(2)
    assert revenue(store) == seen


def test_ads_that_share_days_with_loaded_ones_are_told_and_never_add_up(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", [ADS, "x,2026-10-01,2026-10-10,100"], account="A")
    (report,) = load(
        store, tmp_path, "ads 2.csv", "ads",
        [ADS, "x,2026-10-05,2026-10-05,7", "x,2026-10-11,2026-10-11,3", "y,2026-10-05,2026-10-05,1"], account="A",
    )  # fmt: skip
    assert [f.count for f in report.findings if f.rule == "overlapping_periods"] == [1]
    assert store.cursor().execute("select sum(views)::int from ad_days where ad_id = 'x'").fetchone() == (103,)
    assert len(live(store, "ads", "ad_id")) == 4


def test_cancelled_work_ends_before_its_next_stage() -> None:
    writer, begun, go = Writer("test"), threading.Event(), threading.Event()
    reached: list[str] = []

    def long(tell: object) -> None:
        begun.set()
        go.wait(10)
        tell("next", 0.5)  # type: ignore[operator]
        reached.append("end")

    running = writer.submit("long", long)
    waiting = writer.submit("waits", lambda _tell: reached.append("never"))
    assert begun.wait(10)
    running.cancel()
    waiting.cancel()
    go.set()
    assert waiting.wait(10)
    assert [type(job.error) for job in (running, waiting)] == [Cancelled, Cancelled]
    assert reached == []
    writer.close()
