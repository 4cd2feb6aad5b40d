"""rows_in = published + rejected + duplicates + superseded, of every file nobody here wrote."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.errors import UserError
from data.store.store import Store
from tests.sturdy.balance import Told, balances
from tests.sturdy.files import clock

pytestmark = pytest.mark.real_data
SHARDS = 8
"""Parts the whole is tried in, so that it can be tried on several processors."""


@pytest.fixture(scope="module")
def everything(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every file of the data sets, in no telling order but always the same."""
    folder = tmp_path_factory.mktemp("data")
    for archive in real_data.glob("*.tar.xz"):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return [*sorted(path for path in folder.rglob("*") if path.is_file()), real_data / "blns.txt"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace", clock) as made:
        yield made


def trial(store: Store, files: list[Path]) -> list[Told]:
    """Files the reader refuses hold no rows that could be lost."""
    told: list[Told] = []
    with duckdb.connect() as con:
        for place, path in enumerate(files):
            try:
                told += balances(store, con, path, versioned=place % 2 == 1)
            except UserError:
                continue
    assert [each for each in told if each.wrong] == []
    return told


def test_some_files(store: Store, everything: list[Path]) -> None:
    told = trial(store, everything[::200])
    assert len(told) > 20
    assert sum(each.left_out for each in told) > 0


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_file(store: Store, everything: list[Path], shard: int) -> None:
    told = trial(store, everything[shard::SHARDS])
    assert len(told) > len(everything) // SHARDS // 2
    assert sum(each.left_out for each in told) > 0
