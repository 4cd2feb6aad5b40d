"""`kill -9` at any moment of an import: nothing acknowledged is lost, nothing is there in part or twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.store import Store
from tests.sturdy.files import check_whole, clock, write

ROOT = Path(__file__).parents[2]
STAGES = ("open", "Reading", "Cleaning", "Publishing", "Counting", "Saving", "Closing")
FILES = 6
"""Imports of one workspace; then a new one is begun."""


@pytest.fixture
def importer() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.sturdy.importer"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.stdin.close()  # type: ignore[union-attr]


def killed(importer: subprocess.Popen[str], workspace: Path, files: list[Path], chance: random.Random) -> set[int]:
    """Run an importer and kill it some moments after some stage; the imports it had acknowledged."""
    assert importer.stdin is not None
    assert importer.stdout is not None
    importer.stdin.write("\t".join(map(str, [workspace, *files])) + "\n")
    importer.stdin.flush()
    child, acknowledged = 0, set[int]()
    stage, skipped, wait = chance.choice(STAGES), chance.randrange(2), chance.choice([0.0, 0.002, 0.01, 0.05])
    for line in importer.stdout:
        match line.split():
            case ["child", number]:
                child = int(number)
            case ["acknowledged", number]:
                acknowledged.add(int(number))
            case ["over"]:
                return acknowledged
            case ["open" as reached] | ["stage", reached] if reached == stage:
                skipped -= 1
                if skipped < 0:
                    time.sleep(wait)
                    with contextlib.suppress(ProcessLookupError):  # it may have come to its end meanwhile
                        os.kill(child, signal.SIGKILL)
    raise AssertionError("the importer ended")


def trial(importer: subprocess.Popen[str], folder: Path, kills: int, seed: int) -> list[float]:
    """So many kills, each followed by an opening that must need nobody; seconds each of those took."""
    chance, files, opened = random.Random(seed), write(folder / "files", FILES), list[float]()
    workspace, number, there = folder / "workspace0", 0, set[int]()
    for _ in range(kills):
        missing = [file for file in files if int(file.stem.removeprefix("batch")) not in there]
        acknowledged = there | killed(importer, workspace, missing, chance)
        started = time.perf_counter()
        with Store.open(workspace, clock) as store:
            opened.append(time.perf_counter() - started)
            there = check_whole(store, acknowledged, range(1, FILES + 1))
            incoming = [path.name for path in store.workspace.originals.iterdir() if path.name.startswith(".")]
            assert incoming == [], "half a copy stayed"
        if len(there) == FILES:
            number, there = number + 1, set()
            workspace = folder / f"workspace{number}"
    return opened


def test_kills(importer: subprocess.Popen[str], tmp_path: Path) -> None:
    trial(importer, tmp_path, kills=12, seed=1)


@pytest.mark.slow
def test_a_thousand_kills(importer: subprocess.Popen[str], tmp_path: Path) -> None:
    trial(importer, tmp_path, kills=1000, seed=2)
