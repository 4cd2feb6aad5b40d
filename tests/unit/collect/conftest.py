"""A workspace with one connected source of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.collect import kinds
from data.collect.model import Kind, Setting
from data.message import say
from data.store.entries.collect import Connection, NewConnection
from data.store.store import Store
from tests.unit.collect.source import Clock, Source
from tests.unit.store.files import opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    made = Source()
    key = Setting("key", say("Key"), say("…"), "secret")
    kind = Kind("test", say("Test"), say("A test."), (key,), made.fetch)
    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, "test": kind})
    return made


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened(tmp_path).close()
    with Store.open(tmp_path / "workspace", clock) as made:
        yield made


@pytest.fixture
def connection(store: Store, source: Source) -> Connection:
    return store.entries.connections.add(NewConnection("Заказы", "test", {}, "15m"))
