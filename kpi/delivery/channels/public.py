"""Addresses on the web that may be asked on a person's behalf.

Invariant: a name is resolved once, all it resolves to is looked at, and the very address that was looked at is the one
that is connected to; nobody can point a name at this network in between.
"""

import socket
import urllib.parse
from dataclasses import dataclass

from data.collect.net.addresses import is_public
from data.message import Message, say


class NotPublic(Exception):
    """The address may not be asked, or cannot be found."""

    def __init__(self, reason: Message, *, again: bool = False) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """Why, for a person."""
        self.again = again
        """Whether another try may help."""


@dataclass(frozen=True)
class Target:
    """Where to connect, and whom to ask for there."""

    url: str
    """The address with the number of the computer in the place of its name."""
    host: str
    """The header Host: name and port."""
    name: str
    """The name that the certificate has to be for."""


def checked(url: str, allows_private: bool) -> urllib.parse.SplitResult:
    """The address, taken apart. `NotPublic` for one that is none, or not encrypted."""
    try:
        parts = urllib.parse.urlsplit(url.strip())
        named, _ = parts.hostname, parts.port
    except ValueError:
        named, parts = None, urllib.parse.urlsplit("")
    if not named or parts.scheme not in ("http", "https") or parts.username or not url.strip().isprintable():
        raise NotPublic(say("That is no web address."))
    if parts.scheme == "http" and not allows_private:
        raise NotPublic(say("The web address has to begin with https."))
    return parts


def resolved(url: str, allows_private: bool) -> Target:
    """Where to connect. `NotPublic` where any of its computers is within this network and that was not allowed."""
    parts = checked(url, allows_private)
    name = str(parts.hostname)
    try:
        found = socket.getaddrinfo(
            name, parts.port or (443 if parts.scheme == "https" else 80), type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError):
        raise NotPublic(say("The web address cannot be found."), again=True) from None
    numbers = [str(one[4][0]) for one in found]
    if not allows_private and not all(is_public(number) for number in numbers):
        raise NotPublic(say("The web address is within this network, which was not allowed."))
    number = f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]
    port = f":{parts.port}" if parts.port else ""
    url = urllib.parse.urlunsplit((parts.scheme, number + port, parts.path or "/", parts.query, ""))
    return Target(url, f"[{name}]{port}" if ":" in name else name + port, name)
