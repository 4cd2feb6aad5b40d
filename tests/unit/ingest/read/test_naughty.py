"""Strings that break programs come back as the text they are: as header, as cell, in a file's name."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from data.ingest.read import drop, stage
from data.ingest.read.characters import SPACES

NAUGHTY = (
    *("NULL", "None", "nil", "undefined", "true", "NaN", "Infinity", "-1E+02", "0x0", "00123", "1,000.00", "١٢٣"),
    *("=1+1", "=cmd|'/c calc'!A0", "+7 900", "-5", "@SUM(A1)", "'", '"', "''", '""', 'a"b', "it's", "\\", "\\\\N"),
    *("<script>alert(1)</script>", "'; DROP TABLE orders; --", "${7*7}", "{{7*7}}", "%s%n", "$(touch x)", "../../etc"),
    *(
        "表ポあA鷗Œé",
        "田中さん",
        "Ω≈ç√∫",
        "👩‍👩‍👧‍👦",
        "🇷🇺",
        "الكل في المجمو عة",
        "t\u0489e\u0301xt",
        "\u202eabc",
        "a\u200bb",
        "ﬁ",
        "İı",
    ),
    *(",", ";", "|", ",,,", "; ;", "a;b|c,d", "–", "«Ромашка»", "№ 5", "#comment", "//", "Итого:", "Total", "-", "?"),
)
"""Each a whole cell, without white space around it or control characters inside."""


def come_back(con: duckdb.DuckDBPyConnection, path: Path, header: Sequence[str], cells: Sequence[str]) -> None:
    """Write a table in which one row has these texts; read it; compare."""
    plain = ["слово"] * len(cells)
    written = [["1", *plain, "100"], ["2", *cells, "200"], ["3", *plain, "300"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["№", *header, "Сумма"], *written])
    (table,) = stage(con, path)
    rows = con.execute(f'select * exclude (line) from "{table.table}" order by line').fetchall()
    drop(con, table)
    assert table.header == ("№", *header, "Сумма")
    assert rows == [tuple(row) for row in written]
    assert table.file == path.name


@pytest.mark.parametrize("text", NAUGHTY)
def test_alone(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str) -> None:
    come_back(con, tmp_path / "file.csv", ["Дата", text], [text, text])


def test_all_together(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    come_back(con, tmp_path / "file.csv", [f"Столбец {n}" for n in range(len(NAUGHTY))], NAUGHTY)


@pytest.mark.parametrize("text", NAUGHTY)
def test_in_a_file_name(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str) -> None:
    name = text.replace("/", "_").replace("\\", "_")
    come_back(con, tmp_path / f"{name}.csv", ["Дата", "Мастер"], ["Оля", "Аня"])


@pytest.mark.slow
@pytest.mark.real_data
def test_the_big_list(con: duckdb.DuckDBPyConnection, real_data: Path, tmp_path: Path) -> None:
    lines = (real_data / "blns.txt").read_text("utf-8").split("\n")
    texts = [line for line in lines if line.isprintable() and line and line == line.strip(SPACES)]
    assert len(texts) > 500
    come_back(con, tmp_path / "file.csv", [f"Столбец {n}" for n in range(len(texts))], texts)
    for text in texts:
        come_back(con, tmp_path / "file.csv", ["Дата", text], [text, text])
        name = text.replace("/", "_").replace("\\", "_").encode()[:200].decode("utf-8", "ignore")
        come_back(con, tmp_path / f"{name}.csv", ["Дата", "Мастер"], ["Оля", "Аня"])
