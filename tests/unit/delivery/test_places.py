"""A folder and a web address: whole or not at all, and twice is once."""

import hashlib
import hmac
import json
import os
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import UserError
from kpi.delivery.channel import NotSent
from kpi.delivery.channels import public
from kpi.delivery.channels.folder import Folder, safe
from kpi.delivery.channels.webhook import Webhook
from kpi.delivery.parcel import Parcel
from tests.unit.delivery.conftest import PDF, Left
from tests.unit.delivery.servers.http import Receiver

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SECRET = "секрет-подписи"


def hook(receiver: Receiver, path: str = "/in?token=x", **changed: object) -> Webhook:
    made = Webhook(receiver.url.replace("127.0.0.1", "localhost") + path, SECRET, lambda: NOW, True, 20)
    return replace(made, **changed)  # type: ignore[arg-type]


def test_the_same_files_again_are_no_second_ones(tmp_path: Path, parcel: Parcel, left: Left) -> None:
    for _ in range(2):
        assert Folder(tmp_path).send(parcel, "", left) == PDF.name
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(PDF.name, PDF.content)]


def test_without_files_the_text_is_one(tmp_path: Path, parcel: Parcel, left: Left) -> None:
    Folder(tmp_path).send(replace(parcel, files=(), subject="Тревоги"), "", left)
    assert (tmp_path / "Тревоги.txt").read_text(encoding="utf-8") == parcel.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Отчёт.pdf", "Отчёт.pdf"),
        ("../../etc/passwd.pdf", "etc passwd abcdef.pdf"),
        ("Анна / Борис: май?.pdf", "Анна   Борис  май abcdef.pdf"),
        ("..", "abcdef"),
        ("", "abcdef"),
        ("a\x00b\n.xlsx", "a b abcdef.xlsx"),
        ("я" * 300 + ".pdf", "я" * 120 + " abcdef.pdf"),
    ],
)
def test_names_every_file_system_takes(name: str, expected: str) -> None:
    assert safe(name, "abcdef0123") == expected


def test_a_folder_that_is_not_there(tmp_path: Path, parcel: Parcel, left: Left) -> None:
    for path in (tmp_path / "none", Path("relative")):
        with pytest.raises(UserError):
            Folder(path).check()
    with pytest.raises(NotSent) as told:
        Folder(tmp_path / "none").send(parcel, "", left)
    assert (told.value.again, told.value.is_channel) == (True, True)


def test_a_broken_write_leaves_no_half_file(
    tmp_path: Path, parcel: Parcel, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSent, match="No space"):
        Folder(tmp_path).send(parcel, "", left)
    assert [path for path in tmp_path.iterdir() if not path.name.startswith(".")] == []


def test_a_web_address_gets_a_form_it_can_check(receiver: Receiver, parcel: Parcel, left: Left) -> None:
    assert hook(receiver).send(parcel, "", left) == "200"
    (asked,) = receiver.asked
    assert asked.path == "/in?token=x"
    assert asked.headers["idempotency-key"] == parcel.key
    assert asked.headers["host"].startswith("localhost:")
    signed = asked.headers["x-kpi-timestamp"].encode() + b"." + asked.body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert asked.headers["x-kpi-signature"] == f"sha256={expected}"
    assert asked.headers["x-kpi-timestamp"] == str(int(NOW.timestamp()))
    message, file = asked.parts()
    content = message.get_payload(decode=True)
    assert isinstance(content, bytes)
    told = json.loads(content)
    assert (told["key"], told["subject"], told["facts"]) == (parcel.key, parcel.subject, {"period": "2026-10-26"})
    assert (file.get_filename(), file.get_payload(decode=True)) == (PDF.name, PDF.content)


def test_without_files_it_is_json(receiver: Receiver, parcel: Parcel, left: Left) -> None:
    hook(receiver).send(replace(parcel, files=()), "", left)
    (asked,) = receiver.asked
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.body)["text"] == parcel.text


@pytest.mark.parametrize(
    ("status", "headers", "again", "after"),
    [
        (429, {"Retry-After": "90"}, True, timedelta(seconds=90)),
        (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, True, None),
        (500, {}, True, None),
        (400, {}, False, None),
        (403, {}, False, None),
        (302, {"Location": "/elsewhere"}, False, None),
    ],
)
def test_what_it_answers(
    receiver: Receiver, parcel: Parcel, left: Left, status: int, headers: dict[str, str], again: bool,
    after: timedelta | None,
) -> None:  # fmt: skip
    receiver.answers.append((status, headers, b""))
    with pytest.raises(NotSent) as told:
        hook(receiver).send(parcel, "", left)
    assert (told.value.again, told.value.after) == (again, after)
    assert len(receiver.asked) == 1


def test_no_answer_is_tried_again_because_it_carries_its_key(receiver: Receiver, parcel: Parcel, left: Left) -> None:
    receiver.answers.append(None)
    with pytest.raises(NotSent) as told:
        hook(receiver).send(parcel, "", left)
    assert told.value.again
    hook(receiver).send(parcel, "", left)
    assert len({asked.headers["idempotency-key"] for asked in receiver.asked}) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x", "ftp://example.org", "javascript:alert(1)", "example.org", "", "https://", "https://a:b@c.ru/",
        "https://localhost/x", "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://192.168.0.1/",
        "https://169.254.169.254/latest", "https://0.0.0.0/", "https://[::ffff:127.0.0.1]/", "https://100.64.0.1/",
        "https://[fd00::1]/", "https://2130706433/", "https://0x7f.1/",
    ],
)  # fmt: skip
def test_addresses_nobody_may_have_asked(url: str, parcel: Parcel, left: Left) -> None:
    with pytest.raises(NotSent):
        Webhook(url, "", lambda: NOW).send(parcel, "", left)
    assert left.times == 0


def test_the_computer_that_was_looked_at_is_the_one_asked(
    receiver: Receiver, parcel: Parcel, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that points elsewhere at the second question gains nothing: it is asked but once."""
    asked = []
    port = int(receiver.url.rpartition(":")[2])

    def resolve(name: str, _port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(name)
        number = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    target = public.resolved(f"http://hook.example.org:{port}/x", True)
    assert (target.url, target.host) == (f"http://127.0.0.1:{port}/x", f"hook.example.org:{port}")
    assert asked == ["hook.example.org"]


def test_a_name_with_one_inner_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(public.NotPublic):
        public.resolved("https://hook.example.org/x", False)


def test_neither_the_address_nor_the_secret_is_told(receiver: Receiver) -> None:
    assert "token" not in repr(hook(receiver))
    assert SECRET not in repr(hook(receiver))
