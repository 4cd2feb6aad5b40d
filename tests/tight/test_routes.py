"""Every address the app answers at, its own and Streamlit's: who is let in, and which headers the answer carries.

A route that is added is asked here without being named: it has to be closed to whoever is unknown, or to stand in
FOR_EVERYBODY with the reason why it may not be.
"""

import re
from collections.abc import Iterator
from unittest.mock import MagicMock

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from kpi.api.endpoints import ENDPOINTS
from pages._ui.server.later import Later
from pages._ui.server.routes import routes
from tests.tight.place import Place

pytestmark = pytest.mark.xdist_group("tight")
FOR_EVERYBODY = {
    "/health": "a machine asks whether the app is well",
    "/_stcore/health": "the same, by Streamlit's name",
    "/favicon.png": "the icon on the sign-in page",
    "/assets/fonts": "the typeface",
    "/enter": "signing in",
    "/leave": "signing out",
    "/door": "whether one is let in still: 401 for whoever is not",
    "/gone": "says that one was shown out",
    "/with/{provider}": "signing in elsewhere",
    "/oauth2callback": "the way back from there",
    "/welcome/{token}": "a one-time link",
    "/l/{token}": "a link to figures",
    "/p/{token}": "a personal link",
    "/alert/{token}": "a message of alerts, for whoever got it",
    "/push/v1/{fact}": "asks for a token of its own; takes rows and gives none",
    "/s/{token}": "a survey's form",
    "/s/{token}/thanks": "the same, answered",
    "/s/{rest:path}": "what is no survey",
    **{f"/api/v1{one.path}": "asks for a token of its own" for one in ENDPOINTS},
    "/api/v1/openapi.json": "what can be asked; names nothing of any business",
    "/api/v1/embed/{token}": "a card on another site",
    "/api/v1/{rest:path}": "what is no address of the API",
}
"""Address → why whoever is unknown may ask for it."""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
EXTRA = (
    "/", "/quality", "/no/such/address", "/static/js/none.js", "/media/../people.sqlite", "//evil.example/%2e%2e",
    "/l/a/b", "/p/a/b", "/welcome/a/b", "/with/a/b", "/assets/fonts/a/b", "/enter/", "/door/x", "/health/x",
)  # fmt: skip
"""What the frame page answers at, and what nothing does."""


def table() -> Iterator[tuple[str, str]]:
    """Template of every route and an address it answers at."""
    ours = [found for route in routes() for found in (route.brought() if isinstance(route, Later) else [route])]
    known: list[BaseRoute] = [*ours, *create_streamlit_routes(MagicMock())]
    for route in known:
        if isinstance(route, Mount):
            yield route.path, f"{route.path}/x"
        elif isinstance(route, Route):
            yield route.path, re.sub(r"\{[^}]*\}", "a" * 43, route.path)


ROUTES = sorted({*table()})


def assert_guarded(answer: httpx.Response) -> None:
    """The answer carries all security headers, and a policy that lets nothing foreign run or frame it."""
    told, where = answer.headers, (answer.request.method, answer.url, answer.status_code)
    policy = dict(part.strip().partition(" ")[::2] for part in told.get("content-security-policy", "").split(";"))
    scripts = policy.get("script-src", policy.get("default-src"))
    assert scripts in ("'self'", "'none'"), where
    assert policy["frame-ancestors"] == "'none'", where
    assert "unsafe-eval" not in told["content-security-policy"], where
    assert not re.search(r"https?:|\*", told["content-security-policy"]), where
    assert told["x-content-type-options"] == "nosniff", where
    assert told["x-frame-options"] == "DENY", where
    assert told["referrer-policy"] in ("no-referrer", "same-origin"), where
    assert told["cross-origin-opener-policy"] == "same-origin", where
    assert told["cross-origin-resource-policy"] == "same-origin", where
    assert "access-control-allow-origin" not in told or answer.request.method == "OPTIONS", where


def test_the_table_is_whole() -> None:
    names = {template for template, _ in ROUTES}
    assert {"/health", "/_stcore/upload_file/{session_id}/{file_id}", "/account", "/media/{file_id:path}"} <= names
    assert {*FOR_EVERYBODY} <= names
    assert len(names) > 35


@pytest.mark.parametrize("who", ["nobody", "guest", "viewer", "owner"])
def test_every_answer_carries_the_headers(place: Place, who: str) -> None:
    cookie = "" if who == "nobody" else place.session(who)
    addresses = [*EXTRA, *(address for _, address in ROUTES if address != "/leave"), "/leave"]
    with place.browser(cookie) as browser:
        for address in addresses:
            for method in METHODS:
                assert_guarded(browser.request(method, address))


def test_whoever_is_unknown_reaches_what_is_for_everybody(place: Place) -> None:
    with place.browser() as browser, place.browser(accept="*/*") as program:
        for template, address in [*ROUTES, *((one, one) for one in EXTRA)]:
            for method in METHODS:
                told = browser.request(method, address)
                if template in FOR_EVERYBODY:
                    assert not re.search(r"kpi_session=[^\";]", told.headers.get("set-cookie", "")), address
                    continue
                if method in ("GET", "HEAD"):
                    assert told.headers.get("location", "").startswith("/enter?next="), address
                else:
                    assert told.status_code in (401, 403), (method, address)
                assert program.request(method, address).status_code in (401, 403), (method, address)


def test_what_goes_wrong_inside_is_guarded_too(place: Place) -> None:
    """A bug in a route: no traceback, and the same headers."""
    note = (place.app.workspace / "app.json").read_text(encoding="utf-8")
    token = re.search(r'"token": "([^"]+)"', note)
    assert token is not None
    with place.browser(authorization=f"Bearer {token[1]}") as browser:
        broken = browser.post("/local/command", content=b"{", headers={"content-length": "1"})
    assert_guarded(broken)
    assert broken.status_code == 500
    assert "Traceback" not in broken.text
    assert "json" not in broken.text.lower()
