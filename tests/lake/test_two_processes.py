"""Two processes on one lake: both write, both see it, and one that is killed takes nothing with it."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.store.present import STALE
from data.store.store import Store
from tests.unit.store.files import clock, csv, mapping

HEAD = "order_id,created_at,status,revenue"
EACH = 100
"""Orders of a file."""
PAUSE = 0.1
"""Seconds between two looks."""


class Another:
    """Another process; it is killed where a test ends without it."""

    def __init__(self, workspace: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lake.another", str(workspace)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, *words: object) -> None:
        """Tell it what to do."""
        assert self._process.stdin is not None
        print(*words, file=self._process.stdin, flush=True)

    def until(self, *words: str) -> list[str]:
        """What it says when it comes that far."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.split()[: len(words)] == list(words):
                return line.split()
        raise AssertionError(f"it ended before it said {words}")

    def kill(self) -> None:
        """As kill -9 does."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def another(workspace: Path) -> Iterator[Another]:
    process = Another(workspace)
    try:
        yield process
    finally:
        process.kill()


def file(folder: Path, number: int, rows: int = EACH) -> Path:
    """A file of orders that no other file has."""
    lines = (f"{number * 100_000 + n},2026-10-{1 + n % 20:02},done,{100 + number}" for n in range(rows))
    return csv(folder / f"file-{number}.csv", HEAD, *lines)


def publish(store: Store, path: Path) -> None:
    store.publish(path, [mapping("orders", HEAD)])


def wait_until_known() -> None:
    """Until a process asks again what others did."""
    threading.Event().wait(2 * STALE)


def counted(store: Store) -> tuple[int, int]:
    """Orders that count, and the version of the data, as one reader sees them."""
    with store.reading(["orders"]) as cursor:
        row = cursor.execute(
            "select (select count(*) from fact_orders where _live), (select version from data_version)"
        ).fetchone()
    assert row is not None
    return row


def test_both_import_at_once_and_both_see_it(lake: Path, tmp_path: Path) -> None:
    with Store.open(lake, clock) as store, another(lake) as other:
        other.until("open")
        mine, theirs = [[file(tmp_path, 2 * n + own) for n in range(2)] for own in (0, 1)]
        for path in theirs:
            other.ask("publish", path)
        seen: set[tuple[int, int]] = set()
        over = threading.Event()

        def look() -> None:
            while not over.wait(PAUSE):
                seen.add(counted(store))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            for path in mine:
                publish(store, path)
            for _ in theirs:
                other.until("done")
        finally:
            over.set()
            watcher.join()
        assert all(rows == EACH * version for rows, version in seen), "somebody saw half an import"
        assert counted(store) == (4 * EACH, 4)
        # Whose import is the last is chance: what the other knew after its own need not be all.
        wait_until_known()
        other.ask("look", 0)
        assert other.until("done") == ["done", str(4 * EACH)]
        assert sorted(entry.import_id for entry in store.imports()) == [1, 2, 3, 4]


@pytest.mark.slow
def test_what_another_process_did_is_known_in_a_second(lake: Path, tmp_path: Path) -> None:
    with Store.open(lake, clock) as store, another(lake) as other:
        other.until("open")
        publish(store, file(tmp_path, 1))
        assert store.relations()["orders"].rows == EACH
        other.ask("undo", 1)
        assert other.until("done") == ["done", "0"]
        wait_until_known()
        assert store.relations()["orders"].rows == 0
        assert store.imports()[0].undone
        assert store.data_version == 2


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["Cleaning", "Publishing", "Counting", "Saving"])
def test_a_process_that_is_killed_takes_nothing_with_it(lake: Path, tmp_path: Path, stage: str) -> None:
    with Store.open(lake, clock) as store:
        publish(store, file(tmp_path, 1))
        with another(lake) as other:
            other.until("open", str(EACH))
            other.ask("publish", file(tmp_path, 2, 20_000))
            other.until("stage", stage)
            other.kill()
        rows, version = counted(store)
        assert (rows, version) in {(EACH, 1), (EACH + 20_000, 2)}
        publish(store, file(tmp_path, 3))
        assert counted(store) == (rows + EACH, version + 1)
    with Store.open(lake, clock) as again:
        assert counted(again) == (rows + EACH, version + 1)
        publish(again, file(tmp_path, 2, 20_000))
        assert counted(again)[0] == 2 * EACH + 20_000
