"""Setting channels up: only what can work is kept, and a secret goes to nobody it was not entered for."""

from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.store.store import Store
from kpi.delivery.channels.mail import MailServer
from kpi.delivery.kinds import open_channel, set_up, take_away

MAIL = {"host": "mail.example.org", "sender": "kpi@example.org", "user": "kpi", "password": "first-password"}


def test_the_password_lies_sealed_and_opens_the_channel(store: Store) -> None:
    number = set_up(store, "Почта", "mail", MAIL)
    entry = store.entries.channels.get(number)
    assert entry is not None
    assert "password" not in entry.settings
    assert b"first-password" not in (store.workspace.entries).read_bytes()
    opened = open_channel(store, entry)
    assert isinstance(opened, MailServer)
    assert (opened.password, opened.port, opened.security) == ("first-password", 465, "tls")


def test_what_is_not_told_again_stays(store: Store) -> None:
    number = set_up(store, "Почта", "mail", MAIL)
    told = {**MAIL, "sender": "other@example.org", "password": ""}
    assert set_up(store, "Почта", "mail", told) == number
    entry = store.entries.channels.named("Почта")
    assert entry.settings["sender"] == "other@example.org"
    assert getattr(open_channel(store, entry), "password", "") == "first-password"


@pytest.mark.parametrize("changed", [{"host": "evil.example.org"}, {"user": "other"}])
def test_another_server_or_user_wants_the_password_anew(store: Store, changed: dict[str, str]) -> None:
    set_up(store, "Почта", "mail", MAIL)
    with pytest.raises(UserError, match="anew"):
        set_up(store, "Почта", "mail", {**MAIL, **changed, "password": ""})
    assert store.entries.channels.named("Почта").settings["host"] == MAIL["host"]
    set_up(store, "Почта", "mail", {**MAIL, **changed})


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("mail", {**MAIL, "host": ""}),
        ("mail", {**MAIL, "sender": "nobody"}),
        ("mail", {**MAIL, "port": "70000"}),
        ("mail", {**MAIL, "port": "smtp"}),
        ("mail", {**MAIL, "security": "ssl"}),
        ("mail", {**MAIL, "security": "none"}),
        ("telegram", {"token": ""}),
        ("telegram", {"token": "x", "address": "nowhere"}),
        ("folder", {"path": "/nowhere/at/all"}),
        ("folder", {"path": "relative"}),
        ("webhook", {"url": "http://example.org"}),
        ("webhook", {"url": "example.org"}),
    ],
)
def test_what_cannot_work_is_not_kept(store: Store, kind: str, told: dict[str, str]) -> None:
    with pytest.raises(UserError):
        set_up(store, "Канал", kind, told)
    assert store.entries.channels.all() == ()
    assert store.entries.secrets.known() == ()


def test_kinds_and_names(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="telegram"):
        set_up(store, "x", "telegramm", {})
    set_up(store, "Почта", "mail", MAIL)
    with pytest.raises(UserError, match="another kind"):
        set_up(store, "Почта", "folder", {"path": str(tmp_path)})
    with pytest.raises(UserError):
        set_up(store, "  ", "folder", {"path": str(tmp_path)})


def test_what_is_taken_away_leaves_no_secret(store: Store) -> None:
    number = set_up(store, "Почта", "mail", MAIL)
    take_away(store, number)
    assert store.entries.channels.all() == ()
    assert store.entries.secrets.known() == ()
