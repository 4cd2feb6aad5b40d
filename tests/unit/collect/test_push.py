"""Another program pushes rows through the whole stack: each once, and the answer says what became of every one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from data.collect.connecting import connect
from data.ingest.column_map import ColumnMap, Mapping, signature
from data.store.entries.collect import NewConnection
from data.store.store import Store
from pages._ui.server.form.rate import Rate
from pages._ui.server.middleware import middleware
from pages._ui.server.push import routes
from tests.unit.server import own_loop
from tests.unit.store.files import live, opened

ROW = {"order_id": "17", "finished_at": "2026-11-05T10:00:00", "status": "done", "revenue": 1.234}


class Sender:
    """A program with a token, somewhere on the internet."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.app = Starlette(routes=routes.push_routes(), middleware=middleware(1))
        self.connection = connect(store, NewConnection("1С", "push", {}, "1h"), {})
        self.token = store.entries.push_tokens.make(self.connection.id)

    def send(self, body: Any, fact: str = "orders", key: str | None = None, **headers: str) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"authorization": f"Bearer {self.token}", "content-type": "application/json", "accept-language": "en"}
        told |= {"idempotency-key": key} if key else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=("203.0.113.7", 5000))
            async with httpx.AsyncClient(transport=transport, base_url="https://kpi.example.org") as client:
                return await client.post(f"/push/v1/{fact}", content=raw, headers=told)

        return own_loop.run(sent())


@pytest.fixture
def sender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sender]:
    with opened(tmp_path) as store:
        monkeypatch.setattr(routes, "stores", lambda: (store,))
        monkeypatch.setattr(routes, "_pushed", Rate(300, 5))
        monkeypatch.setattr(routes, "_guessed", Rate(30, 0.1))
        yield Sender(store)


def test_rows_are_loaded_and_a_newer_one_takes_the_place_of_the_older(sender: Sender) -> None:
    first = sender.send([ROW, {**ROW, "order_id": "18", "revenue": "1,5"}])
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-store")
    assert first.json() == {
        "rows": 2, "new": 2, "changed": 0, "same": 0, "superseded": 0, "repeated": 0, "rejected": 0, "imports": [1],
        "rejected_rows": [],
    }  # fmt: skip
    assert live(sender.store, "orders", "order_id, cast(revenue as double)") == [("17", 1.234), ("18", 1.5)]
    again = sender.send({"rows": [{**ROW, "revenue": 2000}]}).json()
    assert (again["new"], again["changed"]) == (0, 1)
    assert live(sender.store, "orders", "order_id, cast(revenue as double)") == [("17", 2000.0), ("18", 1.5)]
    sender.store.rebuild()
    assert live(sender.store, "orders", "order_id, cast(revenue as double)") == [("17", 2000.0), ("18", 1.5)]


def test_one_key_is_one_push(sender: Sender) -> None:
    first = sender.send([ROW], key="doc-1")
    again = sender.send([ROW], key="doc-1")
    assert (again.status_code, again.json()) == (200, first.json())
    assert len(sender.store.imports()) == 1
    other = sender.send([{**ROW, "revenue": 5}], key="doc-1")
    assert (other.status_code, other.headers["content-type"]) == (409, "application/problem+json")
    assert "Idempotency-Key" in other.json()["title"]
    assert sender.send([{**ROW, "revenue": 5}], key="doc-2").json()["changed"] == 1
    assert sender.send([ROW], key="doc-1").json() == first.json()
    assert live(sender.store, "orders", "cast(revenue as double)") == [(5.0,)]


def test_without_a_key_the_key_of_the_rows_makes_it_once(sender: Sender) -> None:
    sender.send([ROW])
    assert sender.send([ROW]).json()["imports"] == [1]
    sender.send([{**ROW, "revenue": 7}])
    sender.send([ROW])
    assert live(sender.store, "orders", "order_id, cast(revenue as double)") == [("17", 1.234)]
    assert len(sender.store.imports()) == 3


