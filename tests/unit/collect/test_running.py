"""Whatever a source brings is loaded once, by the import that a dropped file goes through."""

from datetime import datetime, timedelta

from data.collect.model import Arrived, Reached
from data.ingest.column_map import ColumnMap, Mapping, signature
from data.store.entries.collect import Connection, NewConnection
from data.store.store import Store
from tests.unit.collect.source import Clock, Source, csv, done, revenues


def test_a_newer_version_takes_the_place_of_the_older_and_the_same_is_not_loaded_again(
    store: Store, source: Source, connection: Connection
) -> None:
    source.brings(csv("1,2026-10-01,done,10", "2,2026-10-02,done,20"), Reached({"n": 1}))
    first = done(store, connection)
    assert (first.ended.outcome, first.ended.files, first.ended.rows_new) == ("came", 1, 2)
    again = done(store, connection)
    assert (again.ended.outcome, again.ended.files, len(store.imports())) == ("nothing", 0, 1)
    source.brings(csv("1,2026-10-01,done,11", "2,2026-10-02,done,20", "3,2026-10-03,done,30"), Reached({"n": 2}))
    newer = done(store, connection)
    assert (newer.ended.rows_new, newer.ended.rows_changed) == (1, 1)
    assert revenues(store) == [("1", 11.0), ("2", 20.0), ("3", 30.0)]
    assert source.states == [{}, {"n": 1}, {"n": 1}]
    assert not list((store.workspace.folder / "collected").rglob("*.csv"))


def test_a_version_that_comes_back_counts_again(store: Store, source: Source, connection: Connection) -> None:
    for revenue in (10, 99, 10):
        source.brings(csv(f"1,2026-10-01,done,{revenue}", "2,2026-10-02,done,20"))
        done(store, connection)
    assert revenues(store) == [("1", 10.0), ("2", 20.0)]
    assert [entry.options.arrival for entry in store.imports()] == ["1:3", "1:2", "1:1"]
    store.rebuild()
    assert revenues(store) == [("1", 10.0), ("2", 20.0)]


def test_what_was_taken_back_does_not_come_again_by_itself(
    store: Store, source: Source, connection: Connection
) -> None:
    source.brings(csv("1,2026-10-01,done,10"))
    done(store, connection)
    store.undo(1)
    assert done(store, connection).ended.outcome == "nothing"
    assert [entry.undone for entry in store.imports()] == [True]


def test_deleted_rows_of_a_sheet_are_gone_and_an_emptied_one_is_asked_about(store: Store, source: Source) -> None:
    connection = store.entries.connections.add(NewConnection("Таблица", "test", {}, "15m", takes="days"))
    rows = [f"{n},2026-10-{n % 28 + 1:02},done,{n}" for n in range(1, 41)]
    source.brings(csv(*rows))
    done(store, connection)
    source.brings(csv(*rows[:10], *rows[11:]))
    assert done(store, connection).ended.outcome == "came"
    assert len(revenues(store)) == 39
    source.brings(csv(*rows[:5]))
    shrunk = done(store, connection)
    assert (shrunk.ended.outcome, len(revenues(store))) == ("waiting", 39)
    waiting = store.entries.arrivals.standing(None, "waiting")
    assert [str(one.trouble).partition(".")[2].partition(".")[0] for one in waiting] == [
        "csv came with 5 rows; last time it had 39"
    ]


def test_days_that_a_source_tells_everything_about_are_replaced(
    store: Store, source: Source, connection: Connection
) -> None:
    source.brings(Arrived("a.csv", csv("1,2026-10-01,done,1", "2,2026-10-02,done,2").content, "a", source="API"))
    done(store, connection)
    told = (datetime(2026, 10, 2).date(), datetime(2026, 10, 31).date())
    source.brings(Arrived("a.csv", csv("3,2026-10-03,done,3").content, "a", source="API", period=told))
    done(store, connection)
    assert revenues(store) == [("1", 1.0), ("3", 3.0)]
    store.rebuild()
    assert revenues(store) == [("1", 1.0), ("3", 3.0)]


def test_what_nobody_can_tell_waits_and_is_loaded_once_somebody_said_how(
    store: Store, source: Source, connection: Connection, clock: Clock
) -> None:
    odd = b"aa,bb,cc,dd\nx1,2026-10-01,done,10\nx2,2026-10-02,done,20\n"
    source.brings(Arrived("odd.csv", odd, "odd"), Reached({"n": 1}))
    assert done(store, connection).ended.outcome == "waiting"
    assert [one.name for one in store.entries.arrivals.standing(None, "waiting")] == ["odd.csv"]
    source.brings()
    assert done(store, connection).ended.outcome == "nothing"
    clock.now += timedelta(minutes=1)
    meant = Mapping("orders", tuple(
        ColumnMap(target, header)
        for target, header in (("order_id", "aa"), ("finished_at", "bb"), ("status", "cc"), ("revenue", "dd"))
    ))  # fmt: skip
    store.entries.mappings.remember(signature(("aa", "bb", "cc", "dd")), (meant,))
    assert done(store, connection).ended.outcome == "came"
    assert revenues(store) == [("x1", 10.0), ("x2", 20.0)]
    assert store.entries.arrivals.standing(None, "waiting") == ()


def test_what_cannot_be_read_is_kept_and_not_tried_again(store: Store, source: Source, connection: Connection) -> None:
    source.brings(Arrived("page.csv", b"%PDF-1.7 ...", "x"), csv("1,2026-10-01,done,10"))
    made = done(store, connection)
    assert (made.ended.outcome, made.ended.files) == ("waiting", 1)
    refused = store.entries.arrivals.standing(None, "refused")
    assert "PDF" in str(refused[0].trouble)
    assert done(store, connection).ended.outcome == "nothing"


def test_account_and_fact_of_the_connection_hold_for_rows_that_name_none(store: Store, source: Source) -> None:
    connection = store.entries.connections.add(
        NewConnection("Расходы", "test", {}, "15m", account="Центр", fact="expenses")
    )
    source.brings(Arrived("x.csv", "Дата;Сумма\n01.10.2026;100\n".encode(), "x"))
    assert done(store, connection).ended.outcome == "came"
    rows = store.cursor().execute("select account, cast(amount as double) from fact_expenses where _live").fetchall()
    assert rows == [("Центр", 100.0)]
