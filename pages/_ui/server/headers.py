"""Security headers on every answer, the app's own and Streamlit's alike.

Invariant: a page runs only scripts that this server sent, talks only to this server, and is framed by nobody, but a
card by the sites its owner named. A bug is answered here as well, for what stands outside answers without the headers.
"""

import logging
import secrets
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.access.address import ALERT
from pages._ui.server.api.address import EMBED
from pages._ui.server.api.address import PATH as API
from pages._ui.server.form.address import PATH as FORM
from pages._ui.server.plain import is_plain
from pages._ui.server.plain.style import policy

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    # Streamlit's styles are made by its script (emotion), Vega sets style attributes.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_POLICY = "Content-Security-Policy"
_FIGURES = HEADERS | {_POLICY: "default-src 'none'; frame-ancestors 'none'", "X-Robots-Tag": "noindex, nofollow"}
"""Of the API: nothing of it is a page that does anything."""


def headers_of(path: str) -> dict[str, str]:
    """The headers of an address."""
    if path.startswith(API):
        return _FIGURES
    if not is_plain(path):
        return HEADERS
    return _plain() if path.startswith((FORM, ALERT)) else _door()


@cache
def _plain() -> dict[str, str]:
    """Of plain pages: not even a script of ours."""
    return HEADERS | {_POLICY: policy(), "X-Robots-Tag": "noindex, nofollow"}


@cache
def _door() -> dict[str, str]:
    """Of those with a form that counts only from here: with no referrer a browser says that it comes from nowhere."""
    return _plain() | {"Referrer-Policy": "same-origin"}


_log = logging.getLogger(__name__)


class SecurityHeaders:
    """ASGI middleware: sets `HEADERS` on each HTTP response; a bug is one of status 500 that tells its number."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, has_begun = headers_of(scope.get("path", "")), False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                _set(MutableHeaders(scope=message), headers, scope["path"])
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if has_begun:  # nothing can be told any more: the connection is cut off
                raise
            await _bug(error)(scope, receive, send_with_headers)


def _set(told: MutableHeaders, headers: dict[str, str], path: str) -> None:
    """Sets them; a page of the API says itself what it may load, and a card which sites may frame it."""
    policy = told.get(_POLICY) if path.startswith(API) else None
    told.update(headers if policy is None else headers | {_POLICY: policy})
    if policy is not None and path.startswith(EMBED) and "frame-ancestors 'none'" not in policy:
        del told["X-Frame-Options"]
        told["Cross-Origin-Resource-Policy"] = "cross-origin"


def _bug(error: Exception) -> PlainTextResponse:
    """What is said of a bug, which is logged whole under its number."""
    number = secrets.token_hex(4)
    _log.error("error %s", number, exc_info=error)
    return PlainTextResponse(f"Something went wrong here. Nothing was lost. Error {number}", 500)
