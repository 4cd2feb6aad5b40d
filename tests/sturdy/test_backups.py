"""Backups made while files are loaded and people are let in: each is whole, and can be put back."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from data.access.people import Membership, People
from data.access.visitor import personal_link
from data.store.store import Store
from data.store.taking.backup import backup
from data.store.taking.restore import prepare
from tests.sturdy.files import check_whole, clock, write
from tests.sturdy.images import MAPPING
from tests.unit.store.files import opened

SURELY = "surely"
"""What each person and link of the trial is called, with its number."""


@dataclass(frozen=True)
class Made:
    """A backup, and what may be in it."""

    path: Path
    """Where it is."""
    surely: tuple[int, int]
    """Imports and people that were there before it began."""
    perhaps: tuple[int, int]
    """Imports that had been begun and people there were when it was over."""


def let_in(people: People, store: Store, stop: threading.Event, known: list[int]) -> None:
    """One person and one link after the other, each person with what they may do."""
    while not stop.wait(0.02):
        number = people.persons.add(f"{SURELY}{len(known)}", "Анна")
        people.persons.admit(number, Membership("", "viewer"))
        people.sessions.begin("", "phone", person=number)
        store.entries.links.create(personal_link(f"{SURELY}{len(known)}"))
        known.append(number)


def load(store: Store, files: list[Path], begun: list[int], done: list[int]) -> None:
    for number, path in enumerate(files, 1):
        begun.append(number)
        store.publish(path, [MAPPING])
        done.append(number)


def made_under_import(folder: Path, count: int, imports: int) -> list[Made]:
    """So many backups while files are loaded and people are let in."""
    files, stop, made = write(folder / "files", imports), threading.Event(), list[Made]()
    begun, done, known = list[int](), list[int](), list[int]()
    with Store.open(folder / "workspace", clock) as store, contextlib.closing(People(folder / "workspace", clock)) as p:
        entering = threading.Thread(target=let_in, args=(p, store, stop, known))
        job = store.writer.submit("load", lambda _tell: load(store, files, begun, done))
        entering.start()
        for number in range(count):
            before, path = (len(done), len(known)), folder / f"backup{number}.zip"
            backup(store, path)
            made.append(Made(path, before, (len(begun), len(known) + 1)))
        assert job.wait(600)
        stop.set()
        entering.join()
    assert job.error is None
    return made


def assert_whole(made: Made, folder: Path) -> int:
    """Put back into a workspace of its own it is what there was at one moment; imports in it."""
    with opened(folder) as store:
        prepare(store, made.path, people=True)
    with opened(folder) as store:
        loaded = check_whole(store, range(1, made.surely[0] + 1), range(1, made.perhaps[0] + 1))
        assert loaded == set(range(1, len(loaded) + 1))
        links = [link.where[0][1][0] for link in store.entries.links.all()]
        assert links == [f"{SURELY}{n}" for n in range(len(links))]
        assert made.surely[1] <= len(links) <= made.perhaps[1]
    with contextlib.closing(sqlite3.connect(folder / "workspace" / "people.sqlite")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) from sessions").fetchone() == (0,)
        persons = [row[0] for row in connection.execute("select login from people order by id")]
    assert persons == [f"{SURELY}{n}" for n in range(len(persons))]
    assert made.surely[1] <= len(persons) <= made.perhaps[1]
    return len(loaded)


def test_a_drill(tmp_path: Path) -> None:
    made = made_under_import(tmp_path, count=4, imports=4)
    found = [assert_whole(one, tmp_path / one.path.stem) for one in made[1::2]]
    assert found == sorted(found)


@pytest.mark.slow
def test_seventy_backups_under_import(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    began = process_time()
    made = made_under_import(tmp_path, count=70, imports=70)
    found = [assert_whole(one, tmp_path / one.path.stem) for one in made]
    assert found == sorted(found)
    assert len({*found}) > 20, "few backups were made while files were loaded"
    record_property("imports in the backup in the middle", median(found))
    record_property("seconds of a processor", process_time() - began)
