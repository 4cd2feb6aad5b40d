"""The file of accounts: damaged, on a full disk, in two processes, and under a clock that is set back."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.access.people import Membership, People, TooMany, passwords
from data.access.visitor import personal_link
from data.errors import UserError
from data.store.disk import DiskFull
from data.store.entries import Entries, NewLink
from data.store.taking.backup import backup
from data.store.taking.restore import prepare
from tests.sturdy.doorkeeper import CHEAP, PASSWORD
from tests.sturdy.test_disk_full import disk, fill
from tests.sturdy.test_door_kills import ROOT
from tests.unit.store.files import opened

__all__ = ["disk"]


class Clock:
    """A clock that can be set."""

    now = datetime(2026, 11, 23, 12)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    """An installation with an owner, «boss»."""
    (tmp_path / "workspace").mkdir()
    made = People(tmp_path / "workspace", clock)
    number, _ = made.let_in("boss", "Ольга", Membership("", "owner"))
    made.persons.choose_password(number, passwords.hashed(PASSWORD))
    yield made
    made.close()


def damages(whole: bytes) -> dict[str, bytes]:
    return {
        "something else": b"x" * 5_000,
        "cut": whole[: len(whole) // 2],
        "a page gone": whole[:4096] + b"\xff" * 4096 + whole[8192:],
        "its head gone": b"\0" * 100 + whole[100:],
    }


@pytest.mark.parametrize("how", ["something else", "cut", "a page gone", "its head gone"])
def test_damaged_accounts_are_told_and_put_back(tmp_path: Path, how: str) -> None:
    with opened(tmp_path) as store, contextlib.closing(People(store.workspace.folder)) as people:
        people.let_in("boss", "Ольга", Membership("", "owner"))
        for n in range(60):
            people.let_in(f"n{n}", "Анна", Membership("", "viewer"))
        backup(store, tmp_path / "b.zip")
    path = tmp_path / "workspace" / "people.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    damaged = damages(path.read_bytes())[how]
    path.write_bytes(damaged)
    with pytest.raises(UserError) as told:
        People(tmp_path / "workspace")
    assert str(path) in str(told.value.title)
    assert "restore FILE --people" in str(told.value.hint)
    with opened(tmp_path) as store:  # the figures are not in it
        if how != "a page gone":
            with pytest.raises(UserError):
                backup(store, tmp_path / "never.zip")
        prepare(store, tmp_path / "b.zip")
    with opened(tmp_path), contextlib.closing(People(tmp_path / "workspace")) as people:
        assert people.persons.has_owner("")
        assert len(people.persons.all()) == 61
    aside = list((tmp_path / "workspace" / "backups").glob("damaged-*"))
    assert [one.read_bytes() for one in aside] == [damaged]


def test_a_full_disk(disk: Path, clock: Clock) -> None:
    people, entries = People(disk, clock), Entries(disk / "app.sqlite", clock)
    number, _ = people.let_in("boss", "Ольга", Membership("", "owner"))
    people.persons.choose_password(number, passwords.hashed(PASSWORD))
    session = people.sessions.begin("", "phone", person=number)
    _, link = entries.links.create(personal_link("Анна"))
    ballast = fill(disk, leave=0)
    clock.now += timedelta(hours=1)
    failed = 0
    for n in range(300):  # SQLite has some room left in its own files
        try:
            people.let_in(f"n{n}", "Анна" * 20, Membership("", "viewer"))
        except DiskFull:
            failed += 1
    assert failed > 0
    before = len(people.persons.all())
    with pytest.raises(DiskFull):
        people.let_in("more", "Анна" * 20, Membership("", "viewer"))
    assert len(people.persons.all()) == before
    assert all(people.persons.memberships(one.id) for one in people.persons.all())
    assert people.sessions.find(session) is not None  # whoever is in stays in
    assert entries.links.find(link) is not None
    ballast.unlink()
    assert people.sign_in("boss", PASSWORD, "x") is not None
    people.let_in("later", "Анна", Membership("", "viewer"))
    people.close()
    entries.close()


def test_two_processes_write_one_file(people: People, tmp_path: Path) -> None:
    """The app and `python -m kpi user` do, at times."""
    workspace = tmp_path / "workspace"
    script = (
        "import sys\nfrom pathlib import Path\nfrom data.access.people import Membership, People\n"
        "people = People(Path(sys.argv[1]))\n"
        "for n in range(40): people.let_in(f'{sys.argv[2]}{n}', 'Анна', Membership('', 'viewer'))"
    )
    command = [sys.executable, "-c", script, str(workspace)]
    others = [subprocess.Popen([*command, name], cwd=ROOT) for name in "ab"]
    for n in range(40):
        people.let_in(f"c{n}", "Анна", Membership("", "viewer"))
    assert [other.wait(120) for other in others] == [0, 0]
    assert {one.login for one in people.persons.all()} == {"boss", *(f"{name}{n}" for name in "abc" for n in range(40))}
    assert len(people.persons.of_business("")) == 121


def test_a_clock_that_is_set_back_ends_no_wait_and_makes_none_for_ever(people: People, clock: Clock) -> None:
    clock.now += timedelta(days=400)  # it ran ahead
    for _ in range(10):
        assert people.sign_in("boss", "x", "a") is None
    clock.now -= timedelta(days=400)
    with pytest.raises(TooMany):
        people.sign_in("boss", PASSWORD, "b")
    clock.now += timedelta(minutes=14)
    with pytest.raises(TooMany):
        people.sign_in("boss", PASSWORD, "b")
    clock.now += timedelta(minutes=2)
    assert people.sign_in("boss", PASSWORD, "b") is not None


def test_sessions_under_a_clock_that_is_set(people: People, clock: Clock) -> None:
    first = people.sessions.begin("", "phone", person=1)
    clock.now += timedelta(days=15)
    assert people.sessions.find(first) is None  # nobody came back for two weeks
    clock.now -= timedelta(days=15)
    assert people.sessions.find(first) is None
    second = people.sessions.begin("", "phone", person=1)
    clock.now -= timedelta(seconds=3)  # as a clock is put right
    assert people.sessions.find(second) is not None
    clock.now += timedelta(days=400)
    ahead = people.sessions.begin("", "phone", person=1)
    clock.now -= timedelta(days=400)
    assert people.sessions.find(ahead) is None  # or it would last for more than a year
    assert people.sign_in("boss", PASSWORD, "b") is not None  # nobody is shut out


def test_one_time_links_under_a_clock_that_is_set(people: People, clock: Clock) -> None:
    _, token = people.let_in("anna", "Анна", Membership("", "viewer"))
    clock.now += timedelta(days=8)
    assert people.invitations.find(str(token)) is None
    clock.now -= timedelta(days=8)
    assert people.invitations.find(str(token)) is None
    clock.now += timedelta(days=400)
    _, ahead = people.let_in("anna", "Анна", Membership("", "viewer"))
    clock.now -= timedelta(days=400)
    assert people.invitations.find(str(ahead)) is None
    _, again = people.let_in("anna", "Анна", Membership("", "viewer"))  # nobody is shut out
    assert people.accept(str(again), PASSWORD) is not None


def test_links_under_a_clock_that_is_set(tmp_path: Path, clock: Clock) -> None:
    with contextlib.closing(Entries(tmp_path / "app.sqlite", clock)) as entries:
        day = timedelta(days=1)
        new = NewLink(frozenset({"people"}), "people", (("employee", ("Анна",)),), lasts=2 * day)
        number, token = entries.links.create(new)
        clock.now += 2 * day
        assert entries.links.find(token) is None
        clock.now -= 2 * day
        assert entries.links.find(token) is None  # it was found to be over
        assert entries.links.get(number) is None
        assert entries.links.all()[0].over_at == clock.now + 2 * day
        clock.now += 400 * day
        _, ahead = entries.links.create(new)
        _, always = entries.links.create(personal_link("Анна"))
        clock.now -= 400 * day
        assert entries.links.find(ahead) is None
        assert entries.links.find(always) is not None
        _, other = entries.links.create(new)
        clock.now -= timedelta(hours=2)
        assert entries.links.find(other) is not None
