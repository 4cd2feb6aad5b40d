"""A program that asks the API of a business of two halves, through the whole stack of middleware."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from data.store.entries import Card, NewToken
from data.store.store import Store
from kpi.target_rows import target_book
from pages._ui.server import workspace
from pages._ui.server.api import bearer, card_page, pace, routes
from pages._ui.server.api.uses import USES
from pages._ui.server.form.rate import Rate
from pages._ui.server.middleware import middleware
from tests.unit.server import own_loop

PEER = ("203.0.113.7", 5000)
"""Somebody on the internet."""
ALL = frozenset({"quality", "operations", "finance", "team", "marketing", "hiring", "process"})


class Client:
    """Asks an app."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.request("GET", path, headers or {})

    def request(self, method: str, path: str, headers: Mapping[str, str]) -> httpx.Response:
        """What the app answers; nobody is led anywhere by themselves."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=PEER)
            async with httpx.AsyncClient(transport=transport, base_url="https://kpi.example.org") as client:
                return await client.request(method, path, headers=dict(headers))

        return own_loop.run(asked())


class Program:
    """Asks with one token."""

    def __init__(self, client: Client, token: str | None) -> None:
        self.client, self.token = client, token

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        told = {"authorization": f"Bearer {self.token}"} if self.token else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, f"/api/v1{path}", headers={"accept-language": "en"} | told | named)

    def json(self, path: str, **headers: str) -> Any:
        answer = self.get(path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


class Place:
    """The business, as the server finds it."""

    def __init__(self, store: Store, client: Client) -> None:
        self.store, self.client = store, client

    def program(self, areas: frozenset[str] = ALL, **chosen: Any) -> Program:
        """Somebody with a new token."""
        return Program(self.client, self.store.entries.api_tokens.create(NewToken(areas, **chosen))[1])

    def card(self, kpi: str, area: str, *, grain: str = "month", running: bool = False, **chosen: Any) -> str:
        """The token of a new card."""
        new = NewToken(frozenset({area}), card=Card(kpi, grain, running), **chosen)
        return self.store.entries.api_tokens.create(new)[1]

    def nobody(self) -> Program:
        """Somebody without a token."""
        return Program(self.client, None)


@contextmanager
def served(store: Store, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Place]:
    """The API in front of a Store; nothing that was asked before counts."""
    monkeypatch.setenv("KPI_WORKSPACE", str(folder))
    monkeypatch.setenv("KPI_ALONE", "0")
    monkeypatch.setattr(workspace, "store", lambda _name="": store)
    monkeypatch.setattr(workspace, "entries_of", lambda name: store.entries if name == "" else None)
    monkeypatch.setattr(workspace, "targets_of", target_book)
    monkeypatch.setattr(bearer, "businesses", lambda: ("",))
    for name in ("asked", "shown", "guessed"):
        monkeypatch.setattr(pace, name, Rate(10_000, 1_000))
    monkeypatch.setattr(routes, "_kept", type(routes._kept)())
    monkeypatch.setattr(card_page, "_kept", type(card_page._kept)())
    app = Starlette(routes=routes.api_routes(), middleware=middleware(1))
    yield Place(store, Client(app))
    USES.write()
