"""Uploads are taken only from a page of this address, and only up to the size the app allows.

Invariant: the body of a refused upload is never read into memory.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages._ui.server.requests import header, same_origin

_UPLOADS = "/_stcore/upload_file/"
_FORM_OVERHEAD = 64 * 1024
"""Bytes a multipart form adds around the file."""


class UploadGuard:
    """ASGI middleware: 403 for uploads from elsewhere, 411 without a length, 413 over `max_megabytes`."""

    def __init__(self, app: ASGIApp, max_megabytes: int) -> None:
        self.app = app
        self.max_megabytes = max_megabytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if _changes_uploads(scope) else None
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if not same_origin(scope):
            return PlainTextResponse("Uploads are taken only from the dashboard itself.", 403)
        if scope["method"] == "DELETE":
            return None
        length = header(scope, "content-length")
        if length is None or not length.isdecimal():
            return PlainTextResponse("The upload does not say how long it is.", 411)
        limit = self.max_megabytes * 1024 * 1024 + _FORM_OVERHEAD
        return PlainTextResponse("The file is too large.", 413) if int(length) > limit else None


def _changes_uploads(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["path"].startswith(_UPLOADS)
        and scope["method"] in ("PUT", "POST", "PATCH", "DELETE")
    )
