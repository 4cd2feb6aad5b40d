"""What counting ahead saves and costs at a million orders (see `rolling.py`)."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.rolling import at
from tests.bench.timing import Ratio


def run(folder: Path) -> Iterator[Ratio]:
    """One load."""
    yield from at(folder, 1_000_000, 5)
