"""Numbers: each way of writing them, settled by the whole column, with the counter-cases."""

from decimal import Decimal

import duckdb
import pytest

from data.errors import MappingError
from data.ingest.clean.cells import cells_of
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Reading, Session
from tests.unit.ingest.staged_rows import column


def read(
    con: duckdb.DuckDBPyConnection, *cells: str | None, format_: str | None = None, type_: str = "money"
) -> tuple[list[float | None], Reading]:
    raw = column(con, cells)
    session = Session(con)
    found = cells_of(session, raw.table, raw.header, [0])[0]
    reading = settle_number(session, found, type_, format_)
    values = [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")]
    return [float(value) if isinstance(value, Decimal | float) else None for value in values], reading


NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1234.5", "7"], [1234.5, 7]),
        (["18500.00", "1.5"], [18500, 1.5]),
        (["1 234,50", "7"], [1234.5, 7]),
        ([f"1{NBSP}234,50", f"12{NARROW}000{NARROW}000", f"1{THIN}000"], [1234.5, 12_000_000, 1000]),
        (["1.234,50", "1.234"], [1234.5, 1234]),
        (["1,234.50", "1,234"], [1234.5, 1234]),
        (["1'234.50", "1’000"], [1234.5, 1000]),
        (["1.234.567", "1.234"], [1_234_567, 1234]),
        (["1,234,567", "1,234"], [1_234_567, 1234]),
        (["12,5", "1,234"], [12.5, 1.234]),
        (["0.125", "1.234"], [0.125, 1.234]),
        (["1 500", "1,234"], [1500, 1.234]),
        (["1500", "1.234"], [1500, 1.234]),
        (["1 234,50 ₽", "7 руб.", "8р.", "9 RUB", "10 руб"], [1234.5, 7, 8, 9, 10]),
        (["€1,234.50", "$ 7.00", "-$8.5"], [1234.5, 7, -8.5]),
        (["1 234,50 ?", "7 ?", "8,5"], [1234.5, 7, 8.5]),
        (["от 1 400 ₽", f"от{NBSP}1{NBSP}400{NBSP}₽", "1 000 ₽"], [1400, 1400, 1000]),
        (["(1 234,50)", "(7 ₽)", "\u22128,5", "- 9", "+3"], [-1234.5, -7, -8.5, -9, 3]),
        (["12,5%", "7 %"], [12.5, 7]),
        (["1e3", "2.5E2"], [1000, 250]),
        ([",5", "1,25"], [0.5, 1.25]),
    ],
)  # fmt: skip
def test_reads(con: duckdb.DuckDBPyConnection, cells: list[str], values: list[float]) -> None:
    found, reading = read(con, *cells)
    assert found == pytest.approx(values)
    assert reading.unreadable == 0
    assert reading.question is None


@pytest.mark.parametrize(
    "cell", ["абв", "12 шт 5", "12 5", "1,2,3", "12.5.1", "1 23", "1_000x", "тыс. 5", "inf", "12 ?5"]
)
def test_an_amount_with_letters_or_half_a_number_gives_no_value(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    found, reading = read(con, "1 234,50", cell, "7,1")
    assert found == [1234.5, None, 7.1]
    assert (reading.unreadable, reading.examples) == (1, (cell,))


@pytest.mark.parametrize("cells", [["1.500", "2.300"], ["1,500", "2,300"], ["1.500", "12"], ["1,500", "2.300"]])
def test_three_decimals_or_thousands_is_a_question(con: duckdb.DuckDBPyConnection, cells: list[str]) -> None:
    _, reading = read(con, *cells)
    assert reading.question is not None


@pytest.mark.parametrize(("format_", "value"), [("decimal comma", 1500), ("decimal point", 1.5)])
def test_a_format_answers_it(con: duckdb.DuckDBPyConnection, format_: str, value: float) -> None:
    found, reading = read(con, "1.500", format_=format_)
    assert found == [value]
    assert reading.question is None


def test_both_marks_in_one_column_are_read_cell_by_cell_and_the_doubtful_left_out(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found, reading = read(con, "18500.00", "18 500,50", "1.234", "7")
    assert found == [18500, 18500.5, None, 7]
    assert reading.examples == ("1.234",)
    assert "mixed_decimal_marks" in {finding.rule for finding in reading.findings}


def test_missing_words_are_counted_not_unreadable(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "1,5", "-", "нет данных", "#N/A", "Нет Данных", None, "?", "NULL")
    assert found[0] == 1.5
    assert found[1:] == [None] * 7
    assert reading.unreadable == 0
    assert reading.cells is not None
    assert reading.cells.missing == 6


def test_a_question_mark_is_a_currency_only_among_amounts(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "вчера ?", "завтра", "потом", "12 ?", type_="number")
    assert found == [None] * 4
    assert reading.unreadable == 4


def test_an_unknown_format_names_the_known_ones(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(MappingError, match="decimal comma"):
        read(con, "1", format_="decimal coma")


def test_from_amounts_are_reported(con: duckdb.DuckDBPyConnection) -> None:
    _, reading = read(con, "от 1 400 ₽", "2 000 ₽")
    assert [finding.rule for finding in reading.findings] == ["from_amount"]
