"""A mail server of this computer (aiosmtpd): what it takes lies in `mails`; it can be told to answer otherwise."""

import ssl
from asyncio import WriteTransport
from asyncio.base_events import Server
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "kpi", "пароль-почты"


@dataclass
class Mailbox:
    """What the server took, and how it is to answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    """Mails it said yes to."""
    raw: list[bytes] = field(default_factory=list)
    """The same as they came."""
    to: list[str] = field(default_factory=list)
    """Whom each was for."""
    tried: list[str] = field(default_factory=list)
    """Every recipient anybody asked for."""
    rcpt: dict[str, str] = field(default_factory=dict)
    """Recipient → another answer than yes."""
    data: list[str] = field(default_factory=list)
    """Answers to the next mails, the first first; «hang up»: takes it and says nothing; empty: yes."""

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tried.append(address)
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 2.0.0 taken"
        content = envelope.content
        assert isinstance(content, bytes)
        if answer.startswith("250") or answer == "hang up":
            parsed = message_from_bytes(content, policy=default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
            self.raw.append(content)
            self.to.extend(envelope.rcpt_tos)
        if answer == "hang up":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return answer


class _Anywhere(Controller):
    """Listens wherever a port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


def mail_server(mailbox: Mailbox, *, tls: tuple[str, str] | None = None, starttls: bool = False, **options: Any) -> Any:
    """A server that is started and has to be stopped; `controller.port` is where it listens.

    `tls`: certificate and key; `starttls`: only after STARTTLS, and with a password.
    """
    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=data == right, handled=False)

    kept = dict(options)
    if starttls:
        kept |= {"require_starttls": True, "tls_context": context, "auth_required": True, "authenticator": known}
    controller = _Anywhere(mailbox, hostname="127.0.0.1", port=0, ssl_context=None if starttls else context, **kept)
    controller.start()
    return controller
