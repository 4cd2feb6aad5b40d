"""A real HTTPS server on this computer that answers as the test says."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.unit.delivery.servers.certificate import certificate


@dataclass
class Page:
    """What an address answers."""

    content: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    trickle: float = 0.0
    """Seconds between its bytes."""


@dataclass
class WebServer:
    """The server, and what it was asked."""

    url: str
    pages: dict[str, Callable[[dict[str, str]], Page]]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def _nothing(_headers: dict[str, str]) -> Page:
    return Page(status=404)


def _handler(made: WebServer, stopping: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): str(value) for name, value in self.headers.items()}
            made.asked.append((self.path, headers))
            page = made.pages.get(self.path.partition("?")[0], _nothing)(headers)
            self.send_response(page.status)
            for name, value in {"Content-Length": str(len(page.content)), **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            step = 1 if page.trickle else max(1, len(page.content))
            for place in range(0, len(page.content), step):
                self.wfile.write(page.content[place : place + step])
                self.wfile.flush()
                if page.trickle and stopping.wait(page.trickle):
                    return

        def log_message(self, *_told: object) -> None:
            return

    return Handler


@contextmanager
def serving(folder: Path, *, tls: bool = True) -> Iterator[WebServer]:
    """A server; `certificate.pem` in the folder is what to trust."""
    made, stopping = WebServer("", {}), threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made, stopping))
    server.daemon_threads = True
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(folder))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made.url = f"{'https' if tls else 'http'}://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield made
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
