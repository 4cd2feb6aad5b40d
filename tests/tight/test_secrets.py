"""Everything that uses a secret is done on a real server that tells its log all it can: no secret stands in the log, in
a file of the workspace, or in an address that is asked for later."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from data.store.token import BYTES
from tests.tight.place import LINK_PASSWORD, PASSWORD, Place
from tests.tight.wire import ConnectionClosed, wire

pytestmark = pytest.mark.xdist_group("tight")
NEW_PASSWORD = "семь вёрст не крюк"
WRONG = "это не тот пароль вовсе"
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{(BYTES * 8 + 5) // 6}}}")
_NOTE = "app.json"
"""Leads commands to the app: made to be read by the owner of the folder, and holds the commands' own token."""


@dataclass
class Told:
    """What must be found nowhere."""

    secrets: dict[str, str] = field(default_factory=dict)
    """What it is → the secret."""

    def session(self, name: str, answer: httpx.Response) -> str:
        """Somebody was let in by this answer: their cookie."""
        assert answer.status_code == 303, (name, answer.status_code)
        found = re.search(r"kpi_session=([^;]+)", answer.headers["set-cookie"])
        assert found is not None, name
        self.secrets[f"session of {name}"] = found[1]
        return f"kpi_session={found[1]}"


@contextmanager
def commands(place: Place) -> Iterator[httpx.Client]:
    """The door for commands."""
    token = json.loads((place.app.workspace / _NOTE).read_text(encoding="utf-8"))["token"]
    with httpx.Client(base_url=place.app.url, headers={"authorization": f"Bearer {token}"}, timeout=60) as client:
        yield client


def command(client: httpx.Client, *argv: str) -> str:
    """What a command prints."""
    told = client.post("/local/command", json={"argv": [*argv], "cwd": "/"}).json()
    assert told["status"] == 0, told
    return str(told["stdout"])


def come_in(place: Place, told: Told) -> None:
    """A one-time link, wrong passwords, signing in, a new password, signing out everywhere."""
    origin = {"origin": place.app.url}
    with place.browser(**origin) as browser:
        way = f"/welcome/{place.tokens['invitation']}"
        assert browser.get(way).status_code == 200
        assert browser.post(way, data={"password": NEW_PASSWORD, "again": WRONG}).status_code == 422
        told.session("new", browser.post(way, data={"password": NEW_PASSWORD, "again": NEW_PASSWORD}))
        assert browser.get(way).status_code == 404
        browser.cookies.clear()
        for login in ("new", "nobody", PASSWORD):  # some type the password where the name belongs
            assert browser.post("/enter", data={"login": login, "password": WRONG}).status_code == 403
        sent = {"login": "new", "password": NEW_PASSWORD, "next": f"/l/{place.tokens['link']}"}
        cookie = told.session("new again", browser.post("/enter", data=sent))
        assert browser.get("/door", headers={"cookie": cookie}).status_code == 204
        assert browser.get(f"/account?token={place.tokens['link']}", headers={"cookie": cookie}).status_code == 200
        changed = {"old": WRONG, "password": NEW_PASSWORD}
        assert browser.post("/account", data=changed, headers={"cookie": cookie}).status_code == 422
        assert browser.post("/account", data={"everywhere": "1"}, headers={"cookie": cookie}).status_code == 303
        assert browser.get("/door", headers={"cookie": cookie}).status_code == 401


def open_links(place: Place, told: Told) -> None:
    """Links with and without a password, seen by a messenger, opened, polled, and what was mistyped of one."""
    for name, path in (("link", "/l/"), ("personal", "/p/"), ("locked", "/l/")):
        way = path + place.tokens[name]
        with place.browser() as browser:
            assert browser.get(way, headers={"user-agent": "TelegramBot"}).status_code == 200
            if name == "locked":
                assert browser.get(way).status_code == 200
                assert browser.post(way, data={"password": WRONG}).status_code == 403
                answer = browser.post(way, data={"password": LINK_PASSWORD})
            else:
                answer = browser.get(way)
            cookie = told.session(name, answer)
            assert place.tokens[name] not in answer.headers["location"]
            assert browser.get("/door", headers={"cookie": cookie}).status_code == 204
            assert browser.get(f"{way}x").status_code == 404
            assert browser.get(f"/export/{place.tokens[name]}", headers={"cookie": cookie}).status_code == 403
        with wire(place.app.url, cookie) as socket:
            socket.run(query=f"person={place.tokens[name]}&lens={WRONG}")


