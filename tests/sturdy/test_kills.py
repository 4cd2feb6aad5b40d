"""`kill -9` at any moment of whatever is done: nothing acknowledged is lost, nothing is there in part or twice.

The next opening needs nobody, takes under a second, and says what happened.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.store.derived.people import read_names
from data.store.journal import FileJournal, imports_of
from data.store.store import Store
from tests.sturdy.deeds import PERSON, STAGES, Deed, Holds, chosen, states
from tests.sturdy.files import check_whole, clock, write

ROOT = Path(__file__).parents[2]
FILES = 6
PAUSES = (0.0, 0.002, 0.01, 0.03, 0.08)
"""Seconds between a stage and the kill."""
OPENS_WITHIN = 1.0
"""Seconds of processor time: on a machine that does nothing else it is the time that passes."""


@dataclass(frozen=True)
class Killed:
    """What came of one process."""

    acknowledged: int
    """Deeds it had told to be done."""
    stage: str
    """Where it was killed; empty: it came to its end before."""


@pytest.fixture
def importer() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.sturdy.importer"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()  # type: ignore[union-attr]


def killed(importer: subprocess.Popen[str], workspace: Path, deeds: Sequence[Deed], chance: random.Random) -> Killed:
    """Have the deeds done and kill whoever does them, some moments after some stage of one of them."""
    assert importer.stdin is not None
    assert importer.stdout is not None
    threshold = chance.choice(("16MB", "10KB"))
    importer.stdin.write(json.dumps([str(workspace), threshold, deeds]) + "\n")
    importer.stdin.flush()
    meant = chance.randrange(-1, len(deeds) + 1)
    stages = STAGES[deeds[meant][0]] if 0 <= meant < len(deeds) else ("open",) if meant < 0 else ("Closing",)
    stage, wait = chance.choice(stages), chance.choice(PAUSES)
    child, acknowledged, at = 0, 0, min(meant, len(deeds))
    for line in importer.stdout:
        match line.split():
            case ["child", number]:
                child = int(number)
            case ["acknowledged"]:
                acknowledged += 1
            case ["over", "killed"]:
                return Killed(acknowledged, stage)
            case ["over", code]:
                assert code == "0", f"{deeds} ended with an error"
                return Killed(acknowledged, "")
            case ["deed" | "stage", reached] if reached == stage and acknowledged >= at:
                time.sleep(wait)
                with contextlib.suppress(ProcessLookupError):  # it may have come to its end meanwhile
                    os.kill(child, signal.SIGKILL)
    raise AssertionError("the importer ended")


def trial(importer: subprocess.Popen[str], folder: Path, kills: int, seed: int) -> Counter[str]:
    """So many kills, each followed by an opening; how many there were of each stage."""
    chance, files, died = random.Random(seed), write(folder / "files", FILES), Counter[str]()
    zips, workspace, held = folder / "zips", folder / "workspace", Holds()
    zips.mkdir()
    while died.total() < kills:
        deeds = chosen(chance, held, files, zips)
        end = killed(importer, workspace, deeds, chance)
        possible = states(held, deeds)[end.acknowledged : end.acknowledged + 2]
        held = reopened(workspace, possible)
        check_zips(zips)
        died += Counter([end.stage] if end.stage else [])
    return died


def reopened(workspace: Path, possible: Sequence[Holds]) -> Holds:
    """Open it as the next start does; what it holds, which is one of those states, whole."""
    open_ended = any(not told.closed for told in imports_of(FileJournal(workspace / "journal.jsonl")).values())
    erasing = (workspace / "deleting").exists()
    started = time.process_time()
    with Store.open(workspace, clock) as store:
        took = time.process_time() - started
        assert took < OPENS_WITHIN
        assert (store.opening_notes != ()) == (open_ended and not erasing), "the start must say what happened"
        smallest = frozenset.intersection(*(state.batches for state in possible))
        batches = check_whole(store, smallest, frozenset().union(*(state.batches for state in possible)))
        merged = store.entries.merges.names()
        assert dict(read_names(store.cursor())) == merged
        assert set(merged.values()) <= {PERSON}
        held = Holds(frozenset(batches), frozenset(merged))
        assert held in possible
        check_files(store)
    return held


def check_files(store: Store) -> None:
    """Nothing of what was cut off lies about."""
    workspace = store.workspace
    assert [path.name for path in workspace.temporary.iterdir()] == [], "half of something stayed"
    kept = {path.name for path in workspace.originals.iterdir()}
    assert {f"{one.sha256}{one.extension}" for one in store.imports()} == kept, "an original too many, or too few"


def check_zips(zips: Path) -> None:
    """A copy that has its name is whole."""
    for path in zips.glob("*.zip"):
        with zipfile.ZipFile(path) as file:
            assert file.testzip() is None
            assert {"README.txt", "imports.csv"} <= set(file.namelist())
    for path in zips.iterdir():
        path.unlink()


def test_kills(importer: subprocess.Popen[str], tmp_path: Path) -> None:
    trial(importer, tmp_path, kills=16, seed=1)


@pytest.mark.slow
def test_a_thousand_kills(importer: subprocess.Popen[str], tmp_path: Path) -> None:
    died = trial(importer, tmp_path, kills=1000, seed=2)
    assert set(died) == {"open", "Closing", *(stage for stages in STAGES.values() for stage in stages)}
