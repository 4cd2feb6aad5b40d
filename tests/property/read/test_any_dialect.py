"""Whatever dialect, encoding and line end a table is written in, the same cells come back, each row on its line."""

import csv
import io
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import UnreadableFile
from data.ingest.read import drop, stage


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """One connection for all examples."""
    with duckdb.connect() as connection:
        yield connection


LETTERS = string.ascii_letters + "абвгдежзийклмнопрстуфхцчшщыэюяАБВГДЕЖЗ"
WORDS = st.text(LETTERS, min_size=1, max_size=8)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([",", ";", '"', "«Ромашка»", "№ 5", "a\nb", "-", "12"])), max_size=3)
CELLS = st.one_of(
    st.just(""),
    TEXTS.map(" ".join),
    st.integers(-10_000, 10_000_000).map(str),
    st.decimals(0, 100_000, places=2).map(lambda n: str(n).replace(".", ",")),
    st.dates().map(lambda day: day.strftime("%d.%m.%Y")),
)


@dataclass(frozen=True)
class Written:
    """A table and the file it was written to."""

    header: list[str]
    rows: list[list[str]]
    data: bytes


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A header of distinct words, and rows of which no column is empty and the first is a number."""
    width = draw(st.integers(2, 7))
    header = draw(st.lists(WORDS.filter(lambda word: len(word) > 2), min_size=width, max_size=width, unique=True))
    rows = draw(st.lists(st.lists(CELLS, min_size=width - 1, max_size=width - 1), min_size=3, max_size=30))
    return header, [[str(number), *row] for number, row in enumerate(rows, 100)]


@st.composite
def files(draw: st.DrawFn) -> Written:
    """The table in one of the dialects people's programs write."""
    header, rows = draw(tables())
    delimiter = draw(st.sampled_from(",;\t|"))
    quote_all = draw(st.booleans())
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end)
    if quote_all:
        writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=line_end)
    writer.writerows([header, *rows])
    text = buffer.getvalue()
    return Written(header, rows, (text if draw(st.booleans()) else text.removesuffix(line_end)).encode(codec))


def seen(cell: str) -> str | None:
    """A written cell as it must come back."""
    return cell.strip().replace("\n", " ") or None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=files())
def test_cells_come_back(con: duckdb.DuckDBPyConnection, tmp_path: Path, file: Written) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(file.data)
    (table,) = stage(con, path)
    rows = con.execute(f'select * from "{table.table}" order by line').fetchall()
    drop(con, table)
    assert table.header == tuple(file.header)
    assert [list(row[:-1]) for row in rows] == [[seen(cell) for cell in row] for row in file.rows]
    assert table.rows == len(file.rows)
    assert [row[-1] for row in rows] == _lines(file.rows)


def _lines(rows: list[list[str]]) -> list[int]:
    """The line each row begins on, from the line breaks inside the cells above it."""
    lines, line = [], 2
    for row in rows:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    return lines


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.sampled_from("ab1,;\"\n\r\t \x00\x0bЖ|\\'=")), codec=st.sampled_from(["utf-8", "cp1251"])
)
def test_no_sign_is_lost(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str, codec: str) -> None:
    """Any text at all: each letter is in the header, a row or a finding, or the file is refused in a sentence."""
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode(codec))
    try:
        (table,) = stage(con, path)
    except UnreadableFile:
        return
    rows = con.execute(f'select * from "{table.table}"').fetchall()
    drop(con, table)
    assert len(rows) == table.rows > 0
    out = [finding for finding in table.findings if finding.rule in ("title_rows", "total_rows", "note_rows")]
    if all(finding.count <= len(finding.examples) for finding in out):
        cells = [str(cell) for row in rows for cell in row[:-1] if cell is not None]
        texts = [*table.header, *cells, *(text for finding in out for text in finding.examples)]
        assert _letters("".join(texts)) == _letters(text)


def _letters(text: str) -> int:
    return sum(text.count(sign) for sign in "ab1Ж")