def share(place: Place, told: Told) -> None:
    """The owner makes a link on the screen, exports everything, and takes the link back while it is looked at."""
    with wire(place.app.url, place.owner) as owner, place.browser(place.owner) as browser:
        owner.run()
        owner.run(page=owner.pages["access"])
        made = re.search(rb"/l/([A-Za-z0-9_-]{43})", owner.run(widgets={owner.widgets["share_make"]: True}))
        assert made is not None
        told.secrets["link of the screen"] = made[1].decode()
        cookie = told.session("guest", browser.get(f"/l/{made[1].decode()}", headers={"cookie": ""}))
        owner.run(page=owner.pages["data"])
        sent, until = owner.run(widgets={owner.widgets["export"]: True}), time.monotonic() + 60
        while (found := re.search(rb"/export/([A-Za-z0-9_-]{43})", sent)) is None and time.monotonic() < until:
            sent = owner.run()
        assert found is not None
        told.secrets["export"] = found[1].decode()
        assert browser.get(f"/export/{found[1].decode()}").status_code == 200
        owner.run(page=owner.pages["access"])
        withdraw = max(key for key in owner.widgets if key.startswith("withdraw-"))
        with wire(place.app.url, cookie) as guest:
            guest.run()
            owner.run(widgets={owner.widgets[withdraw]: True})
            with pytest.raises(ConnectionClosed):
                guest.run()
        assert browser.get("/door", headers={"cookie": cookie}).status_code == 401


def command_all(place: Place, told: Told, tmp_path: Path) -> None:
    """The same by commands, and a backup."""
    with commands(place) as client:
        made = json.loads(command(client, "link", "create", "--password", "--json"))
        told.secrets["link of the command"] = _TOKEN.findall(json.dumps(made))[0]
        told.secrets["its password"] = made["password"]
        added = command(client, "user", "add", "later@example.org", "--json")
        told.secrets["invitation of the command"] = _TOKEN.findall(added)[0]
        told.secrets["reset"] = _TOKEN.findall(command(client, "user", "reset", "new", "--json"))[0]
        command(client, "link", "revoke", str(made["id"]), "--json")
        command(client, "user", "remove", "later@example.org", "--json")
        command(client, "backup", str(tmp_path / "backup.zip"), "--json")
        client.post("/local/command", content=json.dumps({"argv": told.secrets["reset"], "cwd": 7}))


def test_no_secret_is_in_the_log_or_in_a_file(place: Place, tmp_path: Path) -> None:
    told = Told(dict(place.tokens))
    told.secrets |= {"password": PASSWORD, "of the link": LINK_PASSWORD, "new password": NEW_PASSWORD, "wrong": WRONG}
    told.secrets |= {name: getattr(place, name).partition("=")[2] for name in ("owner", "viewer", "guest")}
    come_in(place, told)
    open_links(place, told)
    share(place, told)
    command_all(place, told, tmp_path)
    assert len(told.secrets) >= 20
    files = [path for path in place.app.workspace.rglob("*") if path.is_file() and path.name != _NOTE]
    files += [place.app.log, tmp_path / "backup.zip"]
    log = place.app.log.read_text(encoding="utf-8")
    assert "Beginning script thread" in log  # what Streamlit tells at the level debug alone
    for path in files:
        kept = path.read_bytes()
        for name, secret in told.secrets.items():
            assert secret.encode() not in kept, (path.name, name)
            assert json.dumps(secret)[1:-1].encode() not in kept, (path.name, name)
    assert {path.name for path in files} >= {"app.log", "people.sqlite", "app.sqlite", "backup.zip"}
