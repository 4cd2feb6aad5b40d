"""Custom formulas equal hand-written SQL over the tiny business: totals, months, ranges, slices, previous periods."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.store.entries import CustomKpi
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.custom.joined import joined
from kpi.evaluate import evaluate, leaves_of, rows_behind
from kpi.model import Query, Result
from kpi.targets import TargetBook
from tests.oracle.plain import DIMENSIONS, Oracle, Plain, previous_month, previous_range
from tests.oracle.test_values import FEBRUARY, MONTHS, RANGE, differences

Ask = Callable[[Query], Result]


@cache
def entries() -> dict[str, tuple[str, Oracle]]:
    """KPI id → its formula and its oracle."""
    table = tomllib.loads(Path(__file__).with_name("custom.toml").read_text("utf-8"))
    return {
        f"own_{name}": (
            entry["formula"],
            Oracle(
                f"own_{name}", tuple(entry["facts"]), entry["sql"], frozenset(entry["by"]) if "by" in entry else None
            ),
        )
        for name, entry in table.items()
    }


@cache
def definitions() -> Catalogue:
    said = tuple(
        CustomKpi(id_, id_.replace("_", " "), "", formula, "finance", "count", "higher")
        for id_, (formula, _) in entries().items()
    )
    found = joined(said)
    assert not found.problems
    return found.catalogue


@pytest.fixture(scope="module", params=["in memory", "in DuckDB"])
def ask(request: pytest.FixtureRequest, store: Store) -> Ask:
    reader = Reader(store if request.param == "in memory" else Unkept(store))
    answers: dict[Query, Result] = {}

    def answer(query: Query) -> Result:
        if query not in answers:
            answers[query] = evaluate(reader, definitions(), query, TargetBook())
        return answers[query]

    return answer


def queries(by: str | None) -> tuple[Query, Query, Query]:
    ids = tuple(entries())
    return (
        Query(ids, MONTHS[0].since, MONTHS[-1].until, "month", by),
        Query(ids, FEBRUARY.since, FEBRUARY.until, "total", by),
        Query(ids, RANGE.since, RANGE.until, "total", by),
    )


@pytest.mark.parametrize("kpi", list(entries()))
def test_totals(ask: Ask, plain: Plain, kpi: str) -> None:
    plain.limit(None)
    oracle = entries()[kpi][1]
    month, february, range_ = queries(None)
    wrong = [line for w in MONTHS for line in differences(ask(month), oracle, plain, w, previous_month, None)]
    wrong += differences(ask(february), oracle, plain, FEBRUARY, previous_month, None)
    wrong += differences(ask(range_), oracle, plain, RANGE, previous_range, None)
    assert not wrong


@pytest.mark.parametrize("by", DIMENSIONS)
def test_slices(ask: Ask, plain: Plain, by: str) -> None:
    month, february, _ = queries(by)
    wrong = []
    for member in plain.members(by):
        to = (by, member)
        plain.limit(to)
        for oracle in (one for _, one in entries().values() if by in one.tried):
            for window in MONTHS[2:]:
                wrong += [(oracle.kpi, *differences(ask(month), oracle, plain, window, previous_month, to))]
            wrong += [(oracle.kpi, *differences(ask(february), oracle, plain, FEBRUARY, previous_month, to))]
    assert not [line for line in wrong if len(line) > 1]


def test_the_rows_behind_are_those_that_count(store: Store) -> None:
    """Of one table: as many as the value says; of two tables: those of each part."""
    reader = Reader(store)
    query = Query(("own_clients_say",), FEBRUARY.since, FEBRUARY.until)
    (leaf,) = leaves_of(reader, definitions(), "own_clients_say")
    rows = evaluate(reader, definitions(), query, TargetBook()).frame
    assert rows_behind(reader, leaf, query).total == int(rows["eligible"].iloc[0])
    parts = leaves_of(reader, definitions(), "own_earned_per_worked_hour")
    assert [part.relation for part in parts] == ["orders", "shifts"]
    assert all(rows_behind(reader, part, query).total > 0 for part in parts)
