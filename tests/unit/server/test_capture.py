"""A client that leaves halfway must not leave half a file behind."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from pages._ui.server.capture import capture
from tests.unit.server.own_loop import run


def test_the_answer_is_whole_although_the_client_left() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"first "
        await asyncio.sleep(0.05)
        yield b"second"

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await StreamingResponse(parts())(scope, receive, send)

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "asgi": {"spec_version": "2.0"}}
    assert Request(scope).method == "GET"
    assert run(capture(app, scope, gone)).body == b"first second"
