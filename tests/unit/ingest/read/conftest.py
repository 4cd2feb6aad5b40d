"""A connection, and a file staged in one line."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.ingest.read import stage
from tests.unit.ingest.read.staged import Staged, Tables, Text, fetch


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def tables(con: duckdb.DuckDBPyConnection) -> Tables:
    """Every table of a file."""

    def read(path: Path, sheet: str | None = None) -> list[Staged]:
        return [fetch(con, raw) for raw in stage(con, path, sheet=sheet)]

    return read


@pytest.fixture
def text(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Text:
    """The table in a text file with this content."""

    def read(content: str | bytes, codec: str = "utf-8") -> Staged:
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(codec))
        (raw,) = stage(con, path)
        return fetch(con, raw)

    return read
