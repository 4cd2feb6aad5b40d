"""Files that are no tables, or mean harm: one sentence each, and this process lives on."""

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from data.errors import UnreadableFile
from data.ingest.read import confined, stage
from tests.unit.ingest.read.rewriting import SHEET, rewritten
from tests.unit.ingest.read.staged import Tables

NO_TABLES = {
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a picture"),
    "photo.xlsx": (b"\xff\xd8\xff\xe0" + b"\0" * 100, "a picture"),
    "doc.xlsx": (b"%PDF-1.7\n" + b"x" * 100, "a PDF document"),
    "t.csv.gz": (gzip.compress(b"a,b\n1,2\n"), "a compressed file"),
    "noise.csv": (bytes(range(256)) * 40, "a binary file"),
    "rtf.xls": (b"{\\rtf1 a table}", "a text document"),
    "data.json": (b'{"a": [{"b": 1}', "holds no records"),
    "sheet.xls": (b'<?xml version="1.0"?><Workbook/>', "an XML file"),
    "base.csv": (b"SQLite format 3\0" + b"\0" * 100, "a database"),
    "cut.xlsx": (b"PK\x03\x04" + b"\0" * 100, "damaged or incomplete"),
    "ole.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "damaged or incomplete"),
    "locked.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "protected by a password",
    ),
    "cut.parquet": (b"PAR1" + b"\0" * 100, "damaged or incomplete"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_no_table(con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content, sentence = NO_TABLES[name]
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=sentence) as caught:
        stage(con, path)
    assert name in str(caught.value)


def test_missing_file_and_folder(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no file"):
        stage(con, tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        stage(con, tmp_path)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A sound workbook."""
    path = tmp_path / "good.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["name", "number"])
        for row in range(1, 200):
            sheet.write_row(row, 0, [f"name {row}", row])
    return path


def test_a_truncated_workbook(con: duckdb.DuckDBPyConnection, good: Path) -> None:
    good.write_bytes(good.read_bytes()[:-500])
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        stage(con, good)


def test_a_broken_part(con: duckdb.DuckDBPyConnection, good: Path) -> None:
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        stage(con, rewritten(good, SHEET, lambda xml: xml[: len(xml) // 2].replace(b"<row", b"<<row")))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda xml: xml.replace(b'<dimension ref="A1:B200"/>', b'<dimension ref="A1:ZZZZZZZ4294967295"/>'),
            "claims more",
        ),
        (lambda xml: xml.replace(b'r="A200"', b'r="A4294967295"'), "hostile.xlsx is damaged"),
        (lambda xml: xml.replace(b'r="B200"', b'r="ZZZZZZZ200"'), "hostile.xlsx is damaged"),
        (
            lambda xml: xml.replace(b'r="A200"', b'r="XFD1048576"').replace(b'r="B200"', b'r="A1048577"'),
            "hostile.xlsx is damaged",
        ),
        (lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1), "document type"),
    ],
)
def test_hostile_parts(
    con: duckdb.DuckDBPyConnection, good: Path, change: Callable[[bytes], bytes], sentence: str
) -> None:
    before = os.getpid()
    with pytest.raises(UnreadableFile, match=sentence):
        stage(con, rewritten(good, SHEET, change))
    assert os.getpid() == before
    assert stage(con, good)[0].rows == 199


def test_a_zip_bomb(con: duckdb.DuckDBPyConnection, good: Path) -> None:
    with pytest.raises(UnreadableFile, match="far more than a table holds"):
        stage(con, rewritten(good, SHEET, lambda xml: xml + b" " * (60 << 20)))


def test_a_reader_that_hangs(good: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="too long"):
        confined.run("timeit", good, {}, seconds=-2.45)


def test_office_files_that_are_no_tables(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for part, sentence in (("word/document.xml", "a text document"), ("ppt/slides.xml", "a presentation")):
        path = tmp_path / "office.xlsx"
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("[Content_Types].xml", "<x/>")
            made.writestr(part, "<x/>")
        with pytest.raises(UnreadableFile, match=sentence):
            stage(con, path)


def test_an_archive_of_tables(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.csv", "a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="Unpack it"):
        stage(con, path)


def test_a_workbook_without_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet()
        made.add_worksheet()
    with pytest.raises(UnreadableFile, match="no sheet with rows"):
        stage(con, path)


def test_the_kind_is_told_by_the_content(tables: Tables, good: Path) -> None:
    renamed = good.rename(good.with_name("table.csv"))
    assert tables(renamed)[0].raw.rows == 199
    text = good.with_name("text.xlsx")
    text.write_text("a;b\n1;2\n", "utf-8")
    assert tables(text)[0].rows == [("1", "2")]
