"""Requests of somebody who means harm and whom nobody knows; each leaves its connection as it is."""

import random
import socket
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

Host = tuple[str, int]
"""Address and port."""
Kind = Callable[[Host, random.Random], socket.socket]
"""A request."""


def connection(where: Host) -> socket.socket:
    made = socket.create_connection(where, timeout=5)
    made.settimeout(5)
    return made


def sent(where: Host, *parts: bytes) -> socket.socket:
    """As much of it as is taken, and the beginning of the answer, where there is one."""
    made = connection(where)
    with suppress(OSError):
        for part in parts:
            made.sendall(part)
        made.settimeout(0.3)
        made.recv(4096)
    return made


def head(method: str, path: str, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode("latin-1")


def long_header(where: Host, chance: random.Random) -> socket.socket:
    return sent(where, head("GET", "/enter", f"X-Long: {'x' * chance.choice((9_000, 60_000, 400_000))}"))


def many_headers(where: Host, chance: random.Random) -> socket.socket:
    return sent(where, head("GET", "/l/x", *(f"X-{n}-{chance.random()}: {'y' * 50}" for n in range(900))))


def many_cookies(where: Host, chance: random.Random) -> socket.socket:
    cookies = "; ".join(f"kpi_session={chance.random()}x{n}" for n in range(1500))
    return sent(where, head("GET", "/", f"Cookie: {cookies}", "Accept: text/html"))


def long_address(where: Host, chance: random.Random) -> socket.socket:
    return sent(where, head("GET", f"/enter?next=/{'a' * 50_000}{chance.random()}", "Accept: text/html"))


def endless_form(where: Host, chance: random.Random) -> socket.socket:
    path = chance.choice(("/enter", "/welcome/x", "/l/x", "/s/x", "/account", "/local/command"))
    lines = ("Transfer-Encoding: chunked", "Content-Type: application/x-www-form-urlencoded")
    return sent(where, head("POST", path, *lines), *[b"10000\r\n" + b"a" * 65536 + b"\r\n"] * 60)


def endless_file(where: Host, chance: random.Random) -> socket.socket:
    lines = (f"Content-Length: {10**9}", "Content-Type: multipart/form-data; boundary=x")
    path = f"/_stcore/upload_file/{chance.random()}/1"
    return sent(where, head("PUT", path, *lines), *[b"a" * 65536] * 60)


def slow(where: Host, chance: random.Random) -> socket.socket:
    """The half of a request, and then nothing."""
    made = connection(where)
    whole = head("POST", "/enter", "Content-Length: 900", "Content-Type: application/x-www-form-urlencoded") + b"login="
    made.sendall(whole[: chance.randrange(1, len(whole) + 1)])
    return made


def garbage(where: Host, chance: random.Random) -> socket.socket:
    return sent(where, chance.randbytes(chance.choice((10, 1_000, 100_000))))


def no_websocket(where: Host, chance: random.Random) -> socket.socket:
    """A handshake by nobody, with frames after it as though it had been taken."""
    lines = (
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Origin: http://localhost",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Sec-WebSocket-Protocol: streamlit, x, {chance.random()}",
    )  # fmt: skip
    return sent(where, head("GET", "/_stcore/stream", *lines), b"\x82\xff" + b"\xff" * 8 + chance.randbytes(60_000))


def deep(where: Host, chance: random.Random) -> socket.socket:
    """What would nest as deep as it is long."""
    body = b"[" * 500_000
    path = chance.choice(("/local/command", "/enter", "/_stcore/agent/interact", "/api/v1/values", "/push/v1/orders"))
    told = (f"Content-Length: {len(body)}", "Content-Type: application/json", "Authorization: Bearer x")
    return sent(where, head("POST", path, *told), body)


def strangers(where: Host, chance: random.Random) -> socket.socket:
    """A name nobody has tried before, with a password as long as it may be."""
    body = urlencode({"login": f"{chance.random()}" * 8, "password": "x" * 30_000}).encode()
    lines = (
        f"Content-Length: {len(body)}", "Content-Type: application/x-www-form-urlencoded", "Origin: http://localhost",
    )  # fmt: skip
    return sent(where, head("POST", "/enter", *lines), body)


KINDS: tuple[Kind, ...] = (
    long_header, many_headers, many_cookies, long_address, endless_form, endless_file, slow, garbage, no_websocket,
    deep, strangers,
)  # fmt: skip
