"""Coming in by signing in elsewhere (OpenID Connect).

Invariant: lets in only who has an open account under the address that the provider vouches for; makes no account; what
begins is a session of ours, so that rights and its end are looked up here as everybody's.
"""

from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages._ui import cookie
from pages._ui.server import workspace
from pages._ui.server.door.page import WITH
from pages._ui.server.door.provider import BACK, Identity, Provider, came_back, leave_for, providers
from pages._ui.server.door.routes import begin, inside, keep, let_in

_NO_STORE = {"Cache-Control": "no-store"}
_MINUTES = 10
"""How long signing in elsewhere may take, for one to be led to the page that was asked for."""


def elsewhere_routes() -> list[BaseRoute]:
    """The way out, and the way back."""
    return [Route(WITH + "{provider}", start, methods=["GET"]), Route(BACK, finish, methods=["GET"])]


async def start(request: Request) -> Response:
    """On to the provider."""
    after = inside(request.query_params.get("next", "/"))
    found = _provider(request.path_params["provider"])
    response = await leave_for(request, found) if found is not None else None
    if response is None:
        return _refused("silent", after)
    keep(request, response, cookie.AFTER, quote(after, safe=""), _MINUTES * 60)
    response.headers.update(_NO_STORE)
    return response


async def finish(request: Request) -> Response:
    """Let somebody in whom the provider knows by the address of an account."""
    after = inside(unquote(request.cookies.get(cookie.AFTER, "/")))
    response = await _answer(request, after)
    response.delete_cookie(cookie.AFTER, path="/", httponly=True, samesite="lax")
    return response


async def _answer(request: Request, after: str) -> Response:
    identity = await came_back(request) if providers() else None
    if identity is None:
        return _refused("failed", after)
    if not identity.is_verified:
        return _refused("unverified", after)
    token = await run_in_threadpool(_session_of, request, identity)
    return let_in(request, token, after) if token is not None else _refused("unknown", after)


def _provider(name: str) -> Provider | None:
    return next((one for one in providers() if one.id == name), None)


def _session_of(request: Request, identity: Identity) -> str | None:
    person, found = workspace.people().vouched(identity.email), _provider(identity.provider)
    return begin(request, person, "signed_in", found.title if found else "") if person is not None else None


def _refused(code: str, after: str) -> Response:
    return RedirectResponse(f"/enter?{urlencode({'refused': code, 'next': after})}", 303, _NO_STORE)
