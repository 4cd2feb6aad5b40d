"""Two groups of cases, and cases beside the intended way: against plain Python, case by case."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from data.access.reader import Reader
from data.store.entries import ProcessSettings
from data.store.store import Store
from kpi.process import ProcessLog
from kpi.process.comparing import compared, members
from kpi.process.conformance import conformance
from kpi.process.narrowed import Narrowed, codes_of
from kpi.process.reference import deviations
from tests.oracle.process import brute
from tests.oracle.process.brute import Done
from tests.oracle.process.test_whatif import HEADER, LOG, line, pieces
from tests.unit.store.files import load, opened

SPLIT = date(2026, 5, 3)
SAID = ProcessSettings(("a",), 600.0, (), 20.0)
FIRST, SECOND = (date(2026, 1, 1), date(2026, 5, 2)), (SPLIT, date(2026, 12, 31))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("beside")
    with opened(folder) as found:
        load(found, folder, "log.csv", "events", [HEADER, *(line(row) for row in LOG)])
        yield found


def halves() -> tuple[list[list[Done]], list[list[Done]]]:
    """The cases by the day of their last event."""
    cases = list(brute.executions(LOG).values())
    before = [done for done in cases if done[-1].row.at.date() < SPLIT]
    return before, [done for done in cases if done[-1].row.at.date() >= SPLIT]


def hours(done: Sequence[Done]) -> float:
    return sum(wait + work for _, wait, work in pieces(done, None))


def waits(cases: Sequence[Sequence[Done]]) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for done in cases:
        for one, other in pairwise(done):
            begins = other.started or other.row.at
            found[one.row.activity, other.row.activity].append(max((begins - one.row.at).total_seconds() / 3600, 0))
    return found


def test_before_and_after(store: Store) -> None:
    one, other = (Narrowed(Reader(store), settings=SAID, days=days) for days in (FIRST, SECOND))
    found = compared(one, other)
    assert found.cases == tuple(len(half) for half in halves())
    for place, half in enumerate(halves()):
        times = [hours(done) for done in half]
        wasted = [sum(d.nth > 1 or d.row.activity == "a" or bool(d.row.needless) for d in done) for done in half]
        expected = {
            "throughput": np.median(times), "late": np.mean([time > 20 for time in times]),
            "rework": np.mean([any(d.nth > 1 for d in done) for done in half]),
            "superfluous": sum(wasted) / sum(len(done) for done in half),
        }  # fmt: skip
        for name, value in expected.items():
            told = found.figures[name]  # type: ignore[index]
            assert (told.first, told.second)[place] == pytest.approx(value), name
    for move in found.moves:
        for place, half in enumerate(halves()):
            mine = waits(half)[move.before, move.after]
            assert (move.wait.first, move.wait.second)[place] == pytest.approx(np.median(mine))
            assert move.wait.cases[place] == len(mine)
    both = waits(halves()[0]).keys() & waits(halves()[1]).keys()
    assert {(move.before, move.after) for move in found.moves} == both


@pytest.mark.parametrize("reference", [("a", "b", "c"), ("d",), ("a", "x", "b")])
def test_beside_the_intended_way(store: Store, reference: tuple[str, ...]) -> None:
    found = conformance(ProcessLog(Reader(store), settings=SAID), reference)
    cases = list(brute.executions(LOG).values())
    differ = [deviations(tuple(one.row.activity for one in done), reference) for done in cases]
    assert (found.cases, found.unseen) == (len(cases), 0)
    assert found.conforming == sum(not one for one in differ)
    good = [hours(done) for done, one in zip(cases, differ, strict=True) if not one]
    bad = [hours(done) for done, one in zip(cases, differ, strict=True) if one]
    assert found.mean_hours == pytest.approx(
        [np.mean(times) if times else np.nan for times in (good, bad)], nan_ok=True
    )
    in_cases, times = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    added, roubles = defaultdict[tuple[str, str], float](float), defaultdict[tuple[str, str], float](float)
    for done, mine in zip(cases, differ, strict=True):
        cut = pieces(done, None)
        in_cases.update({(one.kind, one.activity) for one in mine})
        for one in mine:
            times[one.kind, one.activity] += 1
            if one.kind in ("extra", "repeated") and one.place is not None:
                piece, wait, work = cut[one.place]
                added[one.kind, one.activity] += wait + work
                roubles[one.kind, one.activity] += brute.cost_of(piece, None, 600.0) or 0
    assert {(told.kind, told.activity): told.cases for told in found.found} == in_cases
    for told in found.found:
        assert told.times == times[told.kind, told.activity]
        assert told.hours == pytest.approx(added[told.kind, told.activity])
        if told.cost == told.cost:
            assert told.cost == pytest.approx(roubles[told.kind, told.activity])


def test_one_way_and_whole_cases_only(store: Store, tmp_path: object) -> None:
    paths = Counter(tuple(one.row.activity for one in done) for done in brute.executions(LOG).values())
    way = paths.most_common(1)[0][0]
    log = ProcessLog(Reader(store))
    narrowed = Narrowed(Reader(store), way=codes_of(log, way))
    assert narrowed.ask("select count(*) as n from cases")["n"][0] == paths[way]
    assert codes_of(log, ("a", "nobody")) == ()


def test_members_of_a_dimension(store: Store) -> None:
    log = ProcessLog(Reader(store))
    assert members(log, "employee", (date(2026, 1, 1), date(2026, 12, 31))) == ("Anna",)
    assert members(log, "branch", (date(2026, 1, 1), date(2026, 12, 31))) == ()
