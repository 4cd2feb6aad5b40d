"""A lake gives what a file gives: the same imports, undone and made anew, are told in the same words and figures."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.access.reader import Reader
from data.store.connection import SETTING
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.unit.store.files import clock, live, load

KPIS = ("revenue", "average_ticket", "rework_rate", "lead_time_hours", "rating", "repeat_share")
ORDERS = "order_id,created_at,finished_at,status,revenue,client,employee,is_rework"
MANY = 600
"""More than a lake keeps in its catalogue: they come to lie in a Parquet file."""


def orders(first: int, last: int, revenue: str) -> list[str]:
    """Orders of some numbers, a client every fifty, a day every twenty."""
    days = (f"2026-{10 + n // 400:02}-{1 + n // 20 % 20:02}" for n in range(first, last))
    return [ORDERS] + [
        f"A{n},{day},{day} 12:00,done,{revenue},+7900{n % 50:07},Master {n % 3},{n % 7 == 0}"
        for n, day in zip(range(first, last), days, strict=True)
    ]


def lived(store: Store, folder: Path) -> Iterator[Any]:
    """What a store tells while things happen to it."""
    yield load(store, folder, "orders.csv", "orders", orders(0, MANY, "1500.25"))
    yield load(store, folder, "newer.csv", "orders", orders(300, MANY + 50, "1600.5"), source="orders")
    yield load(store, folder, "broken.csv", "orders", [*orders(900, 903, "7"), "A950,never,,done,1,,,"])
    alike = ["created_at,employee,rating,text", *["2026-10-03,Master 1,5,Good"] * 2, *["2026-10-04,,1,Bad ♥"] * 2]
    yield load(store, folder, "reviews.csv", "reviews", alike)
    staff = ["employee,hired_on,team", "Master 0,2026-01-10,Blue", "Master 1,2026-02-01,Red"]
    yield load(store, folder, "staff.csv", "staff", staff)
    yield told(store)
    yield load(store, folder, "orders.csv", "orders", orders(0, MANY, "1500.25"))
    store.undo(2)
    yield told(store)
    store.merge_people("Master 0", ["Master 2"])
    yield told(store)
    yield store.rehearse_undo(1, lambda after: figures(Reader(after)))
    store.rebuild()
    yield told(store)


def told(store: Store) -> Any:
    """Everything a store says of itself."""
    with store.reading(["visits"]) as cursor:
        visits = cursor.execute("select * from visits order by all").fetchall()
    keys = live(store, "orders", "sum(_key % 1000003), count(distinct _key), min(_key), sum(revenue), count(*)")
    rows = [live(store, "orders", "*"), live(store, "reviews", "*")]
    rejected = [store.rejects(entry.import_id).to_dict() for entry in store.imports()]
    return store.data_version, store.relations(), store.imports(), rejected, visits, keys, rows, figures(Reader(store))


def figures(reader: Reader) -> list[Any]:
    """KPIs of every kind of arithmetic, by month and employee."""
    query = Query(KPIS, date(2026, 10, 1), date(2026, 11, 30), "month", "employee")
    frame: list[Any] = evaluate(reader, catalogue(), query, TargetBook()).frame.astype(str).to_numpy().tolist()
    return frame


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The folder of a workspace of its own file."""
    return tmp_path / "file"


@pytest.mark.slow
def test_a_lake_tells_what_a_file_tells(
    lake: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(lake, clock) as store:
        assert store.shared
        (tmp_path / "of-lake").mkdir()
        in_lake = list(lived(store, tmp_path / "of-lake"))
        assert any((lake / "lake").rglob("*.parquet"))
    assert not (lake / "main.duckdb").exists()
    monkeypatch.delenv(SETTING)
    with Store.open(file, clock) as store:
        (tmp_path / "of-file").mkdir()
        for step, (there, here) in enumerate(zip(in_lake, lived(store, tmp_path / "of-file"), strict=True)):
            assert there == here, f"step {step}"
