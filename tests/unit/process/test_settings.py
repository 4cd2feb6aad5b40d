"""What people say about their process is kept, version by version."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import UserError
from data.store.store import Store
from kpi.process.settings import ProcessSettings, WorkingHours, change_settings, settings_of
from tests.unit.store.files import opened

FULL = ProcessSettings(
    ("Approval", "Звонок"), 600.0, (("Master", 900.0), ("Office", 450.5)), 48.0,
    WorkingHours((1, 2, 6), 8 * 60 + 30, 24 * 60, holidays=False), ("Ask", "Do", "Do", "Pay"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def test_nothing_entered(store: Store) -> None:
    assert settings_of(store) == ProcessSettings()
    assert not store.entries.process.history()


def test_what_was_entered_reads_back_equal(store: Store, tmp_path: Path) -> None:
    assert change_settings(store, lambda _before: FULL) == FULL
    assert settings_of(store) == FULL
    store.close()
    with opened(tmp_path) as again:
        assert settings_of(again) == FULL


def test_a_change_leaves_the_rest_and_keeps_the_former(store: Store) -> None:
    change_settings(store, lambda _before: FULL)
    before = store.entries.version
    change_settings(store, lambda now: replace(now, sla_hours=24.0))
    assert settings_of(store) == replace(FULL, sla_hours=24.0)
    assert store.entries.version == before + 1
    assert [one.settings.sla_hours for one in store.entries.process.history()] == [48.0, 24.0]
    with pytest.raises(sqlite3.IntegrityError), store.entries._database.change("a version") as connection:
        connection.execute("update process_settings set content = '{}'")


def test_the_same_again_is_no_change(store: Store) -> None:
    change_settings(store, lambda _before: FULL)
    version = store.entries.version
    change_settings(store, lambda now: replace(now, superfluous=("Звонок", "Approval", "Approval", " ")))
    assert store.entries.version == version
    assert len(store.entries.process.history()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ProcessSettings(hourly_cost=-1.0), ProcessSettings(role_costs=(("Master", float("nan")),)),
        ProcessSettings(sla_hours=0.0), ProcessSettings(hours=WorkingHours(())),
        ProcessSettings(hours=WorkingHours((1, 8))), ProcessSettings(hours=WorkingHours(begins=600, ends=600)),
        ProcessSettings(hours=WorkingHours(ends=1441)),
    ],
)  # fmt: skip
def test_settings_that_cannot_be(store: Store, wrong: ProcessSettings) -> None:
    with pytest.raises(UserError):
        change_settings(store, lambda _before: wrong)
    assert settings_of(store) == ProcessSettings()
