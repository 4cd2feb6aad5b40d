"""The stack in front of every request, driven as ASGI with a small app behind it."""

import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages._ui.server.compress import CompressBundle
from pages._ui.server.door.door import Door
from pages._ui.server.headers import HEADERS, SecurityHeaders
from pages._ui.server.upload_guard import UploadGuard
from tests.unit.server import own_loop

HERE = {"host": "localhost:8501"}


@dataclass
class Answer:
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    messages: list[Message] = field(default_factory=list)


@dataclass
class Inner:
    """An app that counts its calls and answers with one body."""

    body: bytes = b"inside"
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    calls: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls += 1
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        await Response(self.body, self.status, self.headers)(scope, receive, send)


def request(
    app: ASGIApp,
    path: str = "/",
    *,
    method: str = "GET",
    headers: dict[str, str] = HERE,
    client: tuple[str, int] | None = ("127.0.0.1", 5000),
    kind: str = "http",
) -> Answer:
    scope: dict[str, Any] = {
        "type": kind, "method": method, "path": path, "client": client, "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }  # fmt: skip
    answer = Answer()

    async def receive() -> Message:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b""}

    async def send(message: Message) -> None:
        answer.messages.append(message)
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], Headers(raw=message["headers"])
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    run: Callable[..., Awaitable[None]] = app
    own_loop.run(_await(run(scope, receive, send)))
    return answer


async def _await(work: Awaitable[None]) -> None:
    await work


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app is started for this computer alone."""
    monkeypatch.setenv("KPI_ALONE", "1")


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:9", "[::1]:8501", "LOCALHOST:1"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.0.0.7"])
def test_this_computer_is_let_in(host: str, peer: str) -> None:
    assert request(Door(Inner()), headers={"host": host}, client=(peer, 1)).body == b"inside"


ELSEWHERE: list[tuple[dict[str, str], tuple[str, int] | None]] = [
    ({"host": "localhost"}, ("192.168.1.5", 1)),
    ({"host": "localhost"}, ("::ffff:10.0.0.1", 1)),
    ({"host": "localhost"}, None),
    ({"host": "localhost"}, ("testclient", 1)),
    ({"host": "kpi.example.com"}, ("127.0.0.1", 1)),
    ({"host": "localhost.example.com"}, ("127.0.0.1", 1)),
    ({"host": "localhost:8501@example.com"}, ("127.0.0.1", 1)),
    ({}, ("127.0.0.1", 1)),
    ({"host": "localhost", "x-forwarded-for": "127.0.0.1"}, ("127.0.0.1", 1)),
    ({"host": "localhost", "x-forwarded-proto": "https"}, ("127.0.0.1", 1)),
    ({"host": "localhost", "forwarded": "for=127.0.0.1"}, ("127.0.0.1", 1)),
    ({"host": "localhost", "x-real-ip": "127.0.0.1"}, ("127.0.0.1", 1)),
    ({"host": "localhost", "x-kpi-alone": "1"}, ("10.0.0.1", 1)),
]


@pytest.mark.parametrize(("headers", "client"), ELSEWHERE)
def test_everybody_else_meets_the_sign_in_page(headers: dict[str, str], client: tuple[str, int] | None) -> None:
    inner = Inner()
    answer = request(SecurityHeaders(Door(inner)), "/data", headers=headers | {"accept": "text/html"}, client=client)
    assert (answer.status, answer.headers["location"], inner.calls) == (303, "/enter?next=%2Fdata", 0)
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert request(Door(inner), "/media/x", headers=headers, client=client).status == 401
    assert inner.calls == 0


@pytest.mark.parametrize(("headers", "client"), ELSEWHERE)
def test_a_websocket_from_elsewhere_is_closed_before_it_opens(
    headers: dict[str, str], client: tuple[str, int] | None
) -> None:
    inner = Inner()
    answer = request(Door(inner), "/_stcore/stream", kind="websocket", headers=headers, client=client)
    assert inner.calls == 0
    assert answer.messages == [{"type": "websocket.close", "code": 1008}]


def test_where_it_was_not_started_so_even_this_computer_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPI_ALONE")
    assert request(Door(Inner()), headers=HERE | {"accept": "text/html"}).status == 303
    assert request(Door(Inner()), "/_stcore/stream", kind="websocket").messages[0]["type"] == "websocket.close"


def test_a_websocket_from_here_is_opened() -> None:
    answer = request(SecurityHeaders(Door(Inner())), "/_stcore/stream", kind="websocket")
    assert answer.messages == [{"type": "websocket.accept"}]


def test_every_answer_carries_the_security_headers() -> None:
    answer = request(SecurityHeaders(Inner(status=404)))
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_bug_is_answered_with_the_headers_and_without_its_reasons(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("the table is called orders")

    answer = request(SecurityHeaders(broken))
    assert answer.status == 500
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "orders" not in answer.body.decode()
    assert answer.body.decode().split()[-1] in caplog.text
    assert "the table is called orders" in caplog.text


def test_the_policy_allows_no_foreign_origin_and_no_inline_script() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert "http" not in HEADERS["Content-Security-Policy"]
    assert policy["frame-ancestors"] == "'none'"


def bundle() -> Inner:
    return Inner(b"let a = 1;" * 500, {"cache-control": "public, immutable, max-age=1", "etag": "x"})


def test_the_bundle_is_packed_once_and_stays_cacheable() -> None:
    inner = bundle()
    app = CompressBundle(inner)
    first, second = (request(app, "/static/js/a.js", headers={**HERE, "accept-encoding": "gzip, br"}) for _ in "12")
    assert gzip.decompress(first.body) == inner.body
    assert first.body == second.body
    assert inner.calls == 1
    assert "immutable" in second.headers["cache-control"]
    assert (second.headers["content-encoding"], second.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert int(second.headers["content-length"]) == len(second.body)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/a.js", HERE),
        ("/static/js/a.js", {**HERE, "accept-encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/media/a.woff2", {**HERE, "accept-encoding": "gzip"}),
        ("/media/a.json", {**HERE, "accept-encoding": "gzip"}),
    ],
)
def test_what_need_not_be_packed_passes_untouched(path: str, headers: dict[str, str]) -> None:
    answer = request(CompressBundle(bundle()), path, headers=headers)
    assert answer.body == bundle().body
    assert "content-encoding" not in answer.headers


def test_only_files_that_never_change_are_kept() -> None:
    inner = Inner(b"<html>" * 400, {"cache-control": "no-cache"})
    app = CompressBundle(inner)
    for _ in "123":
        answer = request(app, "/static/js/no-such-file.js", headers={**HERE, "accept-encoding": "gzip"})
    assert answer.body == inner.body
    assert inner.calls == 3


UPLOAD = "/_stcore/upload_file/session/file"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost:8501", "content-length": "10"}, 200),
        ({"origin": "http://localhost:8502", "content-length": "10"}, 403),
        ({"origin": "http://evil.example", "content-length": "10"}, 403),
        ({"origin": "null", "content-length": "10"}, 403),
        ({"content-length": "10"}, 403),
        ({"origin": "http://localhost:8501"}, 411),
        ({"origin": "http://localhost:8501", "content-length": str(3 * 1024 * 1024)}, 413),
    ],
)
def test_uploads(headers: dict[str, str], status: int) -> None:
    inner = Inner()
    answer = request(UploadGuard(inner, 2), UPLOAD, method="PUT", headers=HERE | headers)
    assert (answer.status, inner.calls) == (status, int(status == 200))


def test_other_requests_are_no_uploads() -> None:
    assert request(UploadGuard(Inner(), 1), "/_stcore/health").status == 200
