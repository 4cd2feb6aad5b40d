"""The disk fills up during an import: a plain sentence, the state before it, and work goes on once there is space.

The disk is a small file system in memory; the trial is skipped, and says so, where none may be mounted.
"""

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.errors import UserError
from data.store.store import Store
from tests.sturdy.files import check_whole, clock, write
from tests.sturdy.images import MAPPING

SIZE = 128 << 20
IMPORTS = 3


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no file system may be mounted here: a full disk cannot be tried")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """A file that takes all of the disk but so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * (64 << 10)):
            pass
    with ballast.open("r+b") as file:
        file.truncate(max(0, ballast.stat().st_size - leave))
    return ballast


def reads_on(store: Store, stop: threading.Event, failed: list[BaseException]) -> None:
    while not stop.wait(0.01):
        try:
            store.cursor().execute("select count(*) from fact_orders where _live").fetchone()
        except BaseException as error:
            failed.append(error)
            return


def trial(disk: Path, leave: int, threshold: str) -> str:
    """What an import with so many bytes left says; everything before it is there, and it can be made afterwards."""
    files, workspace = write(disk / "files", IMPORTS), disk / "workspace"
    stop, failed = threading.Event(), list[BaseException]()
    with Store.open(workspace, clock) as store:
        store.cursor().execute(f"set checkpoint_threshold = '{threshold}'")
        for file in files[:-1]:
            store.publish(file, [MAPPING])
        reader = threading.Thread(target=reads_on, args=(store, stop, failed))
        reader.start()
        ballast, told = fill(disk, leave), ""
        try:
            store.publish(files[-1], [MAPPING])
        except UserError as error:
            told = str(error)
        ballast.unlink()
        there = check_whole(store, range(1, IMPORTS), range(1, IMPORTS + 1))
        assert (IMPORTS in there) == (told == "")
        store.publish(files[-1], [MAPPING])
        check_whole(store, range(1, IMPORTS + 1), range(1, IMPORTS + 1))
        stop.set()
        reader.join()
    assert failed == []
    with Store.open(workspace, clock) as store:
        check_whole(store, range(1, IMPORTS + 1), range(1, IMPORTS + 1))
    return told


THRESHOLDS = ("16MB", "10KB")
"""Bytes of its log from which DuckDB moves them to its file: never in these trials, and with every import."""


@pytest.mark.parametrize(
    ("leave", "threshold"), [(0, "16MB"), (40_000, "16MB"), (200_000, "10KB"), (2_000_000, "10KB")]
)
def test_a_full_disk(disk: Path, leave: int, threshold: str) -> None:
    told = trial(disk, leave, threshold)
    assert told == "" or "The disk is full" in told
    assert told or leave > 40_000


@pytest.mark.slow
@pytest.mark.parametrize("leave", range(0, 1_000_000, 50_000))
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_twenty_sizes(disk: Path, leave: int, threshold: str) -> None:
    trial(disk, leave, threshold)
