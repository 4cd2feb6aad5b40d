"""The cases follow what was said, what was merged and what was loaded."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.access.reader import Reader
from data.model import SEVERAL
from data.store.store import Store
from kpi.process import ProcessLog, figures
from kpi.process.settings import WorkingHours, change_settings, settings_of
from tests.unit.store.files import load, opened

LOG = [
    "case_id,activity,at,started_at,employee", "1,ask,2026-03-06 17:00,2026-03-06 16:30,Anna",
    "1,check,2026-03-06 18:00,,Ann", "1,do,2026-03-09 10:00,2026-03-09 09:00,Anna",
]  # fmt: skip
"""From a Friday to a Monday that is off: Women's Day fell on a Sunday."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        load(made, tmp_path, "log.csv", "events", LOG)
        yield made


def told(store: Store, columns: str) -> Any:
    return store.cursor().execute(f"select {columns} from cases").fetchall()


def test_what_is_said_counts_the_cases_anew(store: Store) -> None:
    assert told(store, "superfluous, throughput_hours") == [(0, 65.5)]
    assert "is_late" not in store.relations()["cases"].own
    before = store.data_version
    change_settings(
        store, lambda now: replace(now, superfluous=("check",), sla_hours=2.0, hours=WorkingHours(), hourly_cost=100.0)
    )
    assert store.data_version > before
    assert told(store, "superfluous, throughput_hours, is_late, case_cost") == [(1, 1.5, False, 50.0)]
    found = figures(ProcessLog(Reader(store), settings=settings_of(store)))
    assert found.superfluous_share == pytest.approx(1 / 3)
    assert (found.late_share, found.cost) == (0.0, 50.0)


def test_another_opening_and_a_rebuild_change_nothing(store: Store, tmp_path: Path) -> None:
    change_settings(store, lambda now: replace(now, superfluous=("check",), hours=WorkingHours()))
    before = told(store, "*")
    store.rebuild()
    assert told(store, "*") == before
    store.close()
    with opened(tmp_path) as again:
        version = again.data_version
        assert told(again, "*") == before
        again.read_entries()
        assert again.data_version == version, "what is so already is not made again"


def test_a_merge_makes_two_spellings_one_person(store: Store) -> None:
    assert told(store, "employee, handovers") == [(SEVERAL, 2)]
    number = store.merge_people("Anna", ["Ann"])
    assert told(store, "employee, handovers") == [("Anna", 0)]
    store.undo_merge(number)
    assert told(store, "employee, handovers") == [(SEVERAL, 2)]


def test_what_is_taken_back_leaves_no_case(store: Store) -> None:
    store.undo(store.imports()[0].import_id)
    assert told(store, "*") == []
    assert store.relations()["cases"].rows == 0


def test_everything_is_erased(store: Store) -> None:
    change_settings(store, lambda now: replace(now, superfluous=("check",)))
    store.erase()
    assert told(store, "*") == []
    assert store.cursor().execute("select * from process_settings").fetchall() == []
