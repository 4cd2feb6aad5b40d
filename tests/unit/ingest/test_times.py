"""Dates and times: each way of writing them; day and month settled by the whole column."""

from datetime import datetime

import duckdb
import pytest

from data.errors import MappingError
from data.ingest.clean.cells import cells_of
from data.ingest.clean.reading import Reading, Session
from data.ingest.clean.times import order_of, settle_time
from tests.unit.ingest.staged_rows import column

Values = list[datetime | None]


def read(
    con: duckdb.DuckDBPyConnection, *cells: str | None, format_: str | None = None, sibling: str | None = None
) -> tuple[Values, Reading]:
    raw = column(con, cells)
    session = Session(con)
    found = cells_of(session, raw.table, raw.header, [0])[0]
    reading = settle_time(session, found, "time", format_, sibling)
    return [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")], reading


def at(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (
            ["2026-10-05", "2026-10-05 09:30", "2026-10-05T09:30:15"],
            [at(2026, 10, 5), at(2026, 10, 5, 9, 30), at(2026, 10, 5, 9, 30, 15)],
        ),
        (
            ["2026-10-05T09:30:15Z", "2026-10-05T09:30:15+03:00", "2026-10-05 09:30-0500"],
            [at(2026, 10, 5, 9, 30, 15)] * 2 + [at(2026, 10, 5, 9, 30)],
        ),
        (["2026-10-05 09:30:15.250"], [at(2026, 10, 5, 9, 30, 15, 250000)]),
        (["05.10.2026", "31.12.2026"], [at(2026, 10, 5), at(2026, 12, 31)]),
        (["05.10.2026", "06.10.2026"], [at(2026, 10, 5), at(2026, 10, 6)]),
        (["5.1.2026 9:05", "05.10.2026 14:30:01"], [at(2026, 1, 5, 9, 5), at(2026, 10, 5, 14, 30, 1)]),
        (["05.10.26", "31.12.99"], [at(2026, 10, 5), at(1999, 12, 31)]),
        (["5/10/2026", "25/10/2026"], [at(2026, 10, 5), at(2026, 10, 25)]),
        (["5/10/2026", "5/25/2026"], [at(2026, 5, 10), at(2026, 5, 25)]),
        (["29/2/2016 01:16", "1/3/2016 1:16"], [at(2016, 2, 29, 1, 16), at(2016, 3, 1, 1, 16)]),
        (
            ["1/25/2026 2:05 PM", "1/26/2026 12:00 am", "1/27/2026 12:00:30 pm"],
            [at(2026, 1, 25, 14, 5), at(2026, 1, 26), at(2026, 1, 27, 12, 0, 30)],
        ),
        (["2026/10/05", "2026.10.06"], [at(2026, 10, 5), at(2026, 10, 6)]),
        (
            ["5 октября 2026 г.", "6 окт. 2026, 9:30", "07-ноя-26", "Пн, 5 мая 2026"],
            [at(2026, 10, 5), at(2026, 10, 6, 9, 30), at(2026, 11, 7), at(2026, 5, 5)],
        ),
        (
            ["Oct 5, 2026", "5 October 2026", "5-May-2026 9:30"],
            [at(2026, 10, 5), at(2026, 10, 5), at(2026, 5, 5, 9, 30)],
        ),
        (["октябрь 2026", "мая 2026"], [at(2026, 10, 1), at(2026, 5, 1)]),
        (["46300", "46301.5", "46302,25"], [at(2026, 10, 5), at(2026, 10, 6, 12), at(2026, 10, 7, 6)]),
        (["20261005", "20261006"], [at(2026, 10, 5), at(2026, 10, 6)]),
        (["05.10.2026", "2026-10-06", "7 окт 2026"], [at(2026, 10, 5), at(2026, 10, 6), at(2026, 10, 7)]),
    ],
)
def test_reads(con: duckdb.DuckDBPyConnection, cells: list[str], values: Values) -> None:
    found, reading = read(con, *cells)
    assert found == values
    assert (reading.unreadable, reading.question) == (0, None)


def test_one_late_row_settles_the_whole_column(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, *["3/4/2026"] * 999, "13/4/2026")
    assert found[0] == datetime(2026, 4, 3)
    assert reading.format == "D/M/YYYY"


@pytest.mark.parametrize("cells", [["3/4/2026", "12/11/2026"], ["3-4-2026"], ["1/2/2026 10:00 AM"]])
def test_no_day_above_twelve_is_a_question(con: duckdb.DuckDBPyConnection, cells: list[str]) -> None:
    _, reading = read(con, *cells)
    assert reading.question is not None
    assert cells[0] in str(reading.question)


@pytest.mark.parametrize(
    ("format_", "month"), [("D/M/YYYY HH:MM", 4), ("dd/mm/yyyy", 4), ("M/D/YYYY", 3), ("%m/%d/%Y", 3)]
)
def test_a_format_answers_it(con: duckdb.DuckDBPyConnection, format_: str, month: int) -> None:
    found, reading = read(con, "3/4/2026", format_=format_)
    assert found[0] is not None
    assert found[0].month == month
    assert reading.question is None


def test_the_tables_other_dates_answer_it(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "3/4/2026", sibling="D/M/YYYY")
    assert found == [datetime(2026, 4, 3)]
    assert [finding.rule for finding in reading.findings] == ["date_order"]


@pytest.mark.parametrize(
    "cell",
    [
        "31.02.2026",
        "29.02.2025",
        "00.10.2026",
        "05.13.2026",
        "позже",
        "05.10",
        "12:30",
        "05.10.0026",
        "2026-02-30",
        "05.10.2026 25:00",
    ],
)
def test_a_date_that_does_not_exist_gives_no_value(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    found, reading = read(con, "05.10.2026", cell, "25.10.2026", *["26.10.2026"] * 20)
    assert found[:3] == [datetime(2026, 10, 5), None, datetime(2026, 10, 25)]
    assert (reading.unreadable, reading.examples) == (1, (cell,))


def test_a_few_serial_numbers_among_dates_are_no_dates(con: duckdb.DuckDBPyConnection) -> None:
    found, _ = read(con, "05.10.2026", "46300")
    assert found == [datetime(2026, 10, 5), None]


def test_numbers_outside_the_range_of_dates_are_no_serials(con: duckdb.DuckDBPyConnection) -> None:
    _, reading = read(con, "46300", "120")
    assert reading.unreadable >= 1


def test_both_orders_in_earnest_is_a_question(con: duckdb.DuckDBPyConnection) -> None:
    _, reading = read(con, "25/1/2026", "1/25/2026", "26/1/2026")
    assert reading.question is not None


def test_an_unknown_format_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(MappingError, match="ISO"):
        order_of("somehow")


def test_missing_words_are_not_unreadable(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "29/2/2016 01:16", "?", None, "-")
    assert found[1:] == [None, None, None]
    assert reading.unreadable == 0
