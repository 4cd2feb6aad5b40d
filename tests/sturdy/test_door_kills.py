"""`kill -9` while people are let in and shown out: what was told is kept, nobody is half in, nothing opens again."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data.access.people import People, passwords
from data.store.entries import Entries
from tests.sturdy.doorkeeper import CHEAP, PASSWORD, clock

ROOT = Path(__file__).parents[2]
Told = dict[str, Any]


def killed(folder: Path, seed: int, chance: random.Random) -> list[Told]:
    """What it told before it was killed, some moments after some deed."""
    command = [sys.executable, "-m", "tests.sturdy.doorkeeper", str(folder), str(seed)]
    left, told = chance.randrange(1, 60), list[Told]()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told.append(json.loads(line))
            left -= 1
            if left == 0:
                time.sleep(chance.choice((0.0, 0.0005, 0.002, 0.005)))
                os.kill(process.pid, signal.SIGKILL)
        told += [json.loads(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    return told


def check(folder: Path, told: Iterable[Told]) -> None:
    """All that was told to be done is there; what was begun is whole or not at all."""
    done = [one for one in told if "done" in one]
    tokens = {what: {one["token"] for one in told if one.get("done") == what and "token" in one} for what in
              ("let_in", "accept", "session", "end", "link", "revoke")}  # fmt: skip
    logins = {
        what: {one["login"] for one in done if one["done"] == what} for what in ("let_in", "accept", "lead", "close")
    }
    begun = {what: {one.get("token") or one.get("login") for one in told if one.get("begun") == what} for what in
             ("accept", "end", "revoke", "close")}  # fmt: skip
    with closing(People(folder, clock)) as people, closing(Entries(folder / "app.sqlite", clock)) as entries:
        closed = logins["close"] | begun["close"]
        for token in tokens["session"]:
            found = people.sessions.find(token)
            person = people.persons.get(found.person or 0) if found else None
            assert (found is not None) or token in begun["end"] or closed, token
            assert token not in tokens["end"] or found is None, token
            assert person is None or person.login not in logins["close"]
        for token in tokens["link"]:
            opens = entries.links.find(token) is not None
            assert not opens if token in tokens["revoke"] else opens or token in begun["revoke"]
        for token in tokens["let_in"]:
            opens = people.invitations.find(token) is not None
            assert not opens if token in tokens["accept"] else opens or token in begun["accept"]
        for person, mine in people.persons.of_business(""):
            assert person.login == "boss" or mine.role == "lead" or person.login not in logins["lead"]
        for login in {person.login for person in people.persons.all()} - {"boss"}:
            assert_not_half(people, login, logins)
    for name in ("people.sqlite", "app.sqlite"):
        with closing(sqlite3.connect(folder / name)) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            assert connection.execute("pragma foreign_key_check").fetchall() == []


def assert_not_half(people: People, login: str, logins: dict[str, set[str]]) -> None:
    """Whoever is there belongs somewhere and can come in: by their password or their one-time link; or is closed."""
    person = people.persons.find(login)
    assert person is not None
    if person.disabled_at is not None:
        assert people.persons.memberships(person.id) == ()
        assert people.sessions.of(person.id) == ()
        return
    assert login not in logins["close"]
    assert [one.business for one in people.persons.memberships(person.id)] == [""]
    assert person.has_password or can_still_choose_one(people, person.id)
    assert login not in logins["accept"] or people.sign_in(login, PASSWORD, "198.51.100.1") is not None


def can_still_choose_one(people: People, person: int) -> bool:
    """Whether a one-time link of theirs is unused."""
    return bool(people._database.rows("select 1 from invitations where person = ? and used_at is null", (person,)))


def trial(folder: Path, kills: int, seed: int) -> int:
    chance, told = random.Random(seed), list[Told]()
    for number in range(kills):
        told += killed(folder, number, chance)
        check(folder, told)
    return len([one for one in told if "done" in one])


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)


def test_a_few_kills(tmp_path: Path) -> None:
    assert trial(tmp_path, 3, 1) > 10


@pytest.mark.slow
def test_hundreds_of_kills(tmp_path: Path) -> None:
    assert trial(tmp_path, 200, 2) > 1000
