"""Only servers of the internet are asked, whatever a name leads to, unless somebody allows others."""

import socket

import pytest

from data.collect.model import Trouble
from data.collect.net.addresses import PRIVATE, checked, is_public, resolved
from data.errors import UserError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.5", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "fe80::1%eth0", "2002:c0a8:101::1",
        "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_behind_this_computer_are_none_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "77.88.55.242", "2a02:6b8::2:242", "64:ff9b::808:808"])
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


def found(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Whatever is asked for has these addresses."""
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda *_asked, **_more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses],
    )  # fmt: skip


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, "8.8.8.8", "10.0.0.7")
    with pytest.raises(Trouble, match="leads to this computer or the network behind it"):
        resolved("rebinding.example.org", 443)
    monkeypatch.setenv(PRIVATE, "1")
    assert resolved("rebinding.example.org", 443) == ("8.8.8.8", "10.0.0.7")


def test_numbers_that_mean_this_computer_are_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]".strip("[]")):
        with pytest.raises(Trouble):
            resolved(host, 80)
    with pytest.raises(Trouble, match="No server is called"):
        resolved("a" * 70 + ".example", 443)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://example.org/a.csv", "no web address"),
        ("example.org/a.csv", "no web address"),
        ("https://", "no web address"),
        ("https://example.org:99999/", "no web address"),
        ("https://[::1", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("http://example.org/a.csv", "anybody on the way"),
        ("http://127.0.0.1.example.org/", "anybody on the way"),
        ("https://user:canary@example.org/", "holds a name or password"),
    ],
)
def test_what_is_no_address_is_told(address: str, told: str) -> None:
    with pytest.raises(UserError, match=told) as error:
        checked(address)
    assert "canary" not in str(error.value)


def test_what_is_one() -> None:
    assert checked(" https://пример.рф/отчёт.csv?a=б ").hostname == "пример.рф"
    assert checked("http://localhost:8080/a").port == 8080
    assert checked("http://[::1]/a").hostname == "::1"
