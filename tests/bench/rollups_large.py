"""What counting ahead saves and costs at ten million orders (see `rolling.py`)."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.rolling import at
from tests.bench.timing import Ratio


def run(folder: Path) -> Iterator[Ratio]:
    """One load."""
    yield from at(folder, 10_000_000, 3)
