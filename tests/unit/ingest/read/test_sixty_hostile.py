"""Sixty hostile files: a right result or one sentence each, in bounded time and memory, and this process lives on."""

import os
from pathlib import Path

import duckdb
import psutil
import pytest

from data.errors import UserError
from data.ingest.read import drop, stage
from tests.unit.ingest.read.hostile_files import write_all

SECONDS = 3.0
"""Processor time of this process and its readers, of one file."""
GROWTH = 200 << 20


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_all(tmp_path_factory.mktemp("hostile"))


def test_there_are_sixty(files: list[Path]) -> None:
    assert len(files) >= 60


@pytest.mark.slow
def test_each_ends_in_a_table_or_a_sentence(files: list[Path]) -> None:
    me, process = os.getpid(), psutil.Process()
    with duckdb.connect() as con:
        _outcome(con, files[0])
        before = process.memory_info().rss
        outcomes = {path.name: _timed(con, path) for path in files}
        grown = process.memory_info().rss - before
        left = con.execute("select count(*) from duckdb_tables() where temporary").fetchone()
    assert {name: told for name, (told, _) in outcomes.items() if told.startswith(("unnamed", "rows lost"))} == {}
    assert {name: seconds for name, (_, seconds) in outcomes.items() if seconds > SECONDS} == {}
    assert grown < GROWTH
    assert os.getpid() == me
    assert left == (0,)


def _timed(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, float]:
    started = _used()
    told = _outcome(con, path)
    return told, _used() - started


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _outcome(con: duckdb.DuckDBPyConnection, path: Path) -> str:
    """What came of the file; any other error than one for people fails the test."""
    try:
        tables = stage(con, path)
    except UserError as error:
        return str(error) if path.name in str(error) else f"unnamed: {error}"
    told = f"{[raw.rows for raw in tables]} rows"
    for raw in tables:
        texts = con.execute(f'select * exclude (line) from "{raw.table}"').fetchall()
        if len(texts) != raw.rows or any(sign < " " for row in texts for cell in row if cell for sign in cell[:1000]):
            told = "rows lost, or characters kept that harm"
        drop(con, raw)
    return told


def test_what_some_of_them_come_to(files: list[Path]) -> None:
    by_name = {path.name: path for path in files}
    expected = {
        "bomb.xlsx": "far more than a table holds", "lying.xlsx": "damaged", "lying-strings.xlsx": "damaged",
        "laughs.xlsx": "document type", "outside-late.xlsx": "[199] rows", "corners.xlsx": "damaged",
        "tall.xlsx": "[200] rows", "names.xlsx": "[199] rows", "path.xlsx": "[199] rows",
        "controls.xlsx": "[199] rows", "repeated.ods": "damaged", "long-cell.xlsx": "more than a sheet",
        "sheets.xlsx": "more than a sheet", "wide.parquet": "3000 columns",
        "many-rows.parquet": "damaged", "good-controls.parquet": "[100] rows", "packed.csv": "a compressed file",
        "long-line.csv": "too long",
    }  # fmt: skip
    with duckdb.connect() as con:
        told = {name: _outcome(con, by_name[name]) for name in expected}
    assert {name: told[name] for name, part in expected.items() if part not in told[name]} == {}


def test_nothing_is_written_outside(files: list[Path]) -> None:
    assert not list(files[0].parent.parent.glob("**/evil.xml"))
    assert not Path("/etc/evil.xml").exists()
