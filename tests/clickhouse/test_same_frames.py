"""Two servers give the very frames that DuckDB gives: every KPI, by every grain, slice, filter and scope."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from data.access import reader
from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Grain, Query
from kpi.targets import TargetBook
from tests.oracle.plain import DIMENSIONS
from tests.oracle.test_values import ALL

pytestmark = pytest.mark.slow

FROM, TO = date(2024, 11, 1), date(2025, 3, 31)
SCOPES = {
    "owner": OWNER,
    "a team": Scope("lead", where=(("team", ("Blue",)),)),
    "two people": Scope("viewer", where=(("employee", ("Anna", "Boris")),)),
    "nobody": Scope("viewer", where=(("employee", ("Nobody",)),)),
    "not filled in": Scope("lead", where=(("account", ("",)),)),
    "some days": Scope("lead", since=date(2025, 1, 15), until=date(2025, 2, 20)),
}


@pytest.fixture(autouse=True)
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """All KPIs at once take long on a busy machine, whoever asks."""
    monkeypatch.setattr(reader, "SECONDS", dict.fromkeys(reader.SECONDS))


class Alone(Unkept):
    """The store without its engine."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.engine = None


def both(store: Store, scope: Scope, query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answer of the engine, which must have answered, and of DuckDB."""
    engine = store.engine
    assert engine is not None
    before = engine.counted
    there = evaluate(Reader(store, scope), catalogue(), query, TargetBook())
    new = {reason: n - before.get(reason, 0) for reason, n in engine.counted.items()}
    assert {reason for reason, n in new.items() if n} <= {"answered"}
    here = evaluate(Reader(Alone(store), scope), catalogue(), query, TargetBook())
    assert there.unavailable == here.unavailable
    return there.frame, here.frame


def same(frames: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """To nine digits, unknown where it is unknown, of the same types."""
    assert_frame_equal(*frames, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("grain", ["total", "day", "week", "month", "quarter", "year"])
def test_every_grain(store: Store, grain: Grain) -> None:
    same(both(store, OWNER, Query(ALL, FROM, TO, grain, compare=("previous", "year"))))


@pytest.mark.parametrize("by", [*DIMENSIONS, "client", "source", "branch", "role", "weekday"])
@pytest.mark.parametrize("grain", ["total", "week"])
def test_every_slice(store: Store, by: str, grain: Grain) -> None:
    same(both(store, OWNER, Query(ALL, FROM, TO, grain, by)))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("by", [None, "employee"])
def test_every_scope(store: Store, scope: str, by: str | None) -> None:
    same(both(store, SCOPES[scope], Query(ALL, FROM, TO, "month", by)))


@pytest.mark.parametrize(
    "where", [(("employee", ("Anna",)),), (("team", ("Blue", "")),), (("service", ("nothing of the kind",)),)]
)
def test_every_filter(store: Store, where: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    query = Query(ALL, FROM, TO, "month", None, where)
    same(both(store, OWNER, query))
    same(both(store, OWNER, replace(query, since=date(1990, 1, 1), until=date(1990, 12, 31), grain="total")))


def test_a_scope_never_shows_another_s_rows(store: Store) -> None:
    """Anna's share link, asked of the engine: her name is the only one, and the totals are hers."""
    frame, _ = both(store, SCOPES["a team"], Query(ALL, FROM, TO, "month", "team"))
    assert set(frame.loc[~frame["is_total"].astype(bool), "slice"].dropna()) <= {"Blue"}


def test_rounded_money_is_left_to_duckdb(store: Store) -> None:
    """Nobody tried whether both round to two figures alike: it is refused by name, and counted."""
    engine = store.engine
    assert engine is not None
    before = engine.counted.get("Round", 0)
    query, scope = Query(("revenue",), FROM, TO, "month"), Scope("viewer", money="rounded")
    there = evaluate(Reader(store, scope), catalogue(), query, TargetBook()).frame
    here = evaluate(Reader(Alone(store), scope), catalogue(), query, TargetBook()).frame
    same((there, here))
    assert engine.counted["Round"] == before + 1
