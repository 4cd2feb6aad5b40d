"""An app that was started for one computer alone, with a reverse proxy in front: whoever comes through it signs in."""

import socketserver
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from socket import SHUT_WR, create_connection, socket

import pytest

from tests.browser.server import Served, serve
from tests.tight.wire import ConnectionClosed, InvalidStatus, wire

pytestmark = pytest.mark.xdist_group("tight")


class Proxy(socketserver.ThreadingTCPServer):
    """Passes bytes on, and says for whom, as nginx does with its usual settings."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        self.behind = port
        super().__init__(("127.0.0.1", 0), _Passed)


class _Passed(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Proxy)
        with create_connection(("127.0.0.1", server.behind)) as inner:
            first = self.request.recv(65536)
            line, _, rest = first.partition(b"\r\n")
            inner.sendall(line + b"\r\nX-Forwarded-For: 203.0.113.9\r\n" + rest)
            back = threading.Thread(target=_pass, args=(inner, self.request))
            back.start()
            _pass(self.request, inner)
            back.join()


def _pass(source: socket, target: socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(SHUT_WR)
    except OSError:
        return


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("proxy")
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def through(app: Served) -> Iterator[str]:
    """The address of the proxy."""
    with Proxy(int(app.url.rpartition(":")[2])) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://localhost:{proxy.server_address[1]}"
        proxy.shutdown()


def answer(url: str) -> tuple[int, str, str]:
    """Status, where it ended, and what it says."""
    asked = urllib.request.Request(url, headers={"Accept": "text/html", "Accept-Language": "en"})
    try:
        with urllib.request.urlopen(asked, timeout=10) as response:
            return response.status, response.url, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.url, error.read().decode()


def test_this_computer_needs_no_account(app: Served) -> None:
    status, url, _ = answer(f"{app.url}/data")
    assert (status, url) == (200, f"{app.url}/data")
    with wire(app.url) as known:
        assert known.run()


def test_through_a_proxy_one_meets_the_sign_in_page(through: str) -> None:
    status, url, text = answer(f"{through}/data")
    assert (status, url) == (200, f"{through}/enter?next=%2Fdata")
    assert "Sign in" in text
    assert answer(f"{through}/media/x")[1].startswith(f"{through}/enter")
    with pytest.raises((InvalidStatus, ConnectionClosed)), wire(through) as nobody:
        nobody.run()
