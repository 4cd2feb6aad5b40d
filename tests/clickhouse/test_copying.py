"""The copy follows the data, whole or not at all; while it is behind, or its servers are away, DuckDB answers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.access.reader import Reader
from data.store.engine import SETTING, Engine
from data.store.engine.clickhouse import copying, engine
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.clickhouse.cluster import Cluster
from tests.clickhouse.conftest import PATIENCE
from tests.unit.store.files import clock, load

pytestmark = pytest.mark.slow

HEADER = "order_id,created_at,finished_at,status,revenue,employee"
QUERY = Query(("revenue", "average_ticket"), date(2026, 10, 1), date(2026, 10, 31), "month", "employee")


def orders(first: int, last: int, revenue: int) -> list[str]:
    """A day and a person for every order."""
    return [HEADER, *(f"A{n},2026-10-{1 + n % 9:02},2026-10-09,done,{revenue},P{n % 2}" for n in range(first, last))]


@pytest.fixture
def followed(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty workspace, its engine the two servers."""
    monkeypatch.setenv(SETTING, cluster.setting(f"copying_{tmp_path.name}".replace("-", "_")))
    with Store.open(tmp_path / "workspace", clock) as store:
        yield store


def engine_of(store: Store) -> Engine:
    assert store.engine is not None
    return store.engine


def revenue(store: Store) -> float:
    """The total of October."""
    frame: pd.DataFrame = evaluate(Reader(store), catalogue(), QUERY, TargetBook()).frame
    total = frame[(frame["kpi"] == "revenue") & frame["is_total"].astype(bool)]
    return float(total["value"].iloc[0])


def answered(store: Store) -> int:
    return engine_of(store).counted.get(engine.ANSWERED, 0)


def caught_up(store: Store) -> None:
    assert engine_of(store).wait(store.data_version, PATIENCE)


def test_it_follows_imports_and_undoing(followed: Store, tmp_path: Path, cluster: Cluster) -> None:
    load(followed, tmp_path, "first.csv", "orders", orders(0, 10, 100))
    caught_up(followed)
    assert revenue(followed) == 1000
    assert answered(followed) == 1
    before = copies(cluster, tmp_path)
    load(followed, tmp_path, "second.csv", "orders", orders(10, 30, 7))
    assert revenue(followed) == 1140  # whoever answered
    caught_up(followed)
    assert revenue(followed) == 1140
    parts = [int(cluster.ask(f"select sum(total_rows) from system.tables where {of(tmp_path)}", n)) for n in (0, 1)]
    assert min(parts) > 0  # each server has a part of the rows
    followed.undo(2)
    caught_up(followed)
    asked = answered(followed)
    assert revenue(followed) == 1000
    assert answered(followed) == asked + 1
    assert {name for name in copies(cluster, tmp_path) if name.startswith("fact_orders")} >= {
        name for name in before if name.startswith("fact_orders")
    }  # named by what they hold: those of before are found again


def of(tmp_path: Path) -> str:
    name = f"copying_{tmp_path.name}".replace("-", "_")
    return f"database = '{name}' and name like 'fact_orders%'"


def copies(cluster: Cluster, tmp_path: Path) -> set[str]:
    return set(cluster.ask(f"select name from system.tables where {of(tmp_path)}").split())


def test_what_was_copied_in_part_is_never_read_and_cleared_away(
    followed: Store, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(followed, tmp_path, "first.csv", "orders", orders(0, 10, 100))
    caught_up(followed)
    database = f"copying_{tmp_path.name}".replace("-", "_")
    cluster.ask(f"create table {database}.fact_orders__loading_dead (a Int8) engine = MergeTree order by a")
    assert revenue(followed) == 1000
    monkeypatch.setattr(copying, "KEPT", -1)
    load(followed, tmp_path, "second.csv", "orders", orders(10, 11, 7))
    caught_up(followed)
    assert "fact_orders__loading_dead" not in copies(cluster, tmp_path)
    assert revenue(followed) == 1007


def test_servers_that_are_away_are_done_without(
    followed: Store, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PAUSE", 0.2)
    load(followed, tmp_path, "first.csv", "orders", orders(0, 10, 100))
    caught_up(followed)
    for place in (1, 0):  # first the one with half of the rows, then the one that is asked
        cluster.kill(place)
        asked = answered(followed)
        assert revenue(followed) == 1000
        assert answered(followed) == asked
        cluster.start(place)
    caught_up(followed)
    assert revenue(followed) == 1000
