"""Files nobody here wrote, where they lie beside the project: read whole or refused in a sentence, in time."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.errors import UserError
from data.ingest.read import drop, stage
from tests.unit.ingest.read.staged import Tables

FOLDER = Path(os.environ.get("KPI_REAL_DATA") or Path(__file__).resolve().parents[4].parent / "shared" / "data")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"NOT RUN: the real data sets are not in {FOLDER}"),
]


def unpacked(archive: str, folder: Path, every: int = 1) -> list[Path]:
    """Every so-manieth file of an archive."""
    with tarfile.open(FOLDER / archive) as tar:
        members = [member for member in tar.getmembers() if member.isfile()][::every]
        tar.extractall(folder, members, filter="data")
    return [folder / member.name for member in members]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def test_incidents(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (path,) = (path for path in unpacked("incidents.tar.xz", tmp_path) if path.suffix == ".csv")
    (raw,) = stage(con, path)
    assert (raw.rows, len(raw.header)) == (119_998, 36)
    assert con.execute(f'select min(line), max(line) from "{raw.table}"').fetchone() == (2, 119_999)


@pytest.mark.parametrize(
    ("name", "rows"), [("receipt.csv", 8577), ("running-example.csv", 42), ("repair_example.csv", 11855)]
)
def test_logs(tables: Tables, tmp_path: Path, name: str, rows: int) -> None:
    (path,) = (path for path in unpacked("logs.tar.xz", tmp_path) if path.name == name)
    assert tables(path)[0].raw.rows == rows


def test_naughty_strings(tables: Tables) -> None:
    (table,) = tables(FOLDER / "blns.txt")
    text = (FOLDER / "blns.txt").read_text("utf-8", "replace")
    assert table.raw.rows > 500
    assert all(ord(sign) >= 32 for row in table.rows for cell in row if cell for sign in cell)
    assert "田中さんにあげて下さい" in text
    assert any("田中さんにあげて下さい" in str(cell) for row in table.rows for cell in row)


@pytest.mark.slow
@pytest.mark.parametrize("archive", ["csv_xlsx_suites.tar.xz", "pollock.tar.xz"])
def test_every_file_is_read_or_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path, archive: str) -> None:
    for path in unpacked(archive, tmp_path, every=7):
        try:
            staged = stage(con, path)
        except UserError:
            continue
        for raw in staged:
            assert con.execute(f'select count(*) from "{raw.table}"').fetchone() == (raw.rows,), path
            drop(con, raw)
