"""The clockwork: one work failing keeps no other from being done, and says so until it works again."""

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.errors import NotAllowed
from data.store.store import Store
from kpi.delivery.due import run_due
from pages._ui.server import clockwork, workspace

NOW = datetime(2026, 11, 2, 9)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "ws", lambda: NOW)


def broken(_store: Store, _now: datetime) -> None:
    raise RuntimeError("who knows")


def test_one_that_fails_keeps_no_other_from_its_turn(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    done: list[datetime] = []
    works = (("first", broken), ("second", lambda _store, now: done.append(now)))
    with store:
        assert run_due(store, works) == ("first",)
        assert done == [NOW.astimezone(UTC)]
        (fault,) = store.entries.clockwork.faults()
        assert fault.name == "first"
        assert f"error {fault.id}" in caplog.text
        assert "who knows" in caplog.text
        run_due(store, works)
        assert store.entries.clockwork.faults()[0].since == fault.since
        run_due(store, (*works[1:], ("first", lambda _store, _now: None)))
        assert store.entries.clockwork.faults() == ()


def test_it_writes_as_the_program_and_not_as_whoever_looks(store: Store) -> None:
    store.gate.kept_by(lambda _duty, _what: False)
    with store:
        assert run_due(store, (("sets", lambda it, _now: it.entries.settings.set("x", 1)),)) == ()
        with pytest.raises(NotAllowed):
            store.entries.settings.set("x", 2)


def test_the_thread_looks_at_every_business_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked, twice = [], threading.Event()

    def look(store: str) -> tuple[str, ...]:
        looked.append(store)
        if looked.count("second") == 2:
            twice.set()
        if store == "first":
            raise RuntimeError("is being closed")
        return ()

    monkeypatch.setattr(workspace, "names", lambda: ("first", "second"))
    monkeypatch.setattr(workspace, "store", lambda name: name)
    monkeypatch.setattr("kpi.delivery.due.run_due", look)
    caplog.set_level(logging.CRITICAL, logger=clockwork.__name__)
    thread = clockwork.Clockwork(first_after=0, every=0.01)
    thread.start()
    assert twice.wait(30)
    thread.stop()
    seen = len(looked)
    threading.Event().wait(0.05)
    assert len(looked) == seen
    assert looked[:4] == ["first", "second", "first", "second"]
