"""Mail by a server that takes it (SMTP, RFC 5321).

Invariant: a mail is taken by the answer to the dot that ends it, not before: whatever breaks until that dot leaves is
certainly not sent, whatever breaks after it is unclear. A password never goes over a line that is not encrypted, but
to this computer itself.
"""

import base64
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.headerregistry import Address
from typing import Literal

from data.errors import UserError
from data.message import Message, say
from data.store.clock import Clock
from kpi.delivery.channel import Leaving, NotSent, Unclear
from kpi.delivery.channels.written import written
from kpi.delivery.parcel import Parcel

Security = Literal["tls", "starttls", "none"]
SECURITIES: tuple[Security, ...] = ("tls", "starttls", "none")
"""Encrypted from the first byte (usually port 465), after STARTTLS (587), or not at all (25)."""
PORTS: dict[Security, int] = {"tls": 465, "starttls": 587, "none": 25}
SECONDS = 60.0
"""How long the server may take for an answer."""
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """A mail server and whoever sends by it."""

    host: str
    """Its name."""
    port: int
    """Its port."""
    security: Security
    """How the line is encrypted."""
    sender: str
    """The address mails come from."""
    clock: Clock
    """Tells the date of a mail."""
    sender_name: str = ""
    """What the sender is called; empty: only the address."""
    user: str = ""
    """Who signs in; empty: nobody has to."""
    password: str = field(default="", repr=False)
    """Their password."""
    seconds: float = SECONDS
    """How long the server may take for an answer."""

    def check(self) -> None:
        """`UserError` where the password would go over an open line."""
        if self.security == "none" and self.user and self.host not in _HERE:
            raise UserError(
                say("The password would be sent unencrypted."), hint=say("Choose TLS or STARTTLS for this server.")
            )

    def send(self, parcel: Parcel, to: str, leaving: Leaving) -> str:
        """Hand the mail over; the server's answer to the dot that ended it."""
        mail = written(parcel, self._from(), _ascii(to), self.clock().astimezone(UTC))
        with self._session() as server:
            self._address(server, _ascii(to), len(mail))
            leaving()
            _begin(server)
            return _hand_over(server, mail, to)

    def _from(self) -> Address:
        return Address(self.sender_name, addr_spec=_ascii(self.sender))

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """A connection that is encrypted and signed in as it should be; what fails there is the channel's fault."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_why(error), again=True, is_channel=True) from None
        try:
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):  # whatever it says now, the mail is taken or not
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            server.ehlo()
            if self.security == "starttls":
                server.starttls(context=safe)
                server.ehlo()
            if self.user:
                _sign_in(server, self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _address(self, server: smtplib.SMTP, to: str, size: int) -> None:
        """Tell from whom and to whom it goes; nothing of the mail left yet."""
        largest = server.esmtp_features.get("size", "")
        if largest.isdecimal() and 0 < int(largest) < size:
            raise NotSent(say("The mail is larger than the mail server takes."), again=False)
        try:
            code, reply = server.mail(_ascii(self.sender))
            if code == 250:
                code, reply = server.rcpt(to)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_why(error), again=True) from None
        if code not in (250, 251):
            raise _refused(code, reply, to)


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """By the best way both know; what is beyond ASCII by PLAIN (RFC 4616), which alone is written in UTF-8."""
    if (user + password).isascii():
        server.login(user, password)
        return
    told = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    code, reply = server.docmd("AUTH", f"PLAIN {told}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _begin(server: smtplib.SMTP) -> None:
    try:
        code, reply = server.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_why(error), again=True) from None
    if code != 354:
        raise _refused(code, reply, "")


def _hand_over(server: smtplib.SMTP, mail: bytes, to: str) -> str:
    body = re.sub(rb"(?m)^\.", b"..", mail)
    try:
        server.send(body if body.endswith(b"\r\n") else body + b"\r\n")
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_why(error), again=True) from None  # without the dot no server may take it
    try:
        server.send(b".\r\n")
        code, reply = server.getreply()
    except (OSError, smtplib.SMTPException):
        raise Unclear(
            say("The connection to the mail server was lost before it said whether it took the mail.")
        ) from None
    if code != 250:
        raise _refused(code, reply, to)
    return _said(reply, to)


def _refused(code: int, reply: bytes, to: str) -> NotSent:
    """RFC 5321, 4.2.1: 4 — try again later; 5 — do not."""
    told = _said(reply, to)
    if 400 <= code < 500:
        return NotSent(say("The mail server put it off: {code} {reply}", code=str(code), reply=told), again=True)
    return NotSent(say("The mail server refused it: {code} {reply}", code=str(code), reply=told), again=False)


def _why(error: Exception) -> Message:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return say("The mail server does not know this user and password.")
    if isinstance(error, ssl.SSLCertVerificationError):
        return say("The mail server's certificate is not one that can be trusted.")
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return say("The mail server does not encrypt the line as was set.")
    if isinstance(error, TimeoutError):
        return say("The mail server did not answer in time.")
    return say("The mail server cannot be reached, or hung up.")


def _said(reply: bytes, to: str) -> str:
    """An answer as one line, without the address it names."""
    text = " ".join(reply.decode("utf-8", "replace").split())
    return text.replace(to, "…") if to else text


def _ascii(address: str) -> str:
    """The address with its domain as the wire wants it."""
    local, _, domain = address.strip().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}" if local.isascii() else _unwritable()
    except UnicodeError:
        return _unwritable()


def _unwritable() -> str:
    raise NotSent(say("No mail can be sent to an address with such letters."), again=False)
