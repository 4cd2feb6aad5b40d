"""Taking a whole response of an inner app, to send something made from it."""

import asyncio
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEFT_OUT = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"if-range", b"range"})


@dataclass
class Captured:
    """A response as the inner app sent it."""

    start: Message = field(default_factory=dict)
    """The `http.response.start` message."""
    body: bytes = b""
    """All of its body."""

    @property
    def headers(self) -> MutableHeaders:
        """Its headers; changes are kept."""
        return MutableHeaders(scope=self.start)

    async def send(self, send: Send) -> None:
        """Send it, with the length its body has now."""
        self.headers["Content-Length"] = str(len(self.body))
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})


async def capture(app: ASGIApp, scope: Scope, receive: Receive) -> Captured:
    """The whole answer to a request, asked for plain and whole.

    A client that leaves is not told to the inner app: it would stop halfway, and half an answer could be kept.
    """
    captured = Captured()
    chunks: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            captured.start = message
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    async def undisturbed() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            await asyncio.Event().wait()
        return message

    headers = [(key, value) for key, value in scope["headers"] if key not in _LEFT_OUT]
    await app({**scope, "headers": headers}, undisturbed, keep)
    captured.body = b"".join(chunks)
    return captured
