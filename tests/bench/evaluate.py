"""KPIs at ten thousand, a hundred thousand and a million orders (see `evaluating.py`)."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.evaluating import Size, at
from tests.bench.timing import Ratio

SIZES = (
    Size(10_000, 15, 3.0, {"polars": 12.0, "pandas": 4.0}),
    Size(100_000, 9, 2.0, {"polars": 3.0, "pandas": 1.0}),
    Size(1_000_000, 7, 1.2, {"polars": 1 / 3, "pandas": 1 / 5}, {"polars": 0.5, "pandas": 0.5}),
)
"""With few orders what is fixed decides: comparing, judging and counting the unknown, which only the product does."""


def run(folder: Path) -> Iterator[Ratio]:
    """Each size in a folder of its own."""
    for size in SIZES:
        own = folder / str(size.rows)
        own.mkdir()
        yield from at(own, size)
