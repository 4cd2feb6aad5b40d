"""One hosted app for all that is tried against it."""

from collections.abc import Iterator

import pytest

from tests.tight.place import Place, opened


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The app on a business of two halves; what a test changes there, it puts back."""
    with opened(tmp_path_factory.mktemp("tight")) as made:
        yield made
