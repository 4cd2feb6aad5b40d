"""Words of closed lists, yes/no cells and durations."""

import duckdb
import pytest

from data.ingest.clean.cells import cells_of
from data.ingest.clean.measured import settle_measured
from data.ingest.clean.reading import Reading, Session
from data.ingest.clean.words import settle_words
from data.ingest.column_map import ColumnMap
from data.model import Column
from tests.unit.ingest.staged_rows import column

STATUS = Column("status", "word", "Status", words={"done": ("Выполнен", "Завершён"), "cancelled": ("Отменен",)})
YES_NO = Column("is_rework", "boolean", "Rework", words={"true": ("повторно",), "false": ("первичный",)})


def read(
    con: duckdb.DuckDBPyConnection,
    kind: Column,
    *cells: str | None,
    words: dict[str, str] | None = None,
    otherwise: str | None = None,
) -> tuple[list[object], Reading]:
    raw = column(con, cells)
    session = Session(con)
    found = cells_of(session, raw.table, raw.header, [0])[0]
    reading = settle_words(session, found, kind, ColumnMap(kind.name, "x", words=words or {}, otherwise=otherwise))
    return [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")], reading


def test_words_are_compared_without_case_and_yo(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, STATUS, "ВЫПОЛНЕН", "завершен", "Отменён", "done", "Выполнен.", None)
    assert found == ["done", "done", "cancelled", "done", "done", None]
    assert reading.question is None


def test_unknown_words_are_listed_with_counts_and_left_empty(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, STATUS, "Чудно", "Чудно", "Выполнен", "Странно")
    assert found == [None, None, "done", None]
    assert reading.unknown == (("Чудно", 2), ("Странно", 1))
    assert reading.unreadable == 3
    assert reading.question is not None


def test_a_mapping_gives_words_a_meaning(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(
        con, STATUS, "Чудно", "Выполнен", "x", words={"ЧУДНО": "done", "выполнен": "cancelled"}, otherwise="open"
    )
    assert found == ["done", "cancelled", "open"]
    assert reading.question is None


def test_otherwise_leaves_missing_words_empty(con: duckdb.DuckDBPyConnection) -> None:
    found, _ = read(con, STATUS, "что-то", "?", "нет данных", None, otherwise="open")
    assert found == ["open", None, None, None]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["да", "Нет", "ДА", None], [True, False, True, None]),
        (["yes", "no", "true", "FALSE", "1", "0"], [True, False, True, False, True, False]),
        (["+", "-", "+"], [True, False, True]),
        (["✓", None], [True, None]),
        (["есть", "нет"], [True, False]),
        (["повторно", "Первичный"], [True, False]),
        (["да", "-", "нет"], [True, None, False]),
    ],
)
def test_yes_and_no(con: duckdb.DuckDBPyConnection, cells: list[str | None], values: list[bool | None]) -> None:
    found, reading = read(con, YES_NO, *cells)
    assert found == values
    assert reading.unreadable == 0


def test_many_different_words_are_counted_whole(con: duckdb.DuckDBPyConnection) -> None:
    _, reading = read(con, STATUS, *[f"слово {n}" for n in range(1500)])
    assert reading.unreadable == 1500


def counted_in(unit: str) -> Column:
    return Column("duration", "number", "Duration", unit=unit)


@pytest.mark.parametrize(
    ("unit", "cells", "values"),
    [
        ("hours", ["1:30", "08:00:00", "7,5"], [1.5, 8, 7.5]),
        ("hours", ["1 ч 30 мин", "2ч", "90 мин", "1,5 часа"], [1.5, 2, 1.5, 1.5]),
        ("minutes", ["1:30", "45 мин", "1 ч"], [90, 45, 60]),
        ("seconds", ["1:30", "00:01:30", "2 мин 5 сек", "400"], [90, 90, 125, 400]),
        ("hours", ["8", "7.5"], [8, 7.5]),
    ],
)
def test_durations(con: duckdb.DuckDBPyConnection, unit: str, cells: list[str], values: list[float]) -> None:
    raw = column(con, cells)
    session = Session(con)
    reading = settle_measured(session, cells_of(session, raw.table, raw.header, [0])[0], counted_in(unit))
    found = [value for (value,) in session.rows(f"select {reading.sql} from {raw.table} order by line")]
    assert found == pytest.approx(values)
    assert reading.unreadable == 0


def test_a_duration_with_letters_that_are_no_unit_gives_no_value(con: duckdb.DuckDBPyConnection) -> None:
    raw = column(con, ["1:30", "долго", "1:75x"])
    session = Session(con)
    reading = settle_measured(session, cells_of(session, raw.table, raw.header, [0])[0], counted_in("hours"))
    assert (reading.unreadable, reading.examples) == (2, ("долго", "1:75x"))
