"""Publishing: keys, lines, versions, duplicates, sources, and nothing half."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.errors import UnrecognisedTable, UserError
from data.model import IngestReport
from data.store import reading
from data.store.labels import default_label, stem
from data.store.sources import SourceQuestion
from data.store.store import Store
from data.store.workspace import sha256_of
from tests.unit.store.files import csv, live, load, mapping, opened

ORDERS = "order_id,finished_at,status,revenue"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def balanced(report: IngestReport) -> bool:
    return report.rows_in == report.rows_out + report.rejected + report.duplicates + report.superseded


def rules(report: IngestReport) -> set[str]:
    return {finding.rule for finding in report.findings if finding.step == "publish"}


def test_a_file_becomes_rows_and_a_ledger_entry(store: Store, tmp_path: Path) -> None:
    (report,) = load(store, tmp_path, "orders.csv", "orders", [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20"])
    assert (report.rows_in, report.rows_out, report.import_id) == (2, 2, 1)
    assert report.period == (date(2026, 10, 1), date(2026, 10, 2))
    assert balanced(report)
    (entry,) = store.imports()
    assert entry.file == "orders.csv"
    assert entry.reports == (report,)
    assert store.data_version == 1
    assert live(store, "orders", "_line, _import, _source, _day") == [
        (2, 1, "orders", date(2026, 10, 1)), (3, 1, "orders", date(2026, 10, 2)),
    ]  # fmt: skip


def test_the_same_file_changes_nothing_and_says_so(store: Store, tmp_path: Path) -> None:
    lines = [ORDERS, "1,2026-10-01,done,10"]
    load(store, tmp_path, "orders.csv", "orders", lines)
    (report,) = load(store, tmp_path, "orders.csv", "orders", lines)
    assert (report.rows_out, report.duplicates, report.import_id) == (0, 1, None)
    assert rules(report) == {"same_file"}
    assert balanced(report)
    assert len(store.imports()) == 1
    assert store.data_version == 1


def test_a_grown_sheet_adds_only_what_is_new(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,open,20"])
    (report,) = load(
        store, tmp_path, "orders.csv", "orders",
        [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,25", "3,2026-10-09,done,30"],
    )  # fmt: skip
    assert (report.rows_out, report.duplicates, report.replaced) == (2, 1, 1)
    assert report.period == (date(2026, 10, 2), date(2026, 10, 9))
    assert balanced(report)
    assert live(store, "orders", "order_id, revenue::int") == [("1", 10), ("2", 25), ("3", 30)]


def test_equal_rows_are_duplicates_and_different_rows_are_lines(store: Store, tmp_path: Path) -> None:
    lines = [ORDERS, "1,2026-10-01,done,10", "1,2026-10-01,done,10", "1,2026-10-01,done,15", "2,2026-10-01,done,5"]
    (report,) = load(store, tmp_path, "orders.csv", "orders", lines)
    assert (report.rows_out, report.duplicates) == (3, 1)
    assert rules(report) == {"duplicate_rows", "lines"}
    assert balanced(report)
    assert store.relations()["orders"].has_lines


def test_a_version_column_keeps_the_highest(store: Store, tmp_path: Path) -> None:
    head = ORDERS + ",seq"
    lines = [head, "1,2026-10-01,open,10,1", "1,2026-10-01,done,12,3", "1,2026-10-01,done,11,2"]
    lines += ["2,2026-10-01,done,5,1"]
    (report,) = load(store, tmp_path, "log.csv", "orders", lines)
    assert (report.rows_out, report.superseded) == (2, 2)
    assert balanced(report)
    assert live(store, "orders", "order_id, revenue::int") == [("1", 12), ("2", 5)]
    (older,) = load(store, tmp_path, "log.csv", "orders", [head, "1,2026-10-01,open,1,2", "2,2026-10-01,done,6,2"])
    assert (older.rows_out, older.superseded, older.replaced) == (1, 1, 1)
    assert balanced(older)
    assert live(store, "orders", "order_id, revenue::int") == [("1", 12), ("2", 6)]


def test_ties_of_a_version_go_to_the_later_row(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "log.csv", "orders", [ORDERS + ",seq", "1,2026-10-01,done,1,7", "1,2026-10-01,done,2,7"])
    assert live(store, "orders", "revenue::int") == [(2,)]


def test_rows_without_a_key_all_count_once_per_file(store: Store, tmp_path: Path) -> None:
    head = "date,kind,amount"
    load(store, tmp_path, "costs.csv", "expenses", [head, "2026-10-01,rent,100", "2026-10-01,rent,100"])
    assert len(live(store, "expenses", "amount")) == 2
    (report,) = load(
        store, tmp_path, "costs.csv", "expenses",
        [head, "2026-10-01,rent,100", "2026-10-01,rent,100", "2026-10-01,rent,100", "2026-10-02,rent,7"],
    )  # fmt: skip
    assert (report.rows_out, report.duplicates) == (2, 2)
    assert balanced(report)
    assert len(live(store, "expenses", "amount")) == 4


def test_edited_rows_without_a_key_are_pointed_out_and_can_be_replaced(store: Store, tmp_path: Path) -> None:
    head = "date,kind,amount"
    before = [head, "2026-10-01,rent,100", "2026-10-03,rent,5", "2026-11-01,rent,9"]
    load(store, tmp_path, "costs.csv", "expenses", before)
    edited = [head, "2026-10-01,rent,120", "2026-10-03,rent,5"]
    (report,) = load(store, tmp_path, "costs.csv", "expenses", edited)
    assert "not_in_file" in rules(report)
    store.undo(2)
    (report,) = load(store, tmp_path, "costs.csv", "expenses", edited, replace_period=True)
    assert (report.rows_out, report.duplicates, report.replaced) == (1, 1, 1)
    assert balanced(report)
    assert sorted(live(store, "expenses", "amount::int")) == [(5,), (9,), (120,)]
    store.undo(3)
    assert sorted(live(store, "expenses", "amount::int")) == [(5,), (9,), (100,)]


def test_two_branches_order_one_stay_two_orders(store: Store, tmp_path: Path) -> None:
    head = ORDERS + ",branch"
    load(store, tmp_path, "a.csv", "orders", [head, "1,2026-10-01,done,10,North", "1,2026-10-01,done,11,South"])
    assert len(live(store, "orders", "order_id")) == 2
    assert not store.relations()["orders"].has_lines
    lines = [ORDERS, "1,2026-10-01,done,10"]
    load(store, tmp_path, "b.csv", "orders", lines, branch="East")
    load(store, tmp_path, "c.csv", "orders", [ORDERS, "1,2026-10-02,done,99"], branch="West")
    assert len(live(store, "orders", "order_id")) == 4


def test_colliding_keys_ask(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "north.csv", "orders", [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20"])
    other = [ORDERS, "1,2026-10-05,done,77", "2,2026-10-06,done,88"]
    with pytest.raises(SourceQuestion) as asked:
        load(store, tmp_path, "south.csv", "orders", other)
    assert (asked.value.other, asked.value.suggested) == ("north", "south")
    assert len(store.imports()) == 1
    load(store, tmp_path, "south.csv", "orders", other, source="south")
    assert len(live(store, "orders", "order_id")) == 4
    store.undo(store.imports()[0].import_id)
    load(store, tmp_path, "south.csv", "orders", other, source="north")
    assert live(store, "orders", "revenue::int") == [(77,), (88,)]


def test_numbered_branches_ask_although_their_label_is_one(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "branch 1.csv", "orders", [ORDERS, "1,2026-10-01,done,10"])
    with pytest.raises(SourceQuestion) as asked:
        load(store, tmp_path, "branch 2.csv", "orders", [ORDERS, "1,2026-10-05,done,77"])
    load(store, tmp_path, "branch 2.csv", "orders", [ORDERS, "1,2026-10-05,done,77"], source=asked.value.suggested)
    (report,) = load(store, tmp_path, "branch 2.csv", "orders", [ORDERS, "1,2026-10-05,done,77", "2,2026-10-06,done,8"])
    assert (report.rows_out, report.duplicates) == (1, 1)
    assert len(live(store, "orders", "order_id")) == 3


def test_a_renamed_newer_version_is_recognised(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "north.csv", "orders", [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20"])
    (report,) = load(
        store, tmp_path, "everything.csv", "orders",
        [ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20", "3,2026-10-03,done,30"],
    )  # fmt: skip
    assert "newer_version" in rules(report)
    assert (report.rows_out, report.duplicates) == (1, 2)


def test_extras_are_kept_and_leave_with_their_import(store: Store, tmp_path: Path) -> None:
    path = csv(tmp_path / "orders.csv", "order_id,finished_at,status,Цвет", "1,2026-10-01,done,красный")
    store.publish(path, [mapping("orders", "order_id,finished_at,status")])
    extras = store.relations()["orders"].extras
    assert list(extras) == ["Цвет"]
    assert store.cursor().execute(f'select "{extras["Цвет"]}" from fact_orders').fetchall() == [("красный",)]
    store.undo(1)
    assert store.relations()["orders"].extras == {}
    columns = store.cursor().execute("select * from fact_orders limit 0").description or []
    assert not [column[0] for column in columns if column[0].startswith("x_")]


def test_rejected_rows_can_be_downloaded(store: Store, tmp_path: Path) -> None:
    lines = [ORDERS, "1,2026-10-01,done,10", "2,,done,20", "3,someday,done,30"]
    (report,) = load(store, tmp_path, "orders.csv", "orders", lines)
    assert (report.rows_out, report.rejected) == (1, 2)
    frame = store.rejects(1)
    assert list(frame.columns) == ["sheet", "line", "reason", "order_id", "finished_at", "status", "revenue"]
    assert list(frame["line"]) == [3, 4]
    assert list(frame["order_id"]) == ["2", "3"]


def test_a_dry_run_leaves_nothing(store: Store, tmp_path: Path) -> None:
    path = csv(tmp_path / "orders.csv", ORDERS, "1,2026-10-01,done,10")
    (report,) = store.publish(path, [mapping("orders", ORDERS)], dry_run=True)
    assert (report.rows_out, report.import_id) == (1, None)
    assert store.imports() == ()
    assert store.data_version == 0
    assert list(store.workspace.originals.iterdir()) == []
    assert not store.workspace.journal.exists()


def test_a_failed_import_leaves_the_previous_state(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", [ORDERS, "1,2026-10-01,done,10"])

    def stop(_stage: object, share: float, _until: float = 0.0) -> None:
        if share > 0.7:
            raise KeyboardInterrupt

    path = csv(tmp_path / "more.csv", ORDERS + ",extra", "2,2026-10-01,done,10,x")
    with pytest.raises(KeyboardInterrupt):
        store.publish(path, [mapping("orders", ORDERS)], progress=stop)
    assert len(store.imports()) == 1
    assert live(store, "orders", "order_id") == [("1",)]
    assert store.relations()["orders"].extras == {}
    assert len(list(store.workspace.originals.iterdir())) == 1
    assert "failed" in store.workspace.journal.read_text(encoding="utf-8")
    store.publish(path, [mapping("orders", ORDERS)])
    assert len(live(store, "orders", "order_id")) == 2


def test_undo_tells_what_cannot_be_undone(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "orders.csv", "orders", [ORDERS, "1,2026-10-01,done,10"])
    store.undo(1)
    assert store.imports()[0].undone
    with pytest.raises(UserError, match="already"):
        store.undo(1)
    with pytest.raises(UserError, match="no import 9"):
        store.undo(9)


@pytest.mark.parametrize(
    ("file", "label", "kept"),
    [
        ("Заказы 2026-10 (1) — копия.xlsx", "заказы", "заказы"),
        ("orders_2026-10-01.csv", "orders", "orders"),
        ("Выгрузка 01.10.2026-31.10.2026.csv", "выгрузка", "выгрузка"),
        ("отчёт октябрь 2026.xls", "отчёт", "отчёт"),
        ("branch 1.csv", "branch", "branch 1"),
        ("2026-11.csv", "file", ""),
        ("42.csv", "42", "42"),
        ("майки.csv", "майки", "майки"),
    ],
)
def test_labels(file: str, label: str, kept: str) -> None:
    assert (default_label(file), stem(file)) == (label, kept)


def test_a_file_that_explains_itself_needs_no_mapping(store: Store, tmp_path: Path) -> None:
    lines = ("Номер заказа;Дата завершения;Статус;Сумма", "1;01.10.2026;Выполнен;1 500,50", "2;15.10.2026;Отменён;0")
    path = csv(tmp_path / "заказы.csv", *lines)
    (report,) = store.publish(path)
    assert (report.fact, report.rows_out) == ("orders", 2)
    (again,) = store.publish(path)
    assert rules(again) == {"same_file"}


def test_a_file_that_does_not_is_left_to_a_person(store: Store, tmp_path: Path) -> None:
    path = csv(tmp_path / "strange.csv", "foo,bar", "1,2", "3,4")
    with pytest.raises(UnrecognisedTable):
        store.publish(path)
    assert store.imports() == ()
    assert list(store.workspace.originals.iterdir()) == []


def test_a_file_that_changes_while_it_is_read_is_read_from_its_copy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is loaded is what was kept, whatever happens to the person's file meanwhile."""
    path = csv(tmp_path / "orders.csv", ORDERS, "1,2026-10-01,done,10")
    read = reading.recognise

    def changed_meanwhile(*args: Any) -> Any:
        tables = read(*args)
        if args[1] == path:
            csv(path, ORDERS, "1,2026-10-01,done,10", "2,2026-10-02,done,20")
        return tables

    monkeypatch.setattr("data.store.publishing.recognise", changed_meanwhile)
    (report,) = store.publish(path)
    (kept,) = store.workspace.originals.iterdir()
    assert report.rows_in == len(kept.read_text(encoding="utf-8").splitlines()) - 1
    assert sha256_of(kept) == store.imports()[0].sha256
