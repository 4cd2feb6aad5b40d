"""A long sheet is written by two processes; the lines and the counts are those of one."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

ROWS = 13_000
_CHILD = """
import json, sys
from data.ingest.read.book import child, halves
halves.LONG, halves.os.cpu_count = int(sys.argv[3]), lambda: 2
sys.exit(child.main({"file": sys.argv[1], "folder": sys.argv[2], "sheet": None, "hidden": [], "seconds": 60}))
"""


def written(path: Path, last: object = "end") -> Path:
    """Something to count in both halves, and a date in the second only."""
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
        for row in range(ROWS):
            sheet.write_row(row, 0, [row, f"cell {row}", row % 7 * 1.5])
        for row in (10, ROWS - 10):
            sheet.write_row(row, 0, [1e17 + row, "two\nlines", " apart "])
        sheet.write_datetime(ROWS - 5, 2, datetime(2026, 3, 1, 12, 30), day)
        sheet.write(ROWS - 1, 1, last)
    return path


def read(path: Path, folder: Path, long: int) -> tuple[bytes, list[dict[str, Any]], set[str]]:
    folder.mkdir()
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path), str(folder), str(long)], check=False)
    assert done.returncode == 0
    names = {file.name for file in folder.iterdir()}
    return (folder / "0.tsv").read_bytes(), json.loads((folder / "sheets.json").read_text("utf-8")), names


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be forked")
def test_two_halves_are_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "long.xlsx")
    text, counts, names = read(path, tmp_path / "one", ROWS * 2)
    halves, counted, files = read(path, tmp_path / "two", ROWS // 2)
    assert (halves, counted) == (text, counts)
    assert len(text.splitlines()) == ROWS
    assert (counts[0]["inexact"], counts[0]["breaks"]) == ([11, ROWS - 9], 2)
    assert ("0.json" in names, "0.json" in files) == (False, True), "there were not two"


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be forked")
def test_a_second_half_that_fails_fails_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "long.xlsx")
    (tmp_path / "out").mkdir()
    broken = _CHILD.replace("sys.exit", "halves._counts_of = lambda path: path / 'missing'\nsys.exit")
    done = subprocess.run([sys.executable, "-c", broken, str(path), str(tmp_path / "out"), "6000"], check=False)
    assert done.returncode == 4
