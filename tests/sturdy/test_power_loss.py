"""The power fails while an import is written: every workspace opens by itself with all that was acknowledged.

What an acknowledged import wrote had reached the disk; of the one under way any part may be missing.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.store.store import Store
from tests.sturdy.files import check_whole, clock
from tests.sturdy.images import Taken, history, image, tear

IMPORTS = 4


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Taken]:
    return list(history(tmp_path_factory.mktemp("history"), IMPORTS))


def trial(states: Sequence[Taken], folder: Path, images: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(images):
        at = chance.randrange(len(states) - 1)
        before, after = states[at], states[at + 1]
        workspace = image(folder / "workspace", before)
        log = workspace / before.log.name
        log.write_bytes(tear(chance, before.log.read_bytes(), after.log.read_bytes()))
        journal = workspace / "journal.jsonl"
        journal.write_bytes(_torn_line(chance, journal.read_bytes(), (after.folder / journal.name).read_bytes()))
        if chance.random() < 0.5:  # the file itself may have arrived whole, or, the disk being a liar, not at all
            shutil.copytree(after.folder / "originals", workspace / "originals", dirs_exist_ok=True)
        with Store.open(workspace, clock) as store:
            check_whole(store, before.acknowledged, after.acknowledged)


def _torn_line(chance: random.Random, before: bytes, after: bytes) -> bytes:
    """The journal may have got any part of what was added, in order: it waits for the disk line by line."""
    return after[: chance.randrange(len(before), len(after))]


def test_power_loss(states: Sequence[Taken], tmp_path: Path) -> None:
    trial(states, tmp_path, images=16, seed=3)


@pytest.mark.slow
def test_3500_images(states: Sequence[Taken], tmp_path: Path) -> None:
    trial(states, tmp_path, images=3500, seed=4)
