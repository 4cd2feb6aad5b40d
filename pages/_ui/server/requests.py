"""Reading an ASGI scope: its headers, and whether it comes from this computer.

Invariant: what cannot be proven to be local is not local.
"""

import ipaddress
import os
import re

from starlette.types import Scope

PROXY = "KPI_PROXY"
"""Setting: 1 where a proxy of one's own stands before this server; its headers tell address and scheme."""
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
_PROXY_HEADERS = ("forwarded", "x-real-ip", "via", "cf-connecting-ip", "true-client-ip")


def header(scope: Scope, name: str) -> str | None:
    """The last value of a header (lower-case name), or None."""
    found = [value for key, value in scope.get("headers", ()) if key == name.encode()]
    return found[-1].decode("latin-1") if found else None


def is_local(scope: Scope) -> bool:
    """Whether the peer is this computer, it asked for this computer by name, and nobody stands between."""
    return _peer_is_loopback(scope) and _asks_for_this_computer(scope) and not _came_through_a_proxy(scope)


def same_origin(scope: Scope) -> bool:
    """Whether the browser says that the request was made by a page of this very address."""
    origin, host = header(scope, "origin"), header(scope, "host")
    return bool(host) and origin is not None and origin.partition("://")[2].lower() == str(host).lower()


def address_of(scope: Scope) -> str:
    """The address of whoever asks; behind a proxy of one's own, the one the proxy saw."""
    forwarded = header(scope, "x-forwarded-for") if _has_proxy() else None
    client = scope.get("client")
    return forwarded.split(",")[-1].strip() if forwarded else str(client[0] if client else "")


def is_secure(scope: Scope) -> bool:
    """Whether the browser speaks TLS: with this server, or with a proxy of one's own before it."""
    return scope.get("scheme") == "https" or (_has_proxy() and header(scope, "x-forwarded-proto") == "https")


def _has_proxy() -> bool:
    """Whether the owner says that a proxy of theirs stands before this server, whose headers can be believed."""
    return os.environ.get(PROXY) == "1"


def _peer_is_loopback(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0]) if client else None
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return address is not None and (mapped or address).is_loopback


def _asks_for_this_computer(scope: Scope) -> bool:
    hosts = [value for key, value in scope.get("headers", ()) if key == b"host"]
    return len(hosts) == 1 and _LOCAL_HOST.fullmatch(hosts[0].decode("latin-1")) is not None


def _came_through_a_proxy(scope: Scope) -> bool:
    names = {key.decode("latin-1").lower() for key, _ in scope.get("headers", ())}
    return any(name in _PROXY_HEADERS or name.startswith("x-forwarded") for name in names)
