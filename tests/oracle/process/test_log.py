"""A small log counted by hand, and any log counted again with plain Python, case by case."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access.reader import Reader
from data.store.store import Store
from kpi.process import NoLog, ProcessLog, activities, edges, outline, summary, variants
from tests.unit.store.files import load, opened

HEADER = "case_id,activity,at,lifecycle,employee"
START = datetime(2026, 3, 2, 9)
DAY = [
    "1,call,2026-03-02 09:00,complete,Anna", "1,visit,2026-03-02 10:00,start,Boris",
    "1,visit,2026-03-02 12:00,complete,Boris", "1,pay,2026-03-02 12:30,complete,Anna",
    "2,call,2026-03-02 09:00,complete,Anna", "2,visit,2026-03-02 11:00,start,Boris",
    "2,visit,2026-03-02 12:00,complete,Boris", "2,visit,2026-03-02 15:00,start,Boris",
    "2,visit,2026-03-02 17:00,complete,Boris", "2,pay,2026-03-02 17:00,complete,Anna",
    "3,call,2026-03-02 09:00,assign,Anna", "3,call,2026-03-02 09:30,complete,Anna",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def test_a_log_by_hand(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "log.csv", "events", [HEADER, *DAY])
    log = ProcessLog(Reader(store))
    found = summary(log)
    assert (found.cases, found.events, found.activities, found.variants) == (3, 8, 3, 3)
    assert (found.rework_cases, found.median_hours) == (1, 3.5)
    assert found.mean_hours == pytest.approx((3.5 + 8 + 0) / 3)
    assert {one.path: one.cases for one in variants(log)} == {
        ("call", "visit", "pay"): 1, ("call", "visit", "visit", "pay"): 1, ("call",): 1,
    }  # fmt: skip
    flow = {(one.before, one.after): (one.count, one.cases, one.median_hours) for one in edges(log)}
    assert flow == {
        ("call", "visit"): (2, 2, 1.5), ("visit", "pay"): (2, 2, 0.25), ("visit", "visit"): (1, 1, 3.0),
    }  # fmt: skip
    steps = {one.name: (one.count, one.cases, one.begins, one.ends) for one in activities(log)}
    assert steps == {"call": (3, 3, 3, 1), "visit": (3, 2, 0, 0), "pay": (2, 2, 0, 2)}
    assert next(one for one in activities(log) if one.name == "visit").median_hours == 2


def test_the_outline_of_whole_and_narrowed_logs(store: Store, tmp_path: Path) -> None:
    north, south = ([f"{branch}{row},{branch}" for row in DAY] for branch in ("N", "S"))
    load(store, tmp_path, "log.csv", "events", [f"{HEADER},branch", *north, *south[:-3]])
    for where in ((), (("branch", ("N",)),), (("employee", ("Boris",)),)):
        log = ProcessLog(Reader(store), where)
        told, flow = outline(log), edges(log)
        assert (log.loaded_cases is None) == (where == (("employee", ("Boris",)),)), "events of a case are missing"
        assert told.follows == {(one.before, one.after): one.count for one in flow}
        assert told.ways == {one.path: one.cases for one in variants(log)}
        assert told.starts == {one.name: one.begins for one in activities(log) if one.begins}
        assert told.ends == {one.name: one.ends for one in activities(log) if one.ends}
    with pytest.raises(NoLog):
        outline(ProcessLog(Reader(store), (("employee", ("Nobody",)),)))


def test_what_one_person_did(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "log.csv", "events", [HEADER, *DAY])
    found = summary(ProcessLog(Reader(store), (("employee", ("Boris",)),)))
    assert (found.cases, found.events, found.activities) == (2, 3, 1)


def test_nothing_is_loaded(store: Store) -> None:
    with pytest.raises(NoLog):
        summary(ProcessLog(Reader(store)))


Event = tuple[int, str, int]
EVENTS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abcdé"), st.integers(0, 8)), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_any_log(tmp_path_factory: pytest.TempPathFactory, events: Sequence[Event]) -> None:
    folder = tmp_path_factory.mktemp("log")
    rows = [f"{case},{name},{START + timedelta(hours=hour):%Y-%m-%d %H:%M}" for case, name, hour in events]
    with opened(folder) as made:
        load(made, folder, "log.csv", "events", ["case_id,activity,at", *rows])
        log = ProcessLog(Reader(made))
        found, ways, flow, told = summary(log), variants(log), edges(log), outline(log)
    cases: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda one: one[2]):  # ties stay in file order
        cases.setdefault(event[0], []).append(event)
    paths = Counter(tuple(name for _, name, _ in case) for case in cases.values())
    spans = [case[-1][2] - case[0][2] for case in cases.values()]
    assert {one.path: one.cases for one in ways} == paths
    assert found.variants == len(paths)
    assert found.rework_cases == sum(n for path, n in paths.items() if len(set(path)) < len(path))
    assert found.median_hours == pytest.approx(median(spans))
    followed = Counter(pair for path, n in paths.items() for pair in list(pairwise(path)) * n)
    assert {(one.before, one.after): one.count for one in flow} == followed == told.follows
    assert told.ways == paths
    assert told.starts == Counter(path[0] for path, n in paths.items() for _ in range(n))
    assert told.ends == Counter(path[-1] for path, n in paths.items() for _ in range(n))
