"""Tables brought to the servers.

Invariant: a copy bears its name only once it is whole; what a copying that was killed left bears another, and is
cleared away later. A copy is never changed.
"""

import logging
import secrets
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import duckdb
import numpy as np
import pyarrow as pa

from data.store.engine.clickhouse.address import Address
from data.store.engine.clickhouse.node import Failed, Node
from data.store.engine.clickhouse.tables import WHOLE, Table

BATCH = 100_000
"""Rows that travel together."""
KEPT = 600
"""Seconds for which a copy stays that no version needs any more: whoever still reads it is done by then."""
PARTS = "_part"
"""Ending of a server's own part of a table."""
_LOADING = "__loading_"
_log = logging.getLogger(__name__)


class Copies:
    """The copies on the servers of one engine."""

    def __init__(self, nodes: Sequence[Node], address: Address) -> None:
        self._nodes, self._address = nodes, address

    def prepare(self) -> None:
        """The database, where it is missing."""
        for node in self._nodes:
            node.do(f"create database if not exists {self._address.database}", database=False)

    def parts(self, table: str) -> int:
        """Over how many servers a table's rows are spread."""
        return 1 if table in WHOLE else len(self._nodes)

    def present(self) -> frozenset[str]:
        """Names of the copies that the first server has, the last to get one."""
        return frozenset(self._nodes[0].do("select name from system.tables where database = currentDatabase()").split())

    def bring(self, cursor: duckdb.DuckDBPyConnection, table: Table) -> None:
        """A table's rows, as the cursor sees them."""
        spread = self.parts(table.name) > 1
        own = f"{table.copy}{PARTS}" if spread else table.copy
        loading = f"{table.name}{_LOADING}{secrets.token_hex(8)}"
        last_first = list(enumerate(self._nodes))[::-1]
        for place, node in last_first:
            self._load(cursor, node, table, loading, (place, len(self._nodes)) if spread else None)
        self._check(table, loading, spread=spread)
        for _, node in last_first:
            self._name(node, loading, own)
        if spread:
            self._nodes[0].do(
                f"create table if not exists {table.copy} as {own}"
                f" engine = Distributed({self._address.cluster}, {self._address.database}, {own})"
            )

    def clear(self, needed: Iterable[str]) -> None:
        """Away with what has not been needed for a while."""
        kept = {name for table in needed for name in (table, f"{table}{PARTS}")}
        for node in self._nodes:
            old = node.do(
                f"""select name from system.tables where database = currentDatabase() and position(name, '__') > 0
                and metadata_modification_time < now() - {KEPT}"""
            ).split()
            for name in (name for name in old if name not in kept):
                node.do(f"drop table if exists {name}")

    def _load(
        self, cursor: duckdb.DuckDBPyConnection, node: Node, table: Table, loading: str, part: tuple[int, int] | None
    ) -> None:
        node.do(
            f"create table {loading} ({table.declared}) engine = MergeTree order by {table.ordered}"
            " settings allow_nullable_key = 1"
        )
        reader = cursor.execute(table.select(part)).to_arrow_reader(BATCH)
        if table.rows:
            node.insert(loading, _stream(reader))

    def _check(self, table: Table, loading: str, *, spread: bool) -> None:
        """As many rows came as were sent."""
        found = [int(node.do(f"select count() from {loading}")) for node in self._nodes]
        if (sum(found) != table.rows) if spread else any(rows != table.rows for rows in found):
            raise Failed("rows missing")

    def _name(self, node: Node, loading: str, name: str) -> None:
        """Whole: under its name from now on. Another process may have brought the same meanwhile."""
        try:
            node.do(f"rename table {loading} to {name}")
        except Failed:
            node.do(f"drop table {loading}")
            if name not in node.do("select name from system.tables where database = currentDatabase()").split():
                raise


def _stream(reader: pa.RecordBatchReader) -> Iterator[bytes]:
    """Batches as a stream of Arrow, a piece at a time."""
    sink = BytesIO()
    with pa.ipc.new_stream(sink, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(_without_dregs(batch))
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


def _without_dregs(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Nothing under empty cells: DuckDB leaves there what it had, and ClickHouse counts with it all the same."""
    return pa.record_batch([_clean(column) for column in batch.columns], schema=batch.schema)


def _clean(column: pa.Array) -> pa.Array:
    kind = column.type
    if not column.null_count or not (pa.types.is_temporal(kind) or pa.types.is_decimal(kind)):
        return column
    known = column.is_valid().to_numpy(zero_copy_only=False)
    cells = np.frombuffer(column.buffers()[1], np.dtype((np.uint8, kind.bit_width // 8)))
    cleaned = np.where(known[:, None], cells[column.offset : column.offset + len(column)], np.uint8(0))
    mask = pa.array(known).buffers()[1]
    return pa.Array.from_buffers(kind, len(column), [mask, pa.py_buffer(cleaned)])
