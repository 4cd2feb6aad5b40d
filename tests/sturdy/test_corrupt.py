"""A file goes bad on the disk: never a silent difference; the database is made anew from what was kept."""

import contextlib
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.store.opening import DAMAGE
from data.store.store import Store
from tests.sturdy.files import check_whole, clock
from tests.sturdy.images import Taken, history, image

IMPORTS = 3


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Half of it in the database file, half in the log."""
    return list(history(tmp_path_factory.mktemp("history"), IMPORTS))[-1]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, state: Taken) -> Taken:
    """All of it in the database file."""
    folder = image(tmp_path_factory.mktemp("settled") / "workspace", state)
    Store.open(folder, clock).close()
    return Taken(folder, state.acknowledged)


def spoiled(chance: random.Random, content: bytes) -> bytes:
    """One bit turned, a sector of zeros, or the end cut off."""
    place = chance.randrange(len(content))
    kind = chance.choice(("bit", "zeros", "cut"))
    if kind == "cut":
        return content[:place]
    if kind == "zeros":
        return content[:place] + b"\0" * len(content[place : place + 512]) + content[place + 512 :]
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def trial(states: Sequence[Taken], folder: Path, files: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(files):
        taken = chance.choice(states)
        workspace = image(folder / "workspace", taken)
        name = chance.choice([path.name for path in workspace.glob("main.duckdb*")])
        bad = workspace / name
        bad.write_bytes(spoiled(chance, bad.read_bytes()))
        with Store.open(workspace, clock) as store:
            _told_or_whole(store, taken)


def _told_or_whole(store: Store, taken: Taken) -> None:
    """What opening does not read is noticed when it is asked for, and mended by making the database anew."""
    with contextlib.suppress(*DAMAGE):
        check_whole(store, taken.acknowledged, taken.acknowledged)
        return
    store.rebuild()
    check_whole(store, taken.acknowledged, taken.acknowledged)


def test_corrupt_files(state: Taken, settled: Taken, tmp_path: Path) -> None:
    trial((state, settled), tmp_path, files=16, seed=5)


@pytest.mark.slow
def test_600_corrupt_files(state: Taken, settled: Taken, tmp_path: Path) -> None:
    trial((state, settled), tmp_path, files=600, seed=6)
