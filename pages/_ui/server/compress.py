"""Streamlit sends its bundle uncompressed, 3.9 MB with Vega: here it is packed, once per file.

Invariant: only files that never change under their name are kept (their names hold a hash), so the store of packed
files is bounded by the bundle; everything else passes untouched.
"""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from pages._ui.server.capture import Captured, capture
from pages._ui.server.requests import header

_SUFFIXES = (".js", ".css", ".json", ".svg", ".wasm")


class CompressBundle:
    """ASGI middleware: gzip for the immutable files under /static/."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._packed: dict[str, Captured] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _wants_packed(scope):
            await self.app(scope, receive, send)
            return
        answer = self._packed.get(scope["path"]) or await self._pack(scope, receive)
        await Captured({**answer.start, "headers": list(answer.start["headers"])}, answer.body).send(send)

    async def _pack(self, scope: Scope, receive: Receive) -> Captured:
        answer = await capture(self.app, scope, receive)
        whole = answer.headers.get("content-length") == str(len(answer.body))
        if whole and answer.start["status"] == 200 and "immutable" in answer.headers.get("cache-control", ""):
            answer.body = await run_in_threadpool(gzip.compress, answer.body, 6, mtime=0)
            answer.headers["Content-Encoding"] = "gzip"
            answer.headers["Vary"] = "Accept-Encoding"
            del answer.headers["ETag"]
            del answer.headers["Accept-Ranges"]
            self._packed[scope["path"]] = answer
        return answer


def _wants_packed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = scope["path"]
    return (
        path.startswith("/static/")
        and path.endswith(_SUFFIXES)
        and "gzip" in (header(scope, "accept-encoding") or "")
        and header(scope, "range") is None
    )