def test_rejected_rows_are_told_one_by_one(sender: Sender) -> None:
    told = sender.send([ROW, {**ROW, "order_id": "18", "finished_at": "soon"}, {**ROW, "order_id": "19"}]).json()
    assert (told["rows"], told["new"], told["rejected"]) == (3, 2, 1)
    assert told["rejected_rows"] == [{"row": 2, "reason": "The row has no readable date."}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_file_of_1c_is_read_as_it_is(sender: Sender, encoding: str) -> None:
    text = "Номер заказа;Дата завершения;Статус;Сумма;Мастер\n5;05.11.2026 12:30;Выполнен;1 234,50;Анна\n"
    told = sender.send(text.encode(encoding), content_type=f"text/csv; charset={encoding}")
    assert (told.status_code, told.json()["new"]) == (200, 1)
    assert live(sender.store, "orders", "order_id, cast(revenue as double), employee") == [("5", 1234.5, "Анна")]


def test_what_nobody_can_tell_waits_and_the_same_push_is_loaded_once_somebody_said_how(sender: Sender) -> None:
    odd = [{"nr": "1", "when": "2026-11-05", "st": "done", "x": 10}]
    told = sender.send(odd, key="k")
    assert told.status_code == 422
    waiting = sender.store.entries.arrivals.standing(None, "waiting")
    assert [one.connection for one in waiting] == [sender.connection.id]
    pairs = (("order_id", "nr"), ("finished_at", "when"), ("status", "st"), ("revenue", "x"))
    meant = Mapping("orders", tuple(ColumnMap(*pair) for pair in pairs))
    sender.store.entries.mappings.remember(signature(("nr", "when", "st", "x")), (meant,))
    assert sender.send(odd, key="k").json()["new"] == 1


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"", 422, "Nothing was sent"),
        (b"[1", 422, "not JSON"),
        (b'[{"order_id": NaN}]', 422, "not JSON"),
        (b"[" * 100_000, 422, "not JSON"),
        ([], 422, "No rows"),
        ([1], 422, "Row 1 is no object"),
        ([ROW, {**ROW, "items": [1]}], 422, "Row 2: «items» holds a list"),
        ([{"order_id": str(n)} for n in range(20_001)], 422, "too many"),
        (b" " * 8_000_001, 413, "longer than 8 MB"),
    ],
)  # fmt: skip
def test_what_is_no_rows_is_told(sender: Sender, body: Any, status: int, words: str) -> None:
    told = sender.send(body)
    assert (told.status_code, told.json()["status"]) == (status, status)
    assert words in json.dumps(told.json(), ensure_ascii=False)
    assert sender.store.imports() == ()


def test_an_unknown_fact_is_told_with_the_closest_names_in_the_language_that_is_asked_for(sender: Sender) -> None:
    told = sender.send([ROW], fact="order").json()
    assert "orders" in told["detail"]
    assert "заказ" not in told["title"]
    assert "Нет" in sender.send([], fact="order", accept_language="ru").json()["title"]


def test_a_token_opens_its_own_source_only_and_nothing_when_taken_back(sender: Sender) -> None:
    good = sender.token
    for token in ("", "x", "a" * 43, good[:-1], good + "a", good.swapcase(), good[::-1]):
        sender.token = token
        told = sender.send([ROW])
        assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
    sender.token = good
    only = connect(sender.store, NewConnection("Касса", "push", {}, "1h", fact="expenses", account="Центр"), {})
    sender.token = sender.store.entries.push_tokens.make(only.id)
    assert sender.send([ROW]).status_code == 422
    assert sender.send([{"date": "2026-11-05", "kind": "rent", "amount": 5}], fact="expenses").status_code == 200
    assert live(sender.store, "expenses", "account") == [("Центр",)]
    sender.store.entries.connections.pause(only.id, is_paused=True)
    assert sender.send([ROW], fact="expenses").status_code == 401
    (known,) = sender.store.entries.push_tokens.of(sender.connection.id)
    sender.store.entries.push_tokens.revoke(known.id)
    sender.token = good
    assert sender.send([ROW]).status_code == 401


def test_guessing_and_hurrying_are_slowed(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_guessed", Rate(3, 0.0))
    monkeypatch.setattr(routes, "_pushed", Rate(2, 0.0))
    statuses = [sender.send([ROW]).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    sender.token = "a" * 43
    answers = [sender.send([ROW]) for _ in range(4)]
    assert [one.status_code for one in answers] == [401, 401, 401, 429]
    assert answers[-1].headers["retry-after"] == "10"


def test_the_token_is_kept_nowhere(sender: Sender) -> None:
    sender.send([ROW])
    held = b"".join(path.read_bytes() for path in sender.store.workspace.folder.rglob("*") if path.is_file())
    assert sender.token.encode() not in held
    (known,) = sender.store.entries.push_tokens.of(sender.connection.id)
    assert known.used == 1
