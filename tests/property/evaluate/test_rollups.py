"""What is counted ahead answers as the rows do, whatever is asked and whatever was imported or taken back."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pandas as pd
import pytest

from data.access.columns import NotHeld
from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.compile import calendar, compile_query, resolve
from kpi.compile.rollups import rollups
from kpi.evaluate import evaluate
from kpi.model import GRAINS, Against, Grain, Query
from kpi.targets import TargetBook
from tests.oracle.conftest import opened, publish
from tests.property.evaluate.test_in_memory import (
    DAYS,
    FIRST,
    STAFF,
    Forgetful,
    asked,
    orders,
    scopes,
    written,
)

SEVERAL = 8
MONTHS = tuple(FIRST.replace(day=1) + timedelta(days=31 * n) for n in range(3))
SIMPLE = ("orders_done", "revenue", "no_show_rate", "lead_time_hours", "responded_in_15_min", "orders_per_day")


def counted_ahead(store: Store) -> Store:
    """The store, which counts ahead whatever has a row."""
    store.ahead.want(lambda: rollups(store, least=1))
    return brought_up(store)


def brought_up(store: Store) -> Store:
    """The same once its rollups are ready, whoever makes them: the writer's thread may have begun."""
    end = monotonic() + 60
    while "orders" not in store.rollups and monotonic() < end:
        store.ahead.bring_up()
        sleep(0.01)
    assert "orders" in store.rollups
    return store


@pytest.fixture(scope="module")
def business(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("business")) as store:
        publish(store, written(tmp_path_factory.mktemp("files") / "staff.csv", STAFF), "staff")
        publish(store, written(tmp_path_factory.mktemp("files") / "a.csv", orders(1, lines=False)), "orders")
        yield counted_ahead(store)


def same_answers(store: Store, seed: int) -> None:
    """Asks both ways; a difference names the question."""
    chance = random.Random(seed)
    for number in range(SEVERAL):
        query, scope = asked(store, chance), scopes(chance)
        if number % 2:  # what a rollup is for: of one dimension at most, over whole months
            grain: Grain = chance.choice(GRAINS)
            query = Query(query.kpis, MONTHS[0], None, grain, query.by, query.where[:1], query.compare)
        ours = evaluate(Reader(Unkept(store), scope), catalogue(), query, TargetBook())
        plain = evaluate(Reader(Forgetful(store), scope), catalogue(), query, TargetBook())
        for column in ("rows", "used", "eligible"):
            np.testing.assert_array_equal(ours.frame[column], plain.frame[column], err_msg=f"{column} of {query}")
        pd.testing.assert_frame_equal(ours.frame, plain.frame, rtol=0, atol=1e-9, obj=f"{query} for {scope}")
        assert ours.unavailable == plain.unavailable


def is_known(store: Store, query: Query, scope: Scope = OWNER) -> bool:
    """Whether rollups hold the whole answer."""
    reader = Reader(store, scope)
    found = [resolve(catalogue().get(id_), catalogue(), reader.relations()) for id_ in query.kpis]
    days = calendar(query, FIRST, FIRST + timedelta(days=DAYS))
    return compile_query(query, found, reader.sources(), days, scope).known is not None


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
def test_answers_are_those_of_the_rows(business: Store, seed: int) -> None:
    same_answers(business, seed)


@pytest.mark.slow
def test_whatever_is_imported_or_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        publish(store, written(tmp_path / "staff.csv", STAFF[:3]), "staff")
        publish(store, written(tmp_path / "a.csv", orders(1, lines=False)), "orders")
        counted_ahead(store)
        same_answers(store, 21)
        publish(store, written(tmp_path / "b.csv", orders(2, lines=True)), "orders")
        assert store.rollups == {}
        same_answers(store, 22)
        for change in (
            lambda: store.ahead.bring_up(),
            lambda: publish(store, written(tmp_path / "again.csv", changed(orders(1, lines=False))), "orders"),
            lambda: publish(store, written(tmp_path / "more.csv", STAFF), "staff"),
            lambda: store.merge_people("Anna", ["Anna", "Boris"]),
            lambda: store.undo(2),
            lambda: store.undo_merge(1),
            store.rebuild,
        ):
            change()
            brought_up(store)
            same_answers(store, 23)


