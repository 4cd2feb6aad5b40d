"""A workspace for experiments on small data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.store import Store
from tests.unit.store.files import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made
