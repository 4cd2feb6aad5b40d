"""The kinds of channels there are, and how one that was set up is opened.

Invariant: what is secret about a channel lies sealed under its number; a channel is kept only if it can be opened. Who
sets another server, user or address enters the secret anew: the old one is never shown to somebody it was not for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.errors import UnknownName, UserError, did_you_mean
from data.message import Message, say
from data.store.entries import ChannelEntry
from data.store.entries.delivery.addressees import check_email
from data.store.store import Store
from kpi.delivery.channel import Channel
from kpi.delivery.channels import public
from kpi.delivery.channels.folder import Folder
from kpi.delivery.channels.mail import PORTS, SECURITIES, MailServer
from kpi.delivery.channels.telegram import ADDRESS, Bot
from kpi.delivery.channels.webhook import Webhook

Reach = Literal["email", "chat", "place"]
"""By what a recipient is reached: their e-mail address, their chat, or there is but one at the other end."""


TITLES: Mapping[str, Message] = {
    "host": say("Mail server"), "port": say("Port"), "security": say("Encryption"), "sender": say("Sender's address"),
    "sender_name": say("Sender's name"), "user": say("User name"), "password": say("Password"),
    "token": say("Token of the bot"), "address": say("Address of the Bot API"), "path": say("Folder"),
    "url": say("Web address"), "secret": say("Secret for the signature"), "allows_private": say("Within this network"),
}  # fmt: skip
"""Setting or secret → what it is called."""


@dataclass(frozen=True)
class Kind:
    """One kind of channel."""

    code: str
    """Its code."""
    title: Message
    """What it is called."""
    reach: Reach
    """By what a recipient is reached."""
    settings: tuple[str, ...]
    """What is set about it."""
    secrets: tuple[str, ...]
    """What is secret about it."""
    needed: tuple[str, ...]
    """What of both it cannot do without."""
    bound: tuple[str, ...]
    """Settings the secrets were entered for: where one changes they are entered anew."""
    is_idempotent: bool
    """Whether its other end takes the same parcel twice as once, so that what is unclear is simply sent again."""
    open: Callable[[Store, Mapping[str, Any]], Channel]
    """Opens it from settings and secrets. `UserError` where they cannot be right."""


def _mail(store: Store, told: Mapping[str, Any]) -> Channel:
    security = str(told.get("security") or "tls")
    if security not in SECURITIES:
        raise UserError(say("The line is encrypted by tls, starttls or none."))
    check_email(str(told["sender"]))
    server = MailServer(
        str(told["host"]).strip(), _port(told.get("port") or PORTS[security]), security, str(told["sender"]).strip(),
        store.clock, str(told.get("sender_name") or ""), str(told.get("user") or ""), str(told.get("password") or ""),
    )  # fmt: skip
    server.check()
    return server


def _port(value: Any) -> int:
    if not str(value).isdecimal() or not 0 < int(value) < 65536:
        raise UserError(say("A port is a number from 1 to 65535."))
    return int(value)


def _telegram(_store: Store, told: Mapping[str, Any]) -> Channel:
    address = str(told.get("address") or ADDRESS)
    try:
        public.checked(address, allows_private=True)
    except public.NotPublic as error:
        raise UserError(error.reason) from None
    return Bot(str(told["token"]).strip(), address)


def _folder(_store: Store, told: Mapping[str, Any]) -> Channel:
    folder = Folder(Path(str(told["path"])).expanduser())
    folder.check()
    return folder


def _webhook(store: Store, told: Mapping[str, Any]) -> Channel:
    allows = bool(told.get("allows_private"))
    webhook = Webhook(str(told["url"]).strip(), str(told.get("secret") or ""), store.clock, allows)
    webhook.check()
    return webhook


_MAIL = Kind(
    "mail", say("Mail server"), "email", ("host", "port", "security", "sender", "sender_name", "user"), ("password",),
    needed=("host", "sender"), bound=("host", "user"), is_idempotent=False, open=_mail,
)  # fmt: skip
_TELEGRAM = Kind(
    "telegram", say("Telegram bot"), "chat", ("address",), ("token",), needed=("token",), bound=("address",),
    is_idempotent=False, open=_telegram,
)  # fmt: skip
_FOLDER = Kind(
    "folder", say("Folder"), "place", ("path",), (), needed=("path",), bound=(), is_idempotent=True, open=_folder
)
_WEBHOOK = Kind(
    "webhook", say("Web address"), "place", ("allows_private",), ("url", "secret"), needed=("url",), bound=(),
    is_idempotent=True, open=_webhook,
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (_MAIL, _TELEGRAM, _FOLDER, _WEBHOOK)}
"""Code → kind."""


def kind_of(code: str) -> Kind:
    """The kind of a code. `UnknownName` if there is none."""
    if code not in KINDS:
        raise UnknownName(say("There is no kind of channel «{kind}».", kind=code), hint=did_you_mean(code, KINDS))
    return KINDS[code]


def open_channel(store: Store, entry: ChannelEntry) -> Channel:
    """The channel, ready to send. `UserError` where a secret is missing or what was set is not right any more."""
    kind = kind_of(entry.kind)
    return _opened(store, kind, {**entry.settings, **_secrets(store, kind, entry.id)})


def set_up(store: Store, name: str, kind_code: str, told: Mapping[str, Any]) -> int:
    """Set a channel up, or change the one of that name; its number.

    `told` holds settings and secrets; a secret that is not told stays as it was. `UserError` where it cannot be right.
    """
    kind = kind_of(kind_code)
    known = next((one for one in store.entries.channels.all() if one.name == name.strip()), None)
    settings = {one: told[one] for one in kind.settings if told.get(one) not in (None, "")}
    fresh = {one: str(told[one]) for one in kind.secrets if told.get(one)}
    kept = _secrets(store, kind, known.id) if known is not None and known.kind == kind_code else {}
    if known is not None and any(known.settings.get(one) != settings.get(one) for one in kind.bound):
        kept = _asked_anew(kept, fresh)
    _opened(store, kind, {**settings, **kept, **fresh})
    number = store.entries.channels.set(name, kind_code, settings)
    for one, text in fresh.items():
        store.entries.secrets.put(_secret(number, one), text)
    return number


def take_away(store: Store, number: int) -> None:
    """Remove a channel and its secrets."""
    for one in store.entries.secrets.known(f"channel.{number}."):
        store.entries.secrets.forget(one.name)
    store.entries.channels.remove(number)


def _asked_anew(kept: Mapping[str, str], fresh: Mapping[str, str]) -> dict[str, str]:
    if set(kept) - set(fresh):
        raise UserError(say("Enter the password anew: it was kept for another server or user."))
    return {}


def _opened(store: Store, kind: Kind, told: Mapping[str, Any]) -> Channel:
    missing = tuple(TITLES[one] for one in kind.needed if not str(told.get(one) or "").strip())
    if missing:
        raise UserError(
            say("The channel is not set up: this is missing: {names}.", names=missing),
            hint=say("Enter it under «Channels»."),
        )
    return kind.open(store, told)


def _secrets(store: Store, kind: Kind, number: int) -> dict[str, str]:
    found = {one: store.entries.secrets.get(_secret(number, one)) for one in kind.secrets}
    return {name: text for name, text in found.items() if text is not None}


def _secret(number: int, name: str) -> str:
    return f"channel.{number}.{name}"
