"""A workspace of a few rows, and what it says of accounts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.store.store import Store
from tests.unit.store.files import load, opened

Made = Callable[[Mapping[str, Sequence[str]]], Reader]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Made:
    """Publishes tables (fact → lines of CSV, the header of the fact's own names first; «ads 2» is another file)."""

    def publish(tables: Mapping[str, Sequence[str]]) -> Reader:
        for name, lines in tables.items():
            load(store, tmp_path, f"{name}.csv", name.split()[0], lines)
        return Reader(store)

    return publish
