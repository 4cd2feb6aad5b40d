"""Parquet files, read in a child process with limits, every column as text in the same forms as a workbook's."""

import json
import tempfile
from pathlib import Path

import duckdb

from data.ingest.read import confined
from data.ingest.read import parquet_child as child
from data.ingest.read.cells import literal
from data.ingest.read.finish import MAX_COLUMNS, Top, finish, refuse_too_wide
from data.ingest.read.load import load_file
from data.ingest.read.table import RawTable, new_name

GROWTH = 20
"""Times a Parquet file may grow as text, when its time is measured out."""


def stage_parquet(con: duckdb.DuckDBPyConnection, path: Path) -> RawTable:
    """Stage a Parquet file; its header is its column names."""
    seconds = confined.processor_seconds(GROWTH * path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        request = {"pattern": literal(path.resolve()), "folder": folder, "most": MAX_COLUMNS}
        confined.run(child.__name__, path, request, seconds)
        header = tuple(json.loads(Path(folder, child.HEADER).read_text("utf-8")))
        refuse_too_wide(path, len(header))
        cells = load_file(con, new_name(), len(header), Path(folder, child.CELLS))
    return finish(con, path, None, cells, Top(header, ()))
