"""One request through the whole stack, as a server hands it on."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.unit.server import own_loop

Told = tuple[int, Headers, str]
"""Status, headers and text of an answer."""


def answer(
    app: ASGIApp, method: str, path: str, body: bytes, headers: Mapping[str, str], client: tuple[str, int], scheme: str
) -> Told:
    """What the app answers."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http", "method": method, "path": where, "raw_path": where.encode(), "root_path": "",
        "query_string": query.encode(), "client": client, "scheme": scheme, "http_version": "1.1",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def handed_on() -> None:
        await app(scope, receive, send)

    own_loop.run(handed_on())
    start = next(message for message in sent if message["type"] == "http.response.start")
    text = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return start["status"], Headers(raw=start["headers"]), text.decode()
