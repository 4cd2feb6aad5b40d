"""The business of two halves behind the API, loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store.store import Store
from tests.pages.canary import write_business
from tests.unit.api.asking import Place, served
from tests.unit.store.files import clock


@pytest.fixture(scope="session")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The workspace."""
    folder = tmp_path_factory.mktemp("api")
    with Store.open(folder / "workspace", clock) as store:
        write_business(store, folder)
        yield store


@pytest.fixture
def place(halves: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Place]:
    """The API in front of it."""
    with served(halves, monkeypatch, tmp_path) as made:
        yield made
