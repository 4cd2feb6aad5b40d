"""A web server of this computer that keeps what it is sent and answers what it is told."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    def parts(self) -> list[EmailMessage]:
        """The parts of a form."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        form = message_from_bytes(head + self.body, policy=HTTP)
        assert isinstance(form, EmailMessage)
        return [part for part in form.iter_parts() if isinstance(part, EmailMessage)]


@dataclass
class Receiver:
    """A server: what it was asked, and what it answers."""

    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[int, Mapping[str, str], bytes] | None] = field(default_factory=list)
    """Status, headers, body of the next answers; None: takes the request and hangs up; empty: 200."""
    url: str = ""

    def answer(self, asked: Asked) -> tuple[int, Mapping[str, str], bytes] | None:
        """What is answered to a request."""
        return self.answers.pop(0) if self.answers else (200, {}, b"{}")


@contextmanager
def served(receiver: Receiver) -> Iterator[Receiver]:
    """The server while it runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.asked.append(asked)
            answer = receiver.answer(asked)
            if answer is None:
                self.close_connection = True
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815 - the name the server calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
