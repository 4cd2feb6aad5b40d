"""What would change, and what it costs: against plain Python that goes through every case again, moment by moment."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

import numpy as np
import pytest

from data.access.reader import Reader
from data.store.entries import ProcessSettings, WorkingHours
from data.store.store import Store
from kpi.process import ProcessLog, summary
from kpi.process.cost import by_step, months, wastes
from kpi.process.whatif import Change, Queue, replay
from tests.oracle.process import brute
from tests.oracle.process.brute import Done, Row
from tests.unit.store.files import load, opened

START = datetime(2026, 4, 28, 8)
HEADER = "case_id,activity,at,started_at,employee,is_superfluous,cost"
OFFICE = WorkingHours()


def made(cases: int = 70) -> list[Row]:
    """Cases whose steps overlap now and then, some without a start, a cost, or with a mark; no two moments alike."""
    chance, rows = Random(11), []
    for case in range(cases):
        at = START + timedelta(hours=3 * case)
        for _ in range(chance.randint(1, 7)):
            at += chance.randint(1, 60) * brute.STEP
            began = None if chance.random() < 0.15 else at - chance.randint(0, 50) * brute.STEP
            cost = chance.choice([None, None, 50.0])
            rows.append(Row(str(case), chance.choice("abcd"), at, None, began, "Anna", chance.random() < 0.1, cost))
    return rows


LOG = made()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("whatif")
    with opened(folder) as found:
        load(found, folder, "log.csv", "events", [HEADER, *(line(row) for row in LOG)])
        yield found


def line(row: Row) -> str:
    started = "" if row.started_at is None else f"{row.started_at:%Y-%m-%d %H:%M}"
    cost = "" if row.cost is None else row.cost
    return (
        f"{row.case},{row.activity},{row.at:%Y-%m-%d %H:%M},{started},{row.employee},{str(row.needless).lower()},{cost}"
    )


def pieces(done: Sequence[Done], hours: WorkingHours | None) -> list[tuple[Done, float, float]]:
    """Every execution with the wait before it and what it adds beyond what still ran."""
    busy, found = min(one.started or one.row.at for one in done), []
    for one in done:
        begins = max(one.started or one.row.at, busy)
        wait = brute.worked(busy, begins, hours)
        found.append((one, wait, brute.worked(busy, one.row.at, hours) - wait))
        busy = one.row.at
    return found


def again(cases: dict[str, list[Done]], change: Change, hours: WorkingHours | None) -> list[float]:
    """The time of each case, gone through again."""
    cut = {name: pieces(done, hours) for name, done in cases.items()}
    waits: dict[str, list[float]] = defaultdict(list)
    for steps in cut.values():
        for one, wait, _ in steps[1:]:
            waits[one.row.activity].append(wait)
    queues = dict(change.queues)
    times = []
    for steps in cut.values():
        clock = 0.0
        for one, wait, work in steps:
            name = one.row.activity
            if name in change.left_out:
                continue
            if name in queues:
                wait = 0.0 if queues[name] == "none" else min(wait, float(np.quantile(waits[name], 0.25)))
            clock += wait + work
        times.append(clock)
    return times


CHANGES = {
    "one out": Change(("a",)), "two out": Change(("b", "d")), "no queue": Change((), (("c", "none"),)),
    "short queue": Change((), (("c", "quarter"), ("b", "quarter"))), "both": Change(("a",), (("b", "none"),)),
    "all out": Change(("a", "b", "c", "d")), "unknown": Change(("nobody",), (("knows", "none"),)),
}  # fmt: skip


@pytest.mark.parametrize("hours", [None, OFFICE], ids=["round the clock", "office"])
@pytest.mark.parametrize("name", CHANGES)
def test_replayed(store: Store, name: str, hours: WorkingHours | None) -> None:
    change, cases = CHANGES[name], brute.executions(LOG)
    log = ProcessLog(Reader(store), settings=ProcessSettings((), 600.0, (), 20.0, hours))
    found = replay(log, change, 20.0)
    before, after = again(cases, Change(), hours), again(cases, change, hours)
    for outcome, times in ((found.before, before), (found.after, after)):
        assert outcome.median_hours == pytest.approx(np.median(times))
        assert outcome.mean_hours == pytest.approx(np.mean(times))
        assert outcome.late == pytest.approx(np.mean([time > 20 for time in times]))
        assert sum(outcome.spread) == len(cases)
    costs = [
        (one.row.activity, cost) for done in cases.values() for one in done
        if (cost := brute.cost_of(one, hours, 600.0)) is not None
    ]  # fmt: skip
    assert found.before.cost == pytest.approx(sum(cost for _, cost in costs))
    kept = [cost for activity, cost in costs if activity not in change.left_out]
    assert found.after.cost == pytest.approx(sum(kept))
    assert found.cases == len(cases)


def test_nothing_changed_is_the_log_as_it_is(store: Store) -> None:
    log = ProcessLog(Reader(store), settings=ProcessSettings((), 600.0))
    found = replay(log, Change(), 20.0)
    assert found.before == found.after
    assert found.touched == 0
    assert found.before.median_hours == pytest.approx(summary(log).median_hours)
    assert found.before.mean_hours == pytest.approx(summary(log).mean_hours)


@pytest.mark.parametrize("queue", ["quarter", "none"])
def test_a_shorter_queue_never_makes_a_case_longer(store: Store, queue: Queue) -> None:
    found = replay(ProcessLog(Reader(store)), Change((), tuple((name, queue) for name in "abcd")), None)
    assert found.after.mean_hours < found.before.mean_hours


@pytest.mark.parametrize("marks", [(), ("a", "c")])
def test_wastes(store: Store, marks: tuple[str, ...]) -> None:
    log = ProcessLog(Reader(store), settings=ProcessSettings(marks, 600.0))
    expected: dict[tuple[str, str, date], list[tuple[str, float, float | None]]] = defaultdict(list)
    for case, done in brute.executions(LOG).items():
        for one, wait, work in pieces(done, None):
            marked = one.row.needless or one.row.activity in marks
            if marked or one.nth > 1:
                key = one.row.activity, "superfluous" if marked else "repeat", one.row.at.date().replace(day=1)
                expected[key].append((case, wait + work, brute.cost_of(one, None, 600.0)))
    found = {(one.activity, str(one.why), one.month): one for one in wastes(log)}
    assert found.keys() == expected.keys()
    for key, rows in expected.items():
        assert (found[key].count, found[key].cases) == (len(rows), len({case for case, _, _ in rows}))
        assert found[key].hours == pytest.approx(sum(hours for _, hours, _ in rows))
        assert found[key].cost == pytest.approx(sum(cost for _, _, cost in rows if cost is not None), nan_ok=True)


def test_months() -> None:
    assert months(date(2026, 10, 1), date(2026, 10, 31)) == 1
    assert months(date(2025, 11, 1), date(2026, 10, 31)) == 12
    assert months(date(2026, 10, 5), date(2026, 10, 5)) == pytest.approx(12 / 365.25)


def test_what_is_not_known_is_counted(store: Store) -> None:
    unpriced = [row for row in LOG if row.cost is None and row.started_at is None]
    log = ProcessLog(Reader(store), settings=ProcessSettings((), 600.0))
    found = replay(log, Change(("a",)), None)
    assert (found.unpriced, found.unstarted) == (len(unpriced), sum(row.started_at is None for row in LOG))
    untold = [
        one for done in brute.executions(LOG).values() for one in done
        if (one.row.needless or one.nth > 1) and brute.cost_of(one, None, 600.0) is None
    ]  # fmt: skip
    assert sum(waste.unpriced for waste in wastes(log)) == len(untold)


def test_months_add_up_by_step(store: Store) -> None:
    found = wastes(ProcessLog(Reader(store), settings=ProcessSettings(("a",), 600.0)))
    added = {(one.activity, one.why): one for one in by_step(found)}
    for key, one in added.items():
        mine = [waste for waste in found if (waste.activity, waste.why) == key]
        assert one.count == sum(waste.count for waste in mine)
        assert one.hours == pytest.approx(sum(waste.hours for waste in mine))
        assert one.cost == pytest.approx(sum(waste.cost for waste in mine if waste.cost == waste.cost))
    assert sum(one.count for one in added.values()) == sum(waste.count for waste in found)
    costs = [one.cost for one in by_step(found)]
    assert costs == sorted(costs, reverse=True)
