"""The log of targets: nothing is taken out of it, and old workspaces are brought into it."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.store.entries import Entries, NewTarget, Number
from data.store.entries.database.migrate import FOLDER

D = date.fromisoformat


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2026, 11, 5, 10)]


@pytest.fixture
def entries(tmp_path: Path, clock: list[datetime]) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: clock[0])
    yield made
    made.close()


def cell(month: int, value: float) -> NewTarget:
    last = date(2026, month, 30)
    return NewTarget("revenue", "plan", None, date(2026, month, 1), last, "month", good_low=value)


def test_a_step_is_taken_back_whole_and_stays_in_the_log(entries: Entries, clock: list[datetime]) -> None:
    entries.set_target("revenue", good_low=50, valid_from=D("2026-01-01"))
    step = entries.change_targets([cell(11, 80), cell(9, 70)], action="import", file="plan.csv")
    assert [row.good_low for row in entries.targets()] == [50, 70, 80]
    clock[0] = datetime(2026, 11, 9, 12)
    entries.undo_targets(step, "wrong")
    assert [row.good_low for row in entries.targets()] == [50]
    assert [(s.action, s.undoes, s.note) for s in entries.target_steps()] == [
        ("set", None, ""), ("import", None, ""), ("undo", step, "wrong"),
    ]  # fmt: skip
    assert [row.undone for row in entries.target_changes()] == [None, D("2026-11-09"), D("2026-11-09")]
    for wrong, error in ((step, UserError), (3, UserError), (9, UnknownName)):
        with pytest.raises(error):
            entries.undo_targets(wrong)


def test_what_was_before_is_kept_with_the_change(entries: Entries) -> None:
    entries.set_target("revenue", good_low=50, ok_low=40, valid_from=D("2026-01-01"))
    entries.change_targets([cell(11, 80)])
    entries.change_targets([cell(11, 85)])
    entries.remove_target("revenue")
    before = [row.before for row in entries.target_changes()]
    assert before == [
        None, '{"kind": "fixed", "good_low": 50.0, "ok_low": 40.0}',
        '{"kind": "plan", "grain": "month", "good_low": 80.0}',
        '{"kind": "fixed", "good_low": 50.0, "ok_low": 40.0}',
    ]  # fmt: skip


def test_a_number_of_a_rule_is_stored_once(entries: Entries, clock: list[datetime]) -> None:
    entries.change_targets([NewTarget("revenue", "rule", grain="month", rule="{}")])
    (row,) = entries.targets()
    first = Number(D("2026-11-01"), D("2026-11-30"), (10.0, None, 9.0, None), 8.0, clock[0])
    entries.keep_numbers({row.id: [first]})
    entries.keep_numbers({row.id: [Number(first.first, first.last, (99.0, None, None, None), 99.0, clock[0])]})
    assert entries.targets()[0].numbers == (first,)


def test_the_example_leaves_no_history(entries: Entries) -> None:
    step = entries.change_targets([cell(11, 80)])
    entries.undo_targets(step)
    entries.set_target("rating", good_low=4)
    entries.forget_targets([step])
    assert [row.kpi for row in entries.target_changes()] == ["rating"]
    assert [one.action for one in entries.target_steps()] == ["set"]


def test_looks_are_noted_by_day(entries: Entries, clock: list[datetime]) -> None:
    version = entries.version
    assert entries.views.since() is None
    for day in (5, 5, 7):
        clock[0] = datetime(2026, 11, day, 10)
        entries.views.note("rating")
    entries.views.note_soon("revenue")
    entries.views.note("revenue")
    assert entries.views.last() == {"rating": D("2026-11-07"), "revenue": D("2026-11-07")}
    assert (entries.views.since(), entries.version) == (D("2026-11-05"), version)
    entries.erase()
    assert (entries.views.last(), entries.views.is_noted("rating")) == ({}, False)


OLD = (
    # kpi, good_high, valid_from, valid_to, entered_at, replaced_at
    ("a", 10, "2026-01-01", "2026-06-30", "2026-01-02T10:00:00", None),  # followed by another
    ("a", 8, "2026-07-01", None, "2026-07-01T10:00:00", None),
    ("b", 5, "2026-01-01", "2026-03-31", "2026-01-02T10:00:00", None),  # removed from April on
    ("c", 5, "2026-01-01", None, "2026-01-02T10:00:00", "2026-01-03T10:00:00"),  # removed from its first day on
    ("d", 5, "2026-02-01", None, "2026-01-02T10:00:00", "2026-01-03T10:00:00"),  # set again
    ("d", 6, "2026-02-01", None, "2026-01-03T10:00:00", None),
    ("e", None, "2026-02-01", None, "2026-01-03T10:00:00", None),  # there is none
)


def test_an_old_workspace_is_brought_into_the_log_as_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "app.sqlite"
    with sqlite3.connect(path) as old:
        for name in ("0001_entries.sql", "0002_people.sql"):
            old.executescript((FOLDER / name).read_text("utf-8"))
        old.execute("pragma user_version = 2")
        old.executemany(
            "insert into targets (kpi, good_high, source, valid_from, valid_to, entered_at, replaced_at)"
            " values (?, ?, 'me', ?, ?, ?, ?)", OLD,
        )  # fmt: skip
    old.close()
    entries = Entries(path, lambda: datetime(2026, 11, 5, 10))
    found = [(row.kpi, row.good_high, row.valid_from, row.valid_to) for row in entries.targets()]
    entries.close()
    assert found == [
        ("a", 10, D("2026-01-01"), D("2026-06-30")), ("a", 8, D("2026-07-01"), None),
        ("b", 5, D("2026-01-01"), D("2026-03-31")), ("d", 6, D("2026-02-01"), None),
    ]  # fmt: skip
