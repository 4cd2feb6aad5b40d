"""A workspace with the crew's two months."""

from collections.abc import Iterator

import pytest

from data.store.store import Store
from tests.oracle.conftest import opened
from tests.oracle.people.crew import FEBRUARY, JANUARY, fill, jobs

MONTHS = (
    ("Anna", JANUARY, 20, 13, 1000), ("Anna", FEBRUARY, 100, 63, 1000), ("Boris", FEBRUARY, 50, 10, 2000),
    ("Vera", FEBRUARY, 40, 12, 500), ("Gleb", FEBRUARY, 25, 10, 1000), ("Dina", FEBRUARY, 20, 5, 1000),
    ("Zoe", FEBRUARY, 30, 3, 1000), ("Yan", FEBRUARY, 4, 4, 1000), ("", FEBRUARY, 5, 0, 1000),
)  # fmt: skip
"""Add-ons in February: Anna 63 %, Boris 20 %, Vera 30 %, Gleb 40 %, Dina 25 %; of the others Zoe 10 %, Yan 4 jobs."""


@pytest.fixture(scope="session")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("crew")
    store = opened(folder / "workspace")
    fill(store, folder, {"orders": jobs(MONTHS)})
    yield store
    store.close()
