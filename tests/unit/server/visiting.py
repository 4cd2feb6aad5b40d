"""A browser somewhere on the internet, and an installation it comes to; driven as ASGI with the whole stack."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from data.access.people import People
from data.store.entries import Entries
from pages._ui.server import workspace
from pages._ui.server.door import links as link_doors
from pages._ui.server.door.account import account_routes
from pages._ui.server.door.businesses import business_routes
from pages._ui.server.door.elsewhere import elsewhere_routes
from pages._ui.server.door.links import link_routes
from pages._ui.server.door.routes import door_routes
from pages._ui.server.middleware import middleware
from tests.unit.server.stack import Told, answer


class Clock:
    """A clock that can be set."""

    now = datetime(2026, 11, 23, 12)

    def __call__(self) -> datetime:
        return self.now


class Place:
    """An installation with one business."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.people = People(folder, self.clock)
        self.entries = Entries(folder / "app.sqlite", self.clock)


class Browser:
    """Asks for pages and keeps cookies, as one browser somewhere on the internet."""

    def __init__(self, address: str = "203.0.113.7", **headers: str) -> None:
        everything = Route("/{path:path}", lambda _r: PlainTextResponse("inside"), methods=["GET", "PUT", "POST"])
        self.app = Starlette(
            routes=[
                *door_routes(),
                *elsewhere_routes(),
                *link_routes(),
                *account_routes(),
                *business_routes(),
                everything,
            ],
            middleware=middleware(1),
        )
        self.headers = {"host": "kpi.example.org", "accept": "text/html", "accept-language": "ru", **headers}
        self.client, self.cookies = (address, 5000), dict[str, str]()

    def get(self, path: str) -> Told:
        return self.ask("GET", path)

    def post(self, path: str, origin: str = "https://kpi.example.org", **fields: str) -> Told:
        kind = {"content-type": "application/x-www-form-urlencoded", "origin": origin}
        return self.ask("POST", path, urlencode(fields).encode(), kind)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Told:
        own = self.headers | (headers or {}) | ({"cookie": self.cookie} if self.cookies else {})
        status, told, text = answer(self.app, method, path, body, own, self.client, "https")
        for line in told.getlist("set-cookie"):
            self._keep(line)
        return status, told, text

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "lax", "/")
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                assert morsel["secure"]
                self.cookies[name] = morsel.value


@contextmanager
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The installation, as the server finds it."""
    made = Place(tmp_path)
    monkeypatch.delenv("KPI_ALONE", raising=False)
    monkeypatch.setattr(workspace, "people", lambda: made.people)
    monkeypatch.setattr(workspace, "entries_of", lambda name: made.entries if name == "" else None)
    monkeypatch.setattr(workspace, "store", lambda _name="": made)
    monkeypatch.setattr(link_doors, "businesses", lambda: ("",))
    yield made
    made.people.close()
    made.entries.close()
