"""KPIs at ten and a hundred million orders (see `evaluating.py`): minutes, and eight gigabytes of disk.

At a hundred million pandas is left out, whose frame and the columns it makes of it outgrow 24 GB, and polars scans a
Parquet file instead of holding a frame.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.evaluating import Size, at
from tests.bench.timing import Ratio

SIZES = (
    Size(10_000_000, 5, 1.2, {"polars": 1 / 3, "pandas": 1 / 20}, {"polars": 1 / 3, "pandas": 1 / 5}),
    Size(100_000_000, 3, 1.2, {"polars": 1 / 3}, where="disk"),
)


def run(folder: Path) -> Iterator[Ratio]:
    """Each size in a folder of its own."""
    for size in SIZES:
        own = folder / str(size.rows)
        own.mkdir()
        yield from at(own, size)
