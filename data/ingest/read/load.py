"""Rows of Python texts into a temp table, in batches, so that memory stays bounded."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import duckdb
import pyarrow as pa

from data.ingest.read.cells import Cells

BATCH = 20_000


def load(
    con: duckdb.DuckDBPyConnection, name: str, width: int, rows: Iterable[tuple[int, Sequence[str | None]]]
) -> Cells:
    """Stage (line, cells) rows, each with `width` cells, as the cells of table `name`."""
    columns = [(f"c{i}", pa.string()) for i in range(width)]
    schema = pa.schema([*columns, ("line", pa.int64())])
    declared = ", ".join(f"c{i} varchar" for i in range(width))
    cells = Cells(name, width, "line")
    con.execute(f'create temp table "{cells.table}" ({declared}, line bigint)')
    for batch in _batches(iter(rows), schema, width):
        con.register(f"{name}_batch", batch)
        con.execute(f'insert into "{cells.table}" from "{name}_batch"')
        con.unregister(f"{name}_batch")
    return cells


def _batches(rows: Iterator[tuple[int, Sequence[str | None]]], schema: pa.Schema, width: int) -> Iterator[pa.Table]:
    while chunk := list(islice(rows, BATCH)):
        columns = list(zip(*(cells for _, cells in chunk), strict=True))
        lines = pa.array([line for line, _ in chunk], pa.int64())
        yield pa.Table.from_arrays(
            [pa.array(column, pa.string()) for column in columns[:width]] + [lines], schema=schema
        )
