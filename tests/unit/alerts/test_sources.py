"""Sources that are asked by themselves: one that fails is told after a day, a file that was not loaded at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.errors import UserError
from data.model import Scope
from data.store.entries.alerts import AlertRule, Kind
from data.store.entries.collect import NewConnection
from data.store.store import Store
from kpi.alerts import Alert, found, inquiry
from kpi.alerts.looking import state
from tests.unit.store.files import opened

NOW = datetime(2026, 11, 23, 12)
TROUBLE = UserError("The mailbox does not answer.", "mail.example.org", "Check the password.")


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    with opened(tmp_path, lambda: now[0]) as made:
        made.entries.connections.add(NewConnection("Почта", "folder", {}, "15m"))
        yield made


def told(store: Store, kind: Kind, scope: Scope | None = None) -> list[Alert]:
    rule = AlertRule(frozenset({kind}))
    return list(found(inquiry(store, rule, scope) if scope is not None else inquiry(store, rule)))


def fail(store: Store, at: datetime, *, is_stopped: bool = False) -> None:
    (connection,) = store.entries.connections.all()
    store.entries.standings.end_badly(connection.id, at + timedelta(hours=1), at, TROUBLE, is_stopped=is_stopped)


def test_one_failure_mends_itself_and_a_day_of_them_is_told(store: Store, now: list[datetime]) -> None:
    fail(store, NOW - timedelta(hours=23))
    assert told(store, "silence") == []
    now[0] += timedelta(hours=1)
    (alert,) = told(store, "silence")
    said = alert.said["ru"]
    assert "Почта" in said.title
    assert "22 нояб. 2026" in said.text.replace("\xa0", " ")
    assert (said.why, said.advice) == ("The mailbox does not answer. mail.example.org.", "Check the password.")
    assert told(store, "silence", Scope("lead", None, (("branch", ("North",)),))) == []
    (connection,) = store.entries.connections.all()
    store.entries.standings.end_well(connection.id, NOW, NOW)
    assert told(store, "silence") == []


def test_what_is_given_up_is_told_at_once_and_makes_another_look(store: Store) -> None:
    before = state(store, AlertRule(), ("",))
    assert state(store, AlertRule(), ("",)) == before
    fail(store, NOW, is_stopped=True)
    assert state(store, AlertRule(), ("",)) != before
    assert len(told(store, "silence")) == 1
    (connection,) = store.entries.connections.all()
    store.entries.connections.pause(connection.id, is_paused=True)
    assert told(store, "silence") == []  # nobody asks it any more


def test_a_file_that_was_not_loaded_is_told_until_somebody_decides(store: Store, now: list[datetime]) -> None:
    (connection,) = store.entries.connections.all()
    arrival = store.entries.arrivals.enter(connection.id, 1, "mail/1", "a" * 64, "<b>отчёт</b>.xlsx", {})
    assert told(store, "import") == []  # it is being loaded
    store.entries.arrivals.decide(arrival.id, "refused", trouble=TROUBLE)
    (alert,) = told(store, "import")
    assert "<b>отчёт</b>.xlsx" in alert.said["en"].title
    assert alert.key.subject == f"arrival:{arrival.id}"
    store.entries.arrivals.decide(arrival.id, "waiting", trouble=TROUBLE)
    assert "ждёт" in told(store, "import")[0].said["ru"].text
    store.entries.arrivals.decide(arrival.id, "put_away")
    assert told(store, "import") == []
