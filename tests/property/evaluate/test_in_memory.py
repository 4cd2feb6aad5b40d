"""What is counted in memory equals what DuckDB answers: any KPIs, days, steps, slices, filters and scopes, at any state
of the workspace: after a second import, an undo and a rebuild too."""

import random
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.access.columns import NotHeld
from data.access.reader import Reader
from data.errors import NotAllowed
from data.model import OWNER, Relation, Scope, Source
from data.rollup import Rollup
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.compile import Page, calendar, compile_query, resolve
from kpi.evaluate import availability, evaluate, leaves_of, rows_behind
from kpi.evaluate.in_memory import from_memory
from kpi.model import GRAINS, Against, Query
from kpi.targets import TargetBook
from tests.oracle.conftest import opened, publish
from tests.oracle.plain import BUSINESS

FIRST, DAYS = date(2024, 11, 1), 150
BRANCHES = ("North", "South", "Ёлки, «1»", "")
EMPLOYEES = ("Anna", "Boris", "Вера", "Nobody", "")
SEVERAL = 60
"""Questions asked of each state."""


@dataclass(frozen=True)
class Forgetful:
    """The same store without a memory: everything is asked of DuckDB."""

    store: Store
    """The workspace."""
    memory: None = None
    """Nothing is kept."""
    turns: None = None
    """Nobody else asks."""
    engine: None = None
    """Nobody else answers."""
    rollups: Mapping[str, tuple[Rollup, ...]] = field(default_factory=dict)
    """Nothing is counted ahead."""

    @property
    def data_version(self) -> int:
        return self.store.data_version

    def relations(self) -> Mapping[str, Relation]:
        return self.store.relations()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.store.cursor()

    def reading(self, relations: Collection[str]) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return self.store.reading(relations)


def asked(store: Store, chance: random.Random) -> Query:
    """A question nobody has thought of."""
    here = availability(store.relations(), catalogue())
    known = [id_ for id_, found in here.items() if found.computable and id_ != "goals_met"]
    kpis = tuple(chance.sample(known, min(len(known), chance.randint(1, 6))))
    since = FIRST + timedelta(days=chance.randint(-40, DAYS))
    until = since + timedelta(days=chance.choice((0, 3, 30, 58, 89, 200)))
    by = chance.choice((None, "branch", "team", "employee", "weekday", "service"))
    dimensions = chance.sample(("branch", "employee", "team", "weekday"), chance.choice((0, 0, 1, 2)))
    where = tuple((name, members(name, chance)) for name in dimensions)
    compare = chance.choice(((), ("previous",), ("previous", "year"), ("year",)))
    other = FIRST + timedelta(days=chance.randint(-40, DAYS))
    against = chance.choice((None, Against(since, other, other + timedelta(days=chance.choice((0, 6, 30, 89))))))
    return Query(kpis, since, until, chance.choice(GRAINS), by, where, compare, against)  # type: ignore[arg-type]


def members(name: str, chance: random.Random) -> tuple[str, ...]:
    known = {"branch": BRANCHES, "employee": EMPLOYEES, "team": ("Blue", "Red", ""), "weekday": ("1", "2", "3", "6")}
    return tuple(sorted(chance.sample(known[name], chance.randint(1, 3))))


def scopes(chance: random.Random) -> Scope:
    narrowed = Scope("viewer", None, (("branch", members("branch", chance)),))
    return chance.choice((OWNER, OWNER, narrowed))


def same_answers(store: Store, seed: int) -> None:
    """Asks both ways; a difference names the question."""
    chance = random.Random(seed)
    for _ in range(SEVERAL):
        query, scope = asked(store, chance), scopes(chance)
        ours = evaluate(Reader(store, scope), catalogue(), query, TargetBook())
        plain = evaluate(Reader(Forgetful(store), scope), catalogue(), query, TargetBook())
        for column in ("rows", "used", "eligible"):
            np.testing.assert_array_equal(ours.frame[column], plain.frame[column], err_msg=f"{column} of {query}")
        pd.testing.assert_frame_equal(ours.frame, plain.frame, rtol=1e-9, atol=1e-8, obj=f"{query} for {scope}")
        assert ours.unavailable == plain.unavailable


