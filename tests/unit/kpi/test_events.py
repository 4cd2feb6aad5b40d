"""Events: marks that are about what is shown, holidays as one event a run, new staff within the scope."""

from datetime import date
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.model import Scope
from data.store.entries import Mark
from data.store.store import Store
from kpi import events
from kpi.events import ALL_KINDS
from tests.oracle.conftest import opened, publish

MARKS = (
    Mark(1, date(2026, 3, 1), "all"),
    Mark(2, date(2026, 3, 2), "other kpi", kpi="revenue"),
    Mark(3, date(2026, 3, 3), "north", "price", scope=("branch", "North")),
    Mark(4, date(2026, 3, 4), "long", "promotion", until=date(2026, 4, 4)),
)
STAFF = """employee,hired_on,branch
Anna,2024-12-02,North
Boris,2025-01-15,South
Boris,2025-01-15,North
Vera,2025-02-20,North
"""


@pytest.mark.parametrize(
    ("where", "kinds", "expected"),
    [
        ((), ALL_KINDS, ["all", "north", "long"]),
        ((("branch", ("South",)),), ALL_KINDS, ["all", "long"]),
        ((("branch", ("South", "North")),), ALL_KINDS, ["all", "north", "long"]),
        ((("team", ("Blue",)),), ALL_KINDS, ["all", "north", "long"]),
        ((), ("price",), ["north"]),
    ],
)
def test_marks_are_about_what_is_shown(where: events.Where, kinds: tuple[str, ...], expected: list[str]) -> None:
    assert [event.title for event in events.marked(MARKS, "rework_rate", where, kinds)] == expected
    assert events.marked(MARKS, "revenue", where, ("other",))[-1].title == "other kpi"


def test_neighbouring_days_off_of_one_name_are_one_event() -> None:
    found = [
        (event.day, event.until, str(event.title)) for event in events.holidays(date(2025, 12, 30), date(2026, 1, 15))
    ]
    assert found == [
        (date(2025, 12, 31), date(2025, 12, 31), "Day off moved from 2025-01-05"),
        (date(2026, 1, 1), date(2026, 1, 6), "New Year holidays"),
        (date(2026, 1, 7), date(2026, 1, 7), "Christmas"),
        (date(2026, 1, 8), date(2026, 1, 8), "New Year holidays"),
        (date(2026, 1, 9), date(2026, 1, 9), "Day off moved from 2026-01-03"),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = opened(tmp_path / "workspace")
    (tmp_path / "staff.csv").write_text(STAFF, "utf-8")
    publish(found, tmp_path / "staff.csv")
    return found


def names(reader: Reader, where: events.Where = ()) -> list[tuple[date, str]]:
    found = events.hired(reader, date(2025, 1, 1), date(2025, 3, 1), where)
    return [(event.day, event.scope[1]) for event in found if event.scope]


def test_new_staff_once_each_in_order(store: Store) -> None:
    assert names(Reader(store)) == [(date(2025, 1, 15), "Boris"), (date(2025, 2, 20), "Vera")]
    assert names(Reader(store), (("branch", ("South",)),)) == [(date(2025, 1, 15), "Boris")]
    store.close()


def test_nobody_outside_the_scope_is_named(store: Store) -> None:
    narrow = Reader(store, Scope("viewer", None, (("branch", ("South",)),)))
    assert names(narrow) == [(date(2025, 1, 15), "Boris")]
    store.close()
