"""A GET request: bounded in bytes and time, redirects looked at one by one.

Invariant: certificates are checked; what an answer redirects to is held to the same rules as the first address; nothing
that makes one known is sent to another server than the one it was entered for.
"""

import contextlib
import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin

from data.collect.model import Asked, Trouble
from data.collect.net.addresses import checked, resolved
from data.errors import UserError
from data.message import Message, say

REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_BLOCK = 1 << 16
_KEPT = "/%:@!$&'()*+,;=~"
"""Signs of an address that are sent as they are."""
_HEADERS = {"User-Agent": "kpi-dashboard", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    """200, or 304: nothing new."""
    headers: Mapping[str, str]
    """Name (lower case) → value."""
    content: bytes
    """What it sent."""
    address: str
    """The address that answered, after redirects."""


def get(address: str, asked: Asked, headers: Mapping[str, str], private: Mapping[str, str]) -> Answer:
    """Ask for an address. `private`: headers for its own server only. `Trouble` says what is in the way."""
    until, first = asked.clock() + asked.limits.seconds, checked(address)
    parts = first
    for _ in range(REDIRECTS + 1):
        own = private if parts.netloc == first.netloc else {}
        with _asked(parts, asked, {**headers, **own}) as response:
            place = response.getheader("location")
            if response.status not in _MOVED or not place:
                return _answer(parts, response, asked, until)
        parts = _next(parts, place)
    raise Trouble(say("«{host}» sends from one address to the next without end.", host=parts.hostname))


def _next(parts: SplitResult, place: str) -> SplitResult:
    try:
        return checked(urljoin(parts.geturl(), place))
    except UserError as error:
        raise Trouble(
            say("«{host}» sends to an address that is not asked.", host=parts.hostname), error.title, is_lasting=True
        ) from error


@contextlib.contextmanager
def _asked(parts: SplitResult, asked: Asked, headers: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
    connection = _Connection(parts, asked.limits.wait)
    try:
        with told(str(parts.hostname)):
            connection.request("GET", _target(parts), headers={**_HEADERS, **headers})
            response = connection.getresponse()
        yield response
    finally:
        connection.close()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_KEPT)
    return f"{path}?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else path


class _Connection(http.client.HTTPConnection):
    """To one of the addresses that were looked at; a certificate is held against the name."""

    def __init__(self, parts: SplitResult, wait: float) -> None:
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self.default_port = 443 if self._context is not None else 80
        port = parts.port or self.default_port
        self._addresses = resolved(str(parts.hostname), port)
        super().__init__(str(parts.hostname).encode("idna").decode(), port, timeout=wait)

    def connect(self) -> None:
        """Connect to the first that takes it."""
        dialled = dial(self._addresses, self.port, self.timeout or 0.0)
        self.sock = (
            self._context.wrap_socket(dialled, server_hostname=self.host) if self._context is not None else dialled
        )


def dial(addresses: Sequence[str], port: int, wait: float) -> socket.socket:
    """A socket to the first of some addresses that takes it."""
    for address in addresses[:-1]:
        with contextlib.suppress(OSError):
            return socket.create_connection((address, port), wait)
    return socket.create_connection((addresses[-1], port), wait)


@contextlib.contextmanager
def told(host: str) -> Iterator[None]:
    """What the network says, in plain words."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Trouble(
            say("«{host}» cannot prove that it is «{host}»: its certificate is not good.", host=host),
            say("{reason}", reason=error.verify_message), is_lasting=True,
        ) from error  # fmt: skip
    except TimeoutError as error:
        raise Trouble(say("«{host}» does not answer.", host=host), hint=_WAIT) from error
    except (http.client.HTTPException, OSError, zlib.error) as error:
        raise Trouble(say("«{host}» cannot be reached, or ended in the middle.", host=host), hint=_WAIT) from error


_WAIT = say("It is tried again by itself.")


def _answer(parts: SplitResult, response: http.client.HTTPResponse, asked: Asked, until: float) -> Answer:
    host = str(parts.hostname)
    headers = {name.lower(): value for name, value in response.getheaders()}
    if response.status not in (200, 304):
        raise refused(host, response.status, headers, asked.now)
    content = b"" if response.status == 304 else _content(host, response, headers, asked, until)
    return Answer(response.status, headers, content, parts.geturl())


def _content(
    host: str, response: http.client.HTTPResponse, headers: Mapping[str, str], asked: Asked, until: float
) -> bytes:
    most = asked.limits.bytes
    if headers.get("content-length", "").isdecimal() and int(headers["content-length"]) > most:
        raise _too_large(host, most)
    packed = headers.get("content-encoding", "").lower() in ("gzip", "deflate")
    unpack, made = zlib.decompressobj(wbits=47), bytearray()
    with told(host):
        while block := response.read(_BLOCK):
            made += unpack.decompress(block, most + 1 - len(made)) if packed else block
            if len(made) > most:
                raise _too_large(host, most)
            if asked.clock() > until:
                raise Trouble(say("«{host}» sends too slowly: it was given up.", host=host), hint=_WAIT)
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
    return bytes(made)


def _too_large(host: str, most: int) -> Trouble:
    return Trouble(say("«{host}» sends more than {most} MB.", host=host, most=most // 1_000_000), is_lasting=True)


def refused(host: str, status: int, headers: Mapping[str, str], now: datetime) -> Trouble:
    """What an answer that is none says, and when to come again."""
    if status in (401, 407):
        return Trouble(
            say("«{host}» asks for a name and password, or takes others.", host=host),
            hint=say("Enter them, or publish the file so that everybody with the address can read it."),
            is_lasting=True,
        )
    if status in (403, 404, 410):
        return Trouble(replace(_GONE[status], params={"host": host}), hint=_LOOK, is_lasting=True)
    if status == 429 or status >= 500:
        again = retry_at(headers.get("retry-after"), now)
        own = say("«{host}» has an error of its own ({status}).", host=host, status=status)
        busy = say("«{host}» is asked too often.", host=host)
        return Trouble(busy if status == 429 else own, hint=_WAIT, retry_at=again)
    return Trouble(say("«{host}» answered {status}.", host=host, status=status), hint=_LOOK)


_LOOK = say("Open the address in a browser where nobody is signed in: it has to give the file.")
_GONE: Mapping[int, Message] = {
    403: say("«{host}» shows this only to some, and not to everybody with the address."),
    404: say("«{host}» has nothing under this address."),
    410: say("«{host}» has nothing under this address any more."),
}


def retry_at(text: str | None, now: datetime) -> datetime | None:
    """What `Retry-After` says, in the business's local time, at most a day ahead."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return now + min(timedelta(seconds=int(text.strip()[:6])), timedelta(days=1))
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return min(moment.astimezone().replace(tzinfo=None), now + timedelta(days=1))