@pytest.fixture(scope="module")
def business(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Every fact, a few rows each."""
    with opened(tmp_path_factory.mktemp("business")) as found:
        for path in sorted(BUSINESS.glob("*.csv")):
            publish(found, path)
        yield found


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4))])
def test_every_fact(business: Store, seed: int) -> None:
    same_answers(business, seed)


def test_imports_undo_and_rebuild(tmp_path: Path) -> None:
    with opened(tmp_path / "workspace") as store:
        publish(store, written(tmp_path / "staff.csv", STAFF), "staff")
        publish(store, written(tmp_path / "a.csv", orders(1, lines=False)), "orders")
        same_answers(store, 11)
        publish(store, written(tmp_path / "b.csv", orders(2, lines=True)), "orders")
        same_answers(store, 12)
        publish(store, written(tmp_path / "c.csv", orders(3, lines=False)), "orders")
        store.undo(store.imports()[1].import_id)
        same_answers(store, 13)
        store.rebuild()
        same_answers(store, 14)
        assert store.memory.size > 0


def test_what_is_usual_is_counted_in_memory(business: Store) -> None:
    reader, known = Reader(business), catalogue()
    relations = reader.relations()
    found = [resolve(kpi, known, relations) for kpi in known.visible()]
    public = [r for r in found if not r.missing and not r.stages and "surveys" not in r.relations]
    query = Query(tuple(r.kpi.id for r in public), FIRST, FIRST + timedelta(days=DAYS), "month", None)
    days = calendar(query, FIRST, FIRST + timedelta(days=DAYS))
    compiled = compile_query(query, public, reader.sources(), days, OWNER)
    assert set(from_memory(compiled.plan, reader)) == set(reader.columns(compiled.statement)[0])


def test_nothing_outside_a_scope_is_counted(business: Store) -> None:
    query = Query(("orders_done", "revenue", "lead_time_hours"), by="employee", grain="month")
    scope = Scope("viewer", None, (("branch", ("North",)),))
    narrowed = Query(query.kpis, by="employee", grain="month", where=scope.where)
    everything = evaluate(Reader(business), catalogue(), query, TargetBook()).frame
    seen = evaluate(Reader(business, scope), catalogue(), query, TargetBook()).frame
    filtered = evaluate(Reader(business), catalogue(), narrowed, TargetBook()).frame
    assert seen["rows"].sum() < everything["rows"].sum()
    assert seen["value"].round(6).tolist() == pytest.approx(filtered["value"].round(6).tolist(), nan_ok=True)
    with pytest.raises(NotAllowed):
        Reader(business, scope).at_hand(Source(business.relations()["orders"], OWNER), None, ())


def test_a_relation_too_large_for_the_memory_is_left_to_duckdb(business: Store) -> None:
    held, business.memory.most = business.memory.most, 10
    try:
        with pytest.raises(NotHeld):
            Reader(business).at_hand(Source(business.relations()["orders"], OWNER), None, ())
        same_answers(business, 5)
    finally:
        business.memory.most = held


STAFF = [
    "employee,branch,team,role,hired_on,valid_from",
    "Anna,North,Blue,Master,2024-01-01,",
    "Anna,North,Red,Master,2024-01-01,2025-01-07",
    "Boris,North,Blue,Master,2024-05-01,",
    "Boris,South,Red,Master,2024-05-01,",
    "Вера,South,,Master,2024-05-01,",
]


def orders(seed: int, *, lines: bool) -> list[str]:
    """Orders as they are: cells missing, amounts in kopecks; some of several rows where `lines`."""
    chance = random.Random(seed)
    made = ["order_id,branch,employee,service,client,created_at,responded_at,started_at,finished_at,status,revenue"]
    made[0] += ",material_cost,is_rework,is_prebooked"
    for number in range(300):
        moment = FIRST + timedelta(days=chance.randint(0, DAYS))
        hour = chance.randint(8, 18)
        cells = [
            f"{seed}-{number // 2 if lines and number < 100 else number}",
            f'"{chance.choice(BRANCHES)}"',
            chance.choice(EMPLOYEES),
            chance.choice(("Cut", "Repair", "")),
            chance.choice(("79001112233", "Bob", "Ann", "")),
            f"{moment - timedelta(days=chance.randint(0, 2))} {hour:02}:{chance.randint(0, 59):02}",
            chance.choice(("", f"{moment} {hour:02}:{chance.randint(0, 59):02}")),
            chance.choice(("", f"{moment} {hour:02}:00")),
            f"{moment} {hour + 1:02}:{chance.randint(0, 59):02}",
            chance.choice(("done", "done", "done", "no_show", "cancelled", "")),
            chance.choice(("", f"{chance.randint(1, 900000) / 100:.2f}")),
            chance.choice(("", f"{chance.randint(1, 90000) / 100:.2f}")),
            chance.choice(("yes", "no", "")),
            chance.choice(("yes", "no", "")),
        ]
        made.append(",".join(cells))
    return made


def written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_the_rows_behind_a_number_are_its_rows(business: Store) -> None:
    chance, reader = random.Random(3), Reader(business)
    here = availability(reader.relations(), catalogue())
    for id_ in [id_ for id_, found in here.items() if found.computable and found.kpi.kind == "value"]:
        (leaf,) = leaves_of(reader, catalogue(), id_)
        if leaf.window != "period" or leaf.relation == "surveys" or reader.relations()[leaf.relation or ""].has_lines:
            continue
        since = FIRST + timedelta(days=chance.randint(0, DAYS))
        query = Query((id_,), since, since + timedelta(days=60), where=chance.choice(((), (("branch", ("North",)),))))
        rows = evaluate(reader, catalogue(), query, TargetBook()).frame
        behind = rows_behind(reader, leaf, query, page=Page(limit=3))
        assert behind.total == sum(rows["eligible"]), id_
        assert len(behind.frame) == min(3, behind.total)
        assert behind.frame["day"].is_monotonic_decreasing
