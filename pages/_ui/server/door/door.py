"""The check of every request and of every message of a websocket.

Invariant: whoever is unknown reaches nothing but the addresses by which one comes in; whoever may not upload sends not
one byte of a file; a websocket of somebody who is known no more is closed at its next message.
"""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.access.address import ALERT, PUSHED
from pages._ui.server.api import address as api
from pages._ui.server.door.alone import told
from pages._ui.server.door.messages import is_taken
from pages._ui.server.door.page import WITH
from pages._ui.server.door.provider import BACK
from pages._ui.server.door.who import who
from pages._ui.server.form.address import is_let_in
from pages._ui.server.requests import header, is_local

OPEN = ("/enter", "/leave", "/health", "/_stcore/health", "/favicon.png", "/door", "/gone", BACK)
"""Addresses for everybody: by which one comes in or goes, and by which a machine asks whether the app is well."""
OPEN_UNDER = ("/p/", "/l/", "/welcome/", ALERT, "/assets/fonts/", WITH, PUSHED)
"""What one more part follows in addresses for everybody; below that is Streamlit's page again."""
COMMANDS = "/local/command"
"""The door for commands, which asks for a token of its own; for this computer only."""
OWNERS = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent", "/export/")
"""Addresses for owners only."""
_POLICY_VIOLATION = 1008


class Door:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = told(scope)
            refused = None if _is_open(scope) else await run_in_threadpool(_refusal, scope)
            await (refused or self.app)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(told(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not await _is_known(scope):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return

        async def checked() -> Message:
            while not is_taken(message := await receive()):
                continue
            if message["type"] == "websocket.receive" and not await _is_known(scope):
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            return message

        await self.app(scope, checked, send)


async def _is_known(scope: Scope) -> bool:
    return (await run_in_threadpool(who, scope)).is_known


def _is_open(scope: Scope) -> bool:
    path, is_command = scope["path"], (scope["method"], scope["path"]) == ("POST", COMMANDS)
    is_part = any(path.startswith(known) and "/" not in path[len(known) :] for known in OPEN_UNDER)
    return path in OPEN or is_part or _asks_itself(scope) or (is_command and is_local(scope))


def _asks_itself(scope: Scope) -> bool:
    """Whether an address asks for a token of its own: a survey's form, the API."""
    return is_let_in(scope) or api.is_let_in(scope)


def _refusal(scope: Scope) -> Response | None:
    """The answer to somebody who may not have what they ask for; None: they may."""
    visitor = who(scope)
    if visitor.is_known:
        owners_only = scope["path"].startswith(OWNERS) and visitor.scope.role != "owner"
        return PlainTextResponse("This is not open to you.", 403) if owners_only else None
    if scope["method"] in ("GET", "HEAD") and "text/html" in (header(scope, "accept") or ""):
        return RedirectResponse(f"/enter?next={quote(_address(scope), safe='')}", 303, {"Cache-Control": "no-store"})
    return PlainTextResponse("Please sign in.", 401, {"Cache-Control": "no-store"})


def _address(scope: Scope) -> str:
    path, query = str(scope["path"]), scope.get("query_string", b"").decode("latin-1")
    return path + (f"?{query}" if query else "")
