"""Security headers on every answer, the app's own and Streamlit's alike.

Invariant: a page runs only scripts that this server sent, talks only to this server, and is framed by nobody.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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

_PLAIN = HEADERS | {"Content-Security-Policy": policy(), "X-Robots-Tag": "noindex, nofollow"}
"""Of plain pages: not even a script of ours."""
_DOOR = _PLAIN | {"Referrer-Policy": "same-origin"}
"""Of those with a form that counts only from here: with no referrer a browser says that it comes from nowhere."""


def headers_of(path: str) -> dict[str, str]:
    """The headers of an address."""
    if not is_plain(path):
        return HEADERS
    return _PLAIN if path.startswith(FORM) else _DOOR


class SecurityHeaders:
    """ASGI middleware: sets `HEADERS` on each HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = headers_of(scope.get("path", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
