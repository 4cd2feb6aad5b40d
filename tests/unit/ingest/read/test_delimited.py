"""Delimited text that keeps its own rules: dialects, encodings, lines, quotes."""

from pathlib import Path

import duckdb
import pytest

from data.errors import UnknownName, UnreadableFile
from data.ingest.read import drop, stage
from tests.unit.ingest.read.staged import Text

TABLE = "Заказ;Дата;Сумма;Клиент\n1;01.10.2026;1 234,50;Иванов\n2;02.10.2026;900;Петрова, А.\n3;03.10.2026;;Сидоров\n"
ROWS = [
    ("1", "01.10.2026", "1 234,50", "Иванов"),
    ("2", "02.10.2026", "900", "Петрова, А."),
    ("3", "03.10.2026", None, "Сидоров"),
]


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r"]
)
def test_encodings(text: Text, codec: str) -> None:
    staged = text(TABLE, codec)
    assert staged.rows == ROWS
    assert staged.raw.header == ("Заказ", "Дата", "Сумма", "Клиент")
    assert (
        staged.finding("dialect").examples[0].replace("-", "").upper().startswith(("UTF", "WINDOWS", "CP866", "KOI8"))
    )


def test_western_accents_are_not_russian(text: Text) -> None:
    assert text("id;name\n1;Renée\n2;Müller\n3;Peña\n", "cp1252").rows[0] == ("1", "Renée")


def test_cyrillic_after_a_long_ascii_start(text: Text) -> None:
    start = "".join(f"{n};plain text {n}\n" for n in range(20_000))
    staged = text(("id;name\n" + start + "20000;Иванов\n").encode("cp1251"))
    assert staged.rows[-1] == ("20000", "Иванов")
    assert staged.raw.rows == 20_001


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_line_ends(text: Text, delimiter: str, end: str) -> None:
    lines = ["a b", "1 x", "2 y", "3 z"]
    staged = text(end.join(lines).replace(" ", delimiter))
    assert staged.raw.header == ("a", "b")
    assert staged.rows == [("1", "x"), ("2", "y"), ("3", "z")]
    assert staged.lines == [2, 3, 4]


def test_decimal_commas_do_not_hide_the_semicolon(text: Text) -> None:
    staged = text("Мастер;Сумма;Время\n" + "".join(f"Аня;{n},5;{n},25\n" for n in range(20)))
    assert staged.raw.header == ("Мастер", "Сумма", "Время")
    assert staged.rows[3] == ("Аня", "3,5", "3,25")


def test_lines_inside_quotes_count(text: Text) -> None:
    staged = text('"Номер\nзаказа",Текст\n1,"раз\nдва"\n2,три\n3,"a, ""b"""\n')
    assert staged.raw.header == ("Номер заказа", "Текст")
    assert staged.rows == [("1", "раз два"), ("2", "три"), ("3", 'a, "b"')]
    assert staged.lines == [3, 5, 6]
    assert staged.finding("line_breaks").count == 1


def test_lines_inside_quotes_with_as_many_delimiters_as_a_record(text: Text) -> None:
    staged = text('"раз\nдва","5"\n"три,\n четыре, пять\n , шесть","6"\n')
    assert staged.rows == [("раз два", "5"), ("три,  четыре, пять  , шесть", "6")]


def test_line_feeds_inside_quotes_of_a_windows_file(text: Text) -> None:
    staged = text('id;note\r\n1;"раз\nдва"\r\n2;x\r\n')
    assert staged.rows == [("1", "раз два"), ("2", "x")]
    assert staged.lines == [2, 4]


def test_blank_lines_are_counted_and_lines_stay_right(text: Text) -> None:
    staged = text("id,name\n\n1,a\n2,b\n\n\n3,c\n,\n4,d\n\n")
    assert staged.rows == [("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")]
    assert staged.lines == [3, 4, 7, 9]
    blank = [finding for finding in staged.raw.findings if finding.rule == "blank_rows"]
    assert sum(finding.count for finding in blank) >= 4


def test_cells_are_trimmed_and_empty_ones_null(text: Text) -> None:
    staged = text('id , \u00a0Имя\u00a0клиента\n1,\u00a0Аня \n2,\u202f\n3,  \n4,""\n5,\tx\n')
    assert staged.raw.header == ("id", "Имя\u00a0клиента")
    assert staged.rows == [("1", "Аня"), ("2", None), ("3", None), ("4", None), ("5", "x")]


def test_two_columns_with_one_name(text: Text) -> None:
    staged = text("id,Сумма,Сумма\n1,2,3\n4,5,6\n")
    assert staged.raw.header == ("id", "Сумма", "Сумма")
    assert staged.rows[0] == ("1", "2", "3")
    assert staged.finding("same_header").examples == ("Сумма",)


def test_control_characters(text: Text) -> None:
    staged = text("id,na\x00me\n1,a\x01b\n2,c\ufffe\n3,x\ty\n")
    assert staged.raw.header == ("id", "name")
    assert staged.rows == [("1", "ab"), ("2", "c"), ("3", "x y")]
    assert staged.finding("control_characters").count == 2
    assert staged.finding("control_characters").examples == ("2", "3")


def test_hyperlink_formulas_become_their_text(text: Text) -> None:
    staged = text('id;link\n1;"=HYPERLINK(""https://avito.ru/1"";""Стрижка """"Люкс"""""")"\n2;x\n')
    assert staged.rows[0] == ("1", 'Стрижка "Люкс"')
    assert staged.finding("links").count == 1


def test_one_column(text: Text) -> None:
    staged = text("Отзыв\nвсё понравилось, спасибо\nдолго\nне перезвонили\n")
    assert staged.raw.header == ("Отзыв",)
    assert staged.rows == [("всё понравилось, спасибо",), ("долго",), ("не перезвонили",)]


def test_trailing_delimiters_make_no_column(text: Text) -> None:
    staged = text("id;name;\n1;a;\n2;b;\n")
    assert staged.raw.header == ("id", "name")
    assert staged.finding("empty_columns").count == 1


def test_a_column_without_a_name_is_kept(text: Text) -> None:
    staged = text(",name\n0,a\n1,b\n")
    assert staged.raw.header == ("", "name")
    assert staged.rows == [("0", "a"), ("1", "b")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        ("Заказ;Дата\n".encode(), "has a header but no rows"),
        ("Отчёт\n\nЗаказ;Дата\n".encode(), "has a header but no rows"),
        (b"a,b\n,\n,\n", "has a header but no rows"),
    ],
)
def test_nothing_to_read(text: Text, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        text(content)


def test_too_many_columns(text: Text) -> None:
    row = ",".join(map(str, range(5000)))
    with pytest.raises(UnreadableFile, match="5000 columns"):
        text(f"{row}\n{row}\n")


def test_a_text_file_has_no_sheets(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UnknownName):
        stage(con, path, sheet="Лист1")


def test_file_names_are_not_patterns(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "отчёт [1]*.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    assert stage(con, path)[0].rows == 1


def test_nothing_is_left_behind(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n\n3,"4\n5"\n6\n', "utf-8")
    drop(con, stage(con, path)[0])
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
    assert con.execute("select count(*) from duckdb_views() where not internal").fetchone() == (0,)
