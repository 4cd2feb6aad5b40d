"""Whatever is done to a formula: it is read, or refused in words; what is read becomes SQL whose only values are
parameters, and runs in little time and memory.

A few thousand mutations in each run; a million in the slow tests.
"""

import random
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.errors import UserError
from data.expression import Params, written
from data.store.entries import CustomKpi
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import Catalogue, catalogue
from kpi.custom.binding import Known, known
from kpi.custom.definition import Made, made
from kpi.custom.examples import EXAMPLES
from kpi.custom.limits import SECONDS
from kpi.custom.vocabulary import tables
from kpi.custom.words import ALL
from kpi.evaluate import evaluate
from kpi.model import Kpi, Query
from kpi.targets import TargetBook
from tests.oracle.conftest import opened, publish
from tests.oracle.plain import BUSINESS
from tests.unit.custom.attacks import ATTACKS
from tests.unit.custom.compiled import sql_of

SEEDS = [
    *(formula for _, formula in EXAMPLES), *(word.example for word in ALL),
    "доля(Выручка > 5000, Статус = «Выполнен» и Филиал = 'Центр')", "100 * ratio(discount, gross) - revenue / 3",
    "count(orders, weekday in (6, 7) and created_at >= '2026-10-01' or not is_rework)",
    "average(surveys.score, audience = 'client')", "total(amount, kind = 'rent') / total(worked_hours) * period_days",
    "median(minutes(created_at, responded_at), service <> 'x''y' and revenue is not null)",
]  # fmt: skip
PIECES = [
    "(", ")", ",", ".", "'", '"', "`", "--", "/*", "*/", ";", "=", "<>", ">=", "+", "-", "*", "/", " and ", " or ",
    "not ",
    " in ", " is null", " is not null", "true", "null", "now", "day", "weekday", "0", "1", "99999999999999", "0.1",
    "''",
    "'x'", "revenue", "status", "orders", "score", "client_id", "surveys", "audience = 'client'", "select ", "$p0",
    "\x00",
    "\u202e", "\ud800", "é", "Выручка", "«", "»", "share(", "total(", "count(", "hours(", "coalesce(", "first_of(",
    "add_days(", "date(", "or_zero(", "period_days", "is_rework", "created_at", "(((((((", "-----", "in ()", "1 or 1=1",
]  # fmt: skip
LITERALS = re.compile(r"'|(?<![\w$\".])(?!3\.6e9|6e7|8\.64e10|0\b)\d")
"""A text or number in SQL; but for the ones of the program's own templates."""
AT_ONCE = 25
"""KPIs computed in one query, as a page does."""
MEMORY = 300 << 20
"""Bytes that all of it may take beyond what was there."""


def mutated(chance: random.Random) -> str:
    text = chance.choice(SEEDS if chance.random() < 0.97 else ATTACKS)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        at, until = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        until = min(until, at + chance.choice((0, 1, 3, 12)))
        new = chance.choice(
            (chance.choice(PIECES), "", chance.choice(SEEDS)[: chance.randint(1, 30)], text[at:until] * 2)
        )
        text = text[:at] + new + text[until:]
    return text


def tried(formula: str, what: Known, number: int = 0) -> Made | None:
    """What was made of it; None: it was refused."""
    try:
        return made(CustomKpi(f"own_x{number}", "X", "", formula, "finance", "count", "higher"), what, {})
    except UserError:
        return None


def only_parameters(kpis: tuple[Kpi, ...]) -> None:
    for kpi in kpis:
        if kpi.kind == "value":
            params = Params()
            sql = sql_of(kpi, params)
            found = LITERALS.search(sql)
            assert found is None, (kpi.definition, sql)
            assert set(re.findall(r"\$(\w+)", sql)) <= set(params.values)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("custom")) as found:
        for path in sorted(BUSINESS.glob("*.csv")):
            publish(found, path)
        yield found


def run(store: Store, found: list[Made], turn: int) -> None:
    """Computes them by month and member, in memory and in DuckDB by turns."""
    allowed = SECONDS * len(found)
    custom = {kpi.id: replace(kpi, seconds=allowed) for one in found for kpi in (one.kpi, *one.parts)}
    whole = Catalogue({**catalogue().kpis, **custom}, str(turn))
    reader = Reader(Unkept(store) if turn % 2 else store)
    ids = tuple(one.kpi.id for one in found)
    query = Query(ids, date(2024, 11, 1), date(2025, 3, 31), "month", (None, "employee", "weekday")[turn % 3])
    started = time.perf_counter()
    result = evaluate(reader, whole, query, TargetBook())
    assert time.perf_counter() - started < allowed
    assert not [why for why in result.unavailable.values() if "longer" in str(why) or "memory" in str(why)]
    assert set(result.frame["kpi"]) | set(result.unavailable) == set(ids)


def mutations(store: Store, count: int, seed: int) -> int:
    """Tries so many; every one that is read is computed. How many were."""
    chance, what, waiting, accepted = random.Random(seed), known(tables(), catalogue()), list[Made](), 0
    seen: set[str] = set()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for number in range(count):
        found = tried(mutated(chance), what, number)
        if found is not None:
            accepted += 1
            only_parameters((found.kpi, *found.parts))
            text = repr((written(found.tree), [part.relation for part in (found.kpi, *found.parts)]))
            waiting += [] if text in seen else [found]
            seen.add(text)
        if len(waiting) == AT_ONCE or (waiting and number == count - 1):
            run(store, waiting, number)
            waiting = []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < MEMORY
    return accepted


def test_mutations(store: Store, tmp_path: Path) -> None:
    assert mutations(store, 3_000, 1) > 100


@pytest.mark.slow
def test_a_million_mutations(store: Store) -> None:
    assert mutations(store, 1_000_000, 2) > 10_000