def test_only_months_whose_rows_changed_are_counted_again(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        lines = orders(1, lines=False)
        publish(store, written(tmp_path / "a.csv", lines), "orders")
        counted_ahead(store)
        before = places(store)
        late = [line for line in lines[1:] if f"{FIRST + timedelta(days=DAYS):%Y-%m}" in line.split(",")[8]]
        publish(store, written(tmp_path / "b.csv", changed([lines[0], *late])), "orders")
        brought_up(store)
        assert late
        kept = [month for month, rows in places(store).items() if before.get(month) == rows]
        assert len(kept) == len(before) - 1


def places(store: Store) -> dict[object, object]:
    """Month → where its rows stand in the rollup of business dates; a month counted anew stands elsewhere."""
    select = "select date_trunc('month', started), list(rowid order by rowid) from rollup_orders_day group by 1"
    return dict(store.cursor().execute(select).fetchall())


def test_what_a_rollup_answers(business: Store) -> None:
    query = Query(SIMPLE, MONTHS[0], None, "month", "branch")
    months = Query(SIMPLE[:3], MONTHS[0], None, "quarter", "branch")
    narrowed = Scope("viewer", None, (("branch", ("North",)),))
    assert is_known(business, months)
    assert is_known(business, months, narrowed)
    assert is_known(business, Query(SIMPLE[:3], FIRST, None, "day", None, (("employee", ("Anna",)),)))
    assert not is_known(business, Query(SIMPLE, MONTHS[0], None, "quarter", "branch"))  # medians of several months
    assert not is_known(business, Query(SIMPLE, MONTHS[0], None, "day", "employee"), narrowed)  # of two dimensions
    assert not is_known(business, Query(("revenue",), MONTHS[0], None, "month"), Scope("viewer", money="hidden"))
    assert not is_known(business, query, Scope("viewer", since=FIRST))


def test_what_is_upcoming_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        lines = ["order_id,branch,created_at,scheduled_at,finished_at,status"]
        lines += [
            f"a{n},North,2024-11-{n:02} 10:00,2024-11-{n:02} 12:00,2024-11-{n:02} 13:00,done" for n in range(1, 21)
        ]
        lines += [f"b{n},North,2024-11-20 10:00,2024-11-{n:02} 12:00,,cancelled" for n in range(22, 30)]
        publish(store, written(tmp_path / "a.csv", lines), "orders")
        counted_ahead(store)
        assert store.relations()["orders"].upcoming == 8
        later = Against(date(2024, 11, 5), date(2024, 11, 15), date(2024, 11, 29))
        for against in (None, later):
            query = Query(("cancellation_rate", "orders_done"), date(2024, 11, 5), date(2024, 11, 19), against=against)
            ours, plain = (
                evaluate(Reader(state), catalogue(), query, TargetBook()).frame
                for state in (Unkept(store), Forgetful(store))
            )
            pd.testing.assert_frame_equal(ours, plain)
            assert ours["value"].tolist() == [0.0, 15.0]


def test_a_statement_made_before_a_change_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        publish(store, written(tmp_path / "a.csv", orders(1, lines=False)), "orders")
        reader = Reader(counted_ahead(store))
        query = Query(("orders_done",), MONTHS[0], None, "month", "branch")
        found = [resolve(catalogue().get("orders_done"), catalogue(), reader.relations())]
        days = calendar(query, FIRST, FIRST + timedelta(days=DAYS))
        short = compile_query(query, found, reader.sources(), days, OWNER).short
        assert short is not None
        assert len(reader.columns(short)[0]["period"])
        publish(store, written(tmp_path / "b.csv", orders(2, lines=False)), "orders")
        with pytest.raises(NotHeld):
            reader.columns(short)


def test_nothing_of_what_is_erased_stays(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        publish(store, written(tmp_path / "a.csv", orders(1, lines=False)), "orders")
        counted_ahead(store)
        store.erase()
        tables = store.cursor().execute("select table_name from duckdb_tables() where table_name like 'rollup_orders%'")
        assert tables.fetchall() == []
        assert store.rollups == {}


def changed(lines: list[str]) -> list[str]:
    """The same orders, most of them done."""
    return [line.replace("no_show", "done").replace("cancelled", "done") for line in lines]
