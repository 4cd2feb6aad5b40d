"""Which servers may be asked.

Invariant: the address that was looked at is the one that is connected to. Addresses of this computer and of networks
behind it are refused unless this is a computer of one's own, or whoever runs the server allows them: else an owner of
one business could make the server ask its neighbours.
"""

import ipaddress
import os
import socket
from urllib.parse import SplitResult, urlsplit

from data.collect.model import Trouble
from data.errors import UserError
from data.message import say

PRIVATE = "KPI_PRIVATE_ADDRESSES"
"""Setting: 1 where servers of one's own network may be asked as well."""
ALONE = "KPI_ALONE"
"""Setting: 1 where the program serves this computer alone."""
_RESERVED = ipaddress.ip_network("192.0.0.0/24")
"""For protocols of networks; older Pythons take it for public."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones."""


def checked(address: str) -> SplitResult:
    """The parts of a web address. `UserError` for what is none, or not protected on its way."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise UserError(say("«{address}» is no web address.", address=address)) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise UserError(
            say("«{address}» is no web address.", address=address),
            hint=say("It begins with https://, as in the browser's address line."),
        )
    if parts.username is not None or parts.password is not None:
        raise UserError(
            say("The address holds a name or password."), hint=say("Enter them in the fields of their own.")
        )
    if parts.scheme == "http" and not is_this_computer(parts.hostname):
        raise UserError(
            say("The address begins with http://: anybody on the way could read and change what it brings."),
            hint=say("Use the same address with https://."),
        )
    return parts


def is_this_computer(host: str) -> bool:
    """Whether it is named as this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def resolved(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a server, all of which may be asked. `Trouble` where there is none, or one that may not be."""
    try:
        found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Trouble(
            say("No server is called «{host}», or this computer is not connected to the internet.", host=host),
            hint=say("Look whether the address is spelled right."),
        ) from None
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    if not _may_be_private() and not all(map(is_public, addresses)):
        raise Trouble(
            say("«{host}» leads to this computer or the network behind it, which is not asked.", host=host),
            hint=say("Whoever runs the server can allow it: {setting}=1", setting=PRIVATE), is_lasting=True,
        )  # fmt: skip
    return addresses


def is_public(text: str) -> bool:
    """Whether an address is one of the internet."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if within is None and address in _TRANSLATED:
            within = ipaddress.IPv4Address(address.packed[-4:])
        if within is not None:
            return is_public(str(within))
    return address.is_global and not address.is_multicast and address not in _RESERVED


def _may_be_private() -> bool:
    return os.environ.get(PRIVATE) == "1" or os.environ.get(ALONE) == "1"
