"""Visits are made when they are first read, and nobody can tell."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.access.columns import NotHeld
from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import OWNER, Source, Statement
from data.store.store import Store
from tests.unit.store.files import csv, load, mapping, opened

HEAD = "order_id,finished_at,status,client"
FIRST = [HEAD, "1,2026-10-01,done,Ann", "2,2026-10-02,done,Ann", "3,2026-10-03,open,Ann", "4,2026-10-04,done,"]
ASKED = Statement("select count(*) as n, max(visit_no) as most from visits", {}, ("visits",), OWNER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        load(made, tmp_path, "orders.csv", "orders", FIRST)
        yield made


def kept(store: Store) -> int:
    """Rows that are in the table now."""
    row = store.cursor().execute("select count(*) from visits").fetchone()
    return row[0] if row else -1


def asked(store: Store) -> tuple[int, int | None]:
    frame, _ = Reader(store).run(ASKED)
    return int(frame["n"][0]), frame["most"][0]


def test_they_are_counted_before_and_made_by_the_first_question(store: Store) -> None:
    assert (store.relations()["visits"].rows, kept(store)) == (2, 0)
    version = store.data_version
    assert asked(store) == (2, 2)
    assert (store.relations()["visits"].rows, kept(store), store.data_version) == (2, 2, version)


def test_they_are_still_there_after_a_restart(store: Store, tmp_path: Path) -> None:
    asked(store)
    store.close()
    with opened(tmp_path) as again:
        assert (kept(again), asked(again)) == (2, (2, 2))


def test_the_next_import_and_an_undo_leave_none_of_the_old_ones(store: Store, tmp_path: Path) -> None:
    asked(store)
    load(store, tmp_path, "more.csv", "orders", [HEAD, "9,2026-10-09,done,Ann"])
    assert (kept(store), asked(store)) == (0, (3, 3))
    store.undo(2)
    assert (kept(store), asked(store)) == (0, (2, 2))
    store.undo(1)
    assert (kept(store), store.relations()["visits"].rows, asked(store)[0]) == (0, 0, 0)


def test_who_asks_while_something_is_written_gets_them_at_once(store: Store) -> None:
    writing, read, seen = threading.Event(), threading.Event(), list[tuple[int, int | None]]()

    def write() -> None:
        with store.writing():
            writing.set()
            read.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(20)
    try:
        seen.append(asked(store))
        source = Source(store.relations()["visits"], OWNER)
        with pytest.raises(NotHeld):
            len(Reader(store).at_hand(source, None, ()).columns.rows.days)
    finally:
        read.set()
        writer.join()
    assert (seen, kept(store)) == ([(2, 2)], 0)
    assert (asked(store), kept(store)) == ((2, 2), 2)


def test_the_writer_makes_them_when_nothing_waits(store: Store, tmp_path: Path) -> None:
    path = csv(tmp_path / "more.csv", HEAD, "9,2026-10-09,done,Ann")
    assert store.writer.submit("more", lambda tell: store.publish(path, [mapping("orders", HEAD)], progress=tell)).wait(
        20
    )
    until = time.monotonic() + 20
    while kept(store) == 0 and time.monotonic() < until:
        time.sleep(0.01)
    assert kept(store) == 3


def test_a_rehearsal_sees_its_own_and_leaves_those_that_are_there(store: Store, tmp_path: Path) -> None:
    asked(store)
    path = csv(tmp_path / "more.csv", HEAD, "9,2026-10-09,done,Ann", "10,2026-10-09,done,Bob")
    seen: list[int] = []
    store.rehearse(
        path, [mapping("orders", HEAD)], None,
        lambda after, _reports: seen.append(int(Reader(after).run(ASKED)[0]["n"][0])),
    )  # fmt: skip
    assert (seen, kept(store)) == ([4], 2)


def test_who_is_asked_before_a_rehearsal_ends_knows_the_old_ones(store: Store, tmp_path: Path) -> None:
    """Before and after are compared while the change is not yet rolled back, the old ones not having been made."""
    path = csv(tmp_path / "more.csv", HEAD, "9,2026-10-09,done,Ann")
    seen: list[tuple[int, int | None]] = []
    store.rehearse(path, [mapping("orders", HEAD)], None, lambda _after, _reports: seen.append(asked(store)))
    assert (seen, kept(store)) == ([(2, 2)], 0)


def test_an_order_of_several_lines_is_counted_as_it_is_made(store: Store, tmp_path: Path) -> None:
    lines = [f"{HEAD},service", "7,2026-10-01,done,Bob,Cut", "7,2026-10-01,done,Bob,Wash", "8,2026-10-01,done,,Cut"]
    load(store, tmp_path, "lines.csv", "orders", lines)
    assert store.relations()["orders"].has_lines
    assert store.relations()["visits"].rows == asked(store)[0] == kept(store) == 3


def test_a_workspace_of_before_gets_its_visits(store: Store, tmp_path: Path) -> None:
    """Visits were columns of the orders, and a view."""
    store.close()
    with duckdb.connect(str(store.workspace.database)) as old:
        old.execute("drop table visits")
        for column in ("client_id ubigint", "visit_no bigint", "first_at timestamp", "next_at timestamp"):
            old.execute(f"alter table fact_orders add column _{column}")
        old.execute("create view visits as select _day, _client_id as client_id from fact_orders where _visit_no > 0")
        old.execute("update schema_version set version = 3")
    with opened(tmp_path) as again:
        columns = {row[0] for row in again.cursor().execute("describe fact_orders").fetchall()}
        assert not {"_client_id", "_visit_no", "_first_at", "_next_at"} & columns
        assert (asked(again), kept(again)) == ((2, 2), 2)
        load(again, tmp_path, "more.csv", "orders", [HEAD, "9,2026-10-09,done,Ann"])
        assert asked(again) == (3, 3)


def test_staff_is_looked_up_for_orders_that_name_no_team(store: Store, tmp_path: Path) -> None:
    """No import fills the orders' own team, which is read all the same."""
    load(store, tmp_path, "named.csv", "orders", [f"{HEAD},employee", "9,2026-10-09,done,Ann,Bob"])
    load(store, tmp_path, "staff.csv", "staff", ["employee,hired_on,team,role", "Bob,2026-01-01,Blue,Master"])
    for name in ("orders", "visits"):
        source, params = Reader(store).sources()[name], Params()
        sql = f"select team, role from ({select(source, ['team', 'role', 'branch'], params)}) where team is not null"
        frame, _ = Reader(store).run(Statement(sql, params.used_in(sql), (name,), OWNER))
        assert frame.to_dict("list") == {"team": ["Blue"], "role": ["Master"]}
