"""The demo's stories are found by the signals, and nothing is told of a business in which nothing happened."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.access.reader import Reader
from data.demo.stories import STAR
from data.demo.trades import REPAIR
from data.ingest.column_map import ColumnMap, Mapping
from data.model import OWNER
from data.store.entries import Mark
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.target_rows import target_book
from kpi.watch import Look, Signal, courses, scan
from tests.example import NOW, copied

UNTIL = date(2026, 11, 4)


@pytest.fixture(scope="module")
def demo(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(copied(example, tmp_path_factory.mktemp("demo")), lambda: NOW) as store:
        yield store


def look(store: Store, *kpis: str, **parts: object) -> Look:
    ids = kpis or tuple(key.kpi for key in store.entries.key_kpis())
    reader = Reader(store, OWNER)
    return Look(reader, catalogue(), target_book(store), ids, store.entries.marks.all(), **parts)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def told(demo: Store) -> tuple[Signal, ...]:
    return scan(look(demo))


def one(told: tuple[Signal, ...], kpi: str, dimension: str) -> Signal:
    return next(s for s in told if s.kpi.id == kpi and s.scope is not None and s.scope[0] == dimension)


def test_rework_in_spring_in_one_branch(told: tuple[Signal, ...]) -> None:
    found = one(told, "rework_rate", "branch")
    assert (found.kind, found.scope, found.months, found.good) == ("season", ("branch", REPAIR.name), (3, 4, 5), False)
    assert found.value > 2.3 * found.usual


def test_one_barber_sells_twice_the_add_ons(told: tuple[Signal, ...]) -> None:
    found = one(told, "addon_rate", "employee")
    assert (found.kind, found.scope, found.good) == ("apart", ("employee", STAR), True)
    assert 1.8 < found.value / found.usual < 2.4


def test_weekends_run_late(told: tuple[Signal, ...]) -> None:
    found = one(told, "on_time_rate", "weekday")
    assert found.kind == "apart"
    assert {found.scope, *found.also} == {("weekday", "6"), ("weekday", "7")}
    assert found.usual - found.value > 25


def test_contacts_of_one_account_cost_double(told: tuple[Signal, ...]) -> None:
    found = one(told, "cost_per_contact", "account")
    assert (found.kind, found.scope, found.good) == ("apart", ("account", "Авито Область"), False)
    assert 1.8 < found.value / found.usual < 2.4


def test_the_stories_are_among_the_first_ten_and_each_is_told_once(told: tuple[Signal, ...]) -> None:
    assert len(told) <= 10
    keys = [(s.kind, s.kpi.id, s.scope) for s in told]
    assert len(set(keys)) == len(keys)
    assert not any(s.scope is not None and s.scope[1] == "Никита Белов" for s in told)  # who left is no news


def test_the_running_month_and_the_first_cut_one_are_left_out(demo: Store) -> None:
    (w,) = courses(look(demo, "revenue"))
    assert w.days[0][0] == date(2024, 12, 1)
    assert w.days[-1] == (date(2026, 10, 1), date(2026, 10, 31))


def test_a_filter_narrows_what_is_looked_at(demo: Store) -> None:
    where = (("branch", (REPAIR.name,)),)
    found = scan(look(demo, "rework_rate", where=where))
    assert any(s.kind == "season" and s.scope is None and s.months == (3, 4, 5) for s in found)
    assert not any(s.scope is not None and s.scope[0] == "branch" for s in found)


def test_a_marked_change_begins_a_stretch_for_whom_it_was_marked(demo: Store) -> None:
    moved = Mark(0, date(2026, 1, 10), "New parts", "process_change", "rework_rate", ("branch", REPAIR.name))
    number = demo.entries.marks.add(moved)
    try:
        series = {w.scope: w for w in courses(look(demo, "rework_rate"), "branch")}
        assert [mark.id for mark in series["branch", REPAIR.name].marks] == [number]
        assert all(not w.marks for scope, w in series.items() if scope != ("branch", REPAIR.name))
        w = series["branch", REPAIR.name]
        assert w.days[w.course.starts[1]][0] == date(2026, 1, 1)  # the larger part of January lies after it
        (whole,) = courses(look(demo, "rework_rate"))
        assert whole.marks == ()
        narrowed = look(demo, "rework_rate", where=(("branch", (REPAIR.name,)),))
        assert len(courses(narrowed)[0].marks) == 1
    finally:
        demo.entries.marks.remove(number)


def quiet(folder: Path, seed: int) -> Store:
    """Two years of jobs of eight people in which nothing happens."""
    chance, day = random.Random(seed), date(2024, 11, 1)
    rows: list[tuple[object, ...]] = []
    while day <= UNTIL:
        for _ in range(chance.randint(9, 15)):
            person = chance.randint(1, 8)
            done = "done" if chance.random() > 0.08 else "no_show"
            rework = "true" if done == "done" and chance.random() < 0.05 else "false"
            rows.append((len(rows) + 1, day, done, chance.randint(900, 2500), rework, f"P{person}", f"T{person % 3}"))
        day += timedelta(days=1)
    names = ("order_id", "finished_at", "status", "revenue", "is_rework", "employee", "team")
    store = Store.open(folder, lambda: datetime(2026, 11, 5, 10))
    pd.DataFrame(rows, columns=names).to_csv(folder / "o.csv", index=False)
    store.publish(folder / "o.csv", [Mapping("orders", tuple(ColumnMap(name, name) for name in names))])
    return store


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_a_business_in_which_nothing_happens_next_to_nothing_is_told(tmp_path: Path, seed: int) -> None:
    kpis = ("revenue", "average_ticket", "rework_rate", "no_show_rate", "orders_done")
    with quiet(tmp_path, seed) as store:
        told = scan(look(store, *kpis))
    # Five KPIs of the whole are judged by the plain rules over six months; of members next to none may be told.
    assert sum(s.scope is not None for s in told) <= 1
    assert sum(s.scope is None for s in told) <= 2
    assert not any(s.kind != "change" for s in told)


def test_of_an_earlier_day_nothing_later_is_known(demo: Store) -> None:
    found = scan(look(demo, "rework_rate", "addon_rate", until=date(2026, 3, 31)))
    assert found
    assert max(signal.until for signal in found) <= date(2026, 3, 31)
