"""Until people have accounts, the app answers only the computer it runs on.

Invariant: no request and no websocket from elsewhere, or through a proxy, reaches a screen, a file or a route; but for
the form of a survey, where the owner named the address that phones reach it by.
"""

from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages._ui.server.form.address import is_let_in
from pages._ui.server.requests import is_local


class LocalOnly:
    """ASGI middleware: 403 with an explanation, or a refused websocket, for whoever is not here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_local(scope) or is_let_in(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await HTMLResponse(refusal(), status_code=403, headers={"Cache-Control": "no-store"})(scope, receive, send)


@cache
def refusal() -> str:
    """The page that says, in Russian and English, why and how hosting will work."""
    return Path(__file__).with_name("refusal.html").read_text(encoding="utf-8")
