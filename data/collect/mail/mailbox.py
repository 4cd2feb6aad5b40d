"""A mailbox over IMAP: signing in, choosing a folder, reading messages.

Invariant: TLS from the first byte or by STARTTLS, never without; the certificate is held against the name. Reading
marks nothing as read (PEEK).
"""

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import date

from data.collect.mail.folder_names import decoded, encoded
from data.collect.model import Asked, Trouble
from data.collect.net.addresses import resolved
from data.collect.net.https import dial, told
from data.errors import UserError
from data.message import say

TLS_PORT = 993
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEAD = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)])"
_AT_ONCE = 200
"""Messages whose heads are asked for at once."""
_MOST_LISTED = 12
"""Folders named where the wanted one is not there."""


class _Tls(imaplib.IMAP4_SSL):
    """Connects to the addresses that were looked at."""

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        found = dial(resolved(self.host, self.port), self.port, timeout or 0.0)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(found, server_hostname=self.host)


class _StartTls(imaplib.IMAP4):
    """The same, where TLS comes after the greeting."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return dial(resolved(self.host, self.port), self.port, timeout or 0.0)


class Mailbox:
    """One folder of a mailbox, opened."""

    def __init__(self, connection: imaplib.IMAP4, host: str) -> None:
        self._connection = connection
        self._host = host

    @property
    def validity(self) -> str:
        """What the numbers of messages hold for; another one: they were given anew."""
        found = self._connection.response("UIDVALIDITY")[1]
        return found[-1].decode("ascii", "replace") if found and isinstance(found[-1], bytes) else ""

    def numbers(self, after: int, since: date) -> list[int]:
        """The numbers of messages after one, that came on a day or later, ascending."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        answer = self._asked("SEARCH", "UID", f"{after + 1}:*", "SINCE", day)
        found = b" ".join(part for part in answer if isinstance(part, bytes)).split()
        return sorted(number for number in map(int, found) if number > after)

    def heads(self, numbers: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
        """Number, bytes and head of some messages."""
        for place in range(0, len(numbers), _AT_ONCE):
            listed = ",".join(map(str, numbers[place : place + _AT_ONCE]))
            for part in self._asked("FETCH", listed, _HEAD):
                if isinstance(part, tuple):
                    told_of = part[0].decode("ascii", "replace")
                    yield _number_after("UID", told_of), _number_after("RFC822.SIZE", told_of), part[1]

    def message(self, number: int) -> bytes:
        """A whole message."""
        answer = self._asked("FETCH", str(number), "(UID BODY.PEEK[])")
        return next((part[1] for part in answer if isinstance(part, tuple)), b"")

    def mark_read(self, number: int) -> None:
        """Mark a message as read."""
        self._asked("STORE", str(number), "+FLAGS.SILENT", r"(\Seen)")

    def _asked(self, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes]]:
        kind, answer = self._connection.uid(command, *arguments)
        if kind != "OK":
            raise Trouble(say("«{host}» does not answer as a mail server does.", host=self._host))
        return [part for part in answer if part is not None]


@contextlib.contextmanager
def opened(asked: Asked) -> Iterator[Mailbox]:
    """The folder of the settings; read-only unless messages are to be marked. `Trouble` says what is in the way."""
    host = str(asked.settings["host"]).strip().lower()
    with told(host), _imap_told(host):
        connection = _connected(host, int(asked.settings["port"]), asked.limits.wait)
        try:
            _sign_in(connection, str(asked.settings["user"]), asked.secret("password"))
            keeps = bool(asked.settings["seen"]) and not asked.is_trial
            _choose(connection, str(asked.settings["folder"]), keeps=keeps)
            yield Mailbox(connection, host)
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                connection.logout()


@contextlib.contextmanager
def _imap_told(host: str) -> Iterator[None]:
    try:
        yield
    except imaplib.IMAP4.error as error:
        raise Trouble(say("«{host}» ended in the middle, or does not speak IMAP.", host=host)) from error


def _connected(host: str, port: int, wait: float) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if port == TLS_PORT:
        return _Tls(host, port, ssl_context=context, timeout=wait)
    try:
        return _Tls(host, port, ssl_context=context, timeout=wait)
    except ssl.SSLCertVerificationError:
        raise
    except ssl.SSLError:
        connection = _StartTls(host, port, timeout=wait)
    if "STARTTLS" not in connection.capabilities:
        connection.shutdown()
        raise Trouble(
            say("«{host}» offers no protected connection on port {port}.", host=host, port=port),
            hint=say("Use port 993."), is_lasting=True,
        )  # fmt: skip
    connection.starttls(context)
    return connection


def _sign_in(connection: imaplib.IMAP4, user: str, password: str) -> None:
    """The password is sent under TLS only, in whatever letters it has; no error repeats it."""
    try:
        if "AUTH=PLAIN" in connection.capabilities:
            connection.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())
        else:
            connection.login(user, password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        raise Trouble(
            say("The mailbox does not take this address and password."),
            hint=say("Most mail services want a password made for programs, and IMAP switched on in the settings."),
            is_lasting=True,
        ) from None


def _choose(connection: imaplib.IMAP4, folder: str, *, keeps: bool) -> None:
    kind, _ = connection.select(_quoted(encoded(folder)), readonly=not keeps)
    if kind != "OK":
        raise Trouble(
            say("The mailbox has no folder «{folder}».", folder=folder),
            hint=say("It has: {names}", names=", ".join(_folders(connection))), is_lasting=True,
        )  # fmt: skip


def _folders(connection: imaplib.IMAP4) -> list[str]:
    _, listed = connection.list()
    lines = [line.decode("ascii", "replace") for line in listed or () if isinstance(line, bytes)]
    return [decoded(line.rpartition(' "')[2].strip('"') or line.rpartition(" ")[2]) for line in lines][:_MOST_LISTED]


def _quoted(text: str) -> str:
    if "\r" in text or "\n" in text:
        raise UserError(say("A folder's name is one line."))
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def _number_after(word: str, text: str) -> int:
    found = text.partition(f"{word} ")[2].split(maxsplit=1)
    digits = found[0].rstrip(")") if found else ""
    return int(digits) if digits.isdecimal() else 0
