"""Units: roubles and kopecks, hours, minutes and seconds, percent and fractions — proven, said, or asked."""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pytest

from data.errors import MappingError
from data.ingest.clean.reading import Reading, Session
from data.ingest.clean.settle import settle
from data.ingest.clean.units import named_units, saying, unit_named, without_units
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.pipeline import ImportOptions, clean, propose_table
from data.schema.loader import fact
from tests.unit.ingest.staged_rows import staged


def read(
    con: duckdb.DuckDBPyConnection, target: str, header: str, cells: Sequence[str | None], format_: str | None = None
) -> tuple[list[float | None], Reading]:
    """One column of its fact; the values as floats."""
    name, column = target.split(".")
    raw = staged(con, [header], [[cell] for cell in cells])
    session = Session(con)
    mapping = Mapping(name, (ColumnMap(column, header, format=format_),))
    (settled,) = settle(session, raw.table, raw.header, fact(name), mapping)
    rows = session.rows(f"select {settled.value} from {raw.table} order by line")
    return [float(value) if isinstance(value, Decimal | float) else None for (value,) in rows], settled.reading


@pytest.mark.parametrize(
    ("target", "header", "cells", "values", "unit"),
    [
        ("calls.price", "Цена, коп.", ["15000", "12050"], [150, 120.5], "kopecks"),
        ("calls.price", "priceKopecks", ["15000", "1"], [150, 0.01], "kopecks"),
        ("calls.price", "pricePenny", ["15000"], [150], "kopecks"),
        ("orders.revenue", "Сумма в копейках", ["150000"], [1500], "kopecks"),
        ("orders.revenue", "Выручка, тыс. руб.", ["1,5", "2"], [1500, 2000], "thousands"),
        ("orders.revenue", "Сумма, руб.", ["150000"], [150000], "roubles"),
        ("orders.revenue", "Сумма (руб., коп.)", ["150000"], [150000], None),
        ("ads.impressions", "Показы, тыс.", ["1,5", "20"], [1500, 20000], "thousands"),
        ("ads.impressions", "Показы", ["15", "20"], [15, 20], None),
        ("calls.talk_seconds", "Длительность, мин", ["1,5", "8"], [90, 480], "minutes"),
        ("calls.talk_seconds", "Длительность (м)", ["2"], [120], "minutes"),
        ("calls.talk_seconds", "talk_seconds", ["4", "8"], [4, 8], "seconds"),
        ("calls.talk_seconds", "Длительность", ["4", "480"], [4, 480], "seconds"),
        ("calls.talk_seconds", "Длительность, мин", ["2", "1:30", "00:01:30", "40 сек"], [120, 90, 90, 40], "minutes"),
        ("shifts.worked_hours", "Отработано, мин", ["480", "90"], [8, 1.5], "minutes"),
        ("shifts.worked_hours", "Отработано", ["8", "12", "480"], [8, 12, 480], "hours"),
        ("shifts.worked_hours", "Отработано", ["8:30", "480 мин"], [8.5, 8], None),
        ("training.hours", "Часы", ["72", "144"], [72, 144], "hours"),
        ("training.score", "Балл", ["85%", "90 %"], [85, 90], "percent"),
        ("training.score", "Балл, %", ["85", "0,5"], [85, 0.5], None),
        ("training.score", "Балл", ["0.5", "0.7"], [0.5, 0.7], None),
        ("training.score", "Балл, доля", ["0.5", "0.75"], [50, 75], "fraction"),
    ],
)
def test_the_unit_is_the_one_that_is_proven(
    con: duckdb.DuckDBPyConnection, target: str, header: str, cells: list[str], values: list[float], unit: str | None
) -> None:
    found, reading = read(con, target, header, cells)
    assert found == pytest.approx(values)
    assert (reading.question, reading.unit) == (None, unit)


@pytest.mark.parametrize(
    ("target", "header", "cells", "choices"),
    [
        ("calls.talk_seconds", "Длительность", ["0", "3.5", "8"], ("seconds", "minutes")),
        ("calls.talk_seconds", "Разговор", ["1", "2"], ("seconds", "minutes")),
        ("shifts.worked_hours", "Отработано", ["480", "510", "8"], ("hours", "minutes")),
        ("calls.talk_seconds", "Разговор", ["02:15:00", "00:40:00", "11:05:00"], ("h:mm", "m:ss:00")),
        ("training.score", "Балл", ["85%", "0.9"], ("percent", "fraction")),
        ("training.score", "Балл, %", ["0.85", "1"], ("percent", "fraction")),
        ("calls.price", "Цена", ["10%", "15%"], ()),
        ("orders.revenue", "Сумма", ["1.500"], ("decimal comma", "decimal point")),
        ("orders.created_at", "Дата", ["03/04/2026"], ("D/M/YYYY", "M/D/YYYY")),
    ],
)
def test_what_fits_two_units_is_asked_with_the_answers(
    con: duckdb.DuckDBPyConnection, target: str, header: str, cells: list[str], choices: tuple[str, ...]
) -> None:
    _, reading = read(con, target, header, cells)
    assert reading.question is not None
    assert reading.choices == choices
    for choice in choices:
        _, answered = read(con, target, header, cells, choice)
        assert answered.question is None


@pytest.mark.parametrize("cells", [["0", "0"], [None, None], ["-"]])
def test_nothing_is_asked_where_the_unit_makes_no_difference(
    con: duckdb.DuckDBPyConnection, cells: list[str | None]
) -> None:
    _, reading = read(con, "calls.talk_seconds", "Длительность", cells)
    assert reading.question is None


def test_a_mapping_says_the_unit_and_the_mark_together(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "calls.price", "Цена", ["1.500", "12"], "decimal comma, kopecks")
    assert found == [15, 0.12]
    (finding,) = (one for one in reading.findings if one.rule == "unit")
    assert str(finding.message) == "«Цена» is counted in kopecks: the mapping says so."


def test_a_mapping_says_what_a_clock_is(con: duckdb.DuckDBPyConnection) -> None:
    assert read(con, "calls.talk_seconds", "Длительность", ["1:30"], "h:mm")[0] == [5400]
    found, reading = read(con, "calls.talk_seconds", "Длительность", ["1:30"])
    assert found == [90]
    assert [one.rule for one in reading.findings] == ["clock"]


def test_durations_a_spreadsheet_took_for_hours(con: duckdb.DuckDBPyConnection) -> None:
    cells = ["02:15:00", "00:40:00", "11:05:00"]
    assert read(con, "calls.talk_seconds", "Разговор", cells, "m:ss:00")[0] == [135, 40, 665]
    assert read(con, "calls.talk_seconds", "Разговор", cells, "h:mm")[0] == [8100, 2400, 39900]
    assert read(con, "calls.talk_seconds", "Разговор", ["02:15:00", "00:40:10", "11:05:00"])[1].question is None


def test_roubles_and_kopecks_in_one_cell(con: duckdb.DuckDBPyConnection) -> None:
    cells = ["12 руб. 50 коп.", "1 250 руб 05 коп", "75 коп.", "3,5", "100 коп сверх"]
    found, reading = read(con, "orders.revenue", "Сумма", cells)
    assert found == [12.5, 1250.05, 0.75, 3.5, None]
    assert (reading.unreadable, reading.examples) == (1, ("100 коп сверх",))


def test_a_unit_of_another_kind_is_refused_with_the_known_ones(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(MappingError, match="roubles, kopecks"):
        read(con, "calls.price", "Цена", ["1"], "minutes")


def test_a_sibling_a_hundred_times_smaller_proves_kopecks(con: duckdb.DuckDBPyConnection) -> None:
    header, rows = ["date", "price", "price_rub"], [["2026-10-01", "15000", "150"], ["2026-10-02", "9950", "99.5"]]
    mapping = Mapping("calls", (ColumnMap("at", "date"), ColumnMap("price", "price")))
    result = clean(con, staged(con, header, rows), mapping, ImportOptions())
    assert con.execute(f"select price from {result.table}").fetchall() == [(Decimal(150),), (Decimal("99.5"),)]
    (finding,) = (one for one in result.findings if one.rule == "unit")
    assert "agree with those of «price_rub»" in str(finding.message)


def test_a_sibling_that_agrees_in_no_unit_proves_nothing(con: duckdb.DuckDBPyConnection) -> None:
    header, rows = ["date", "price", "price_rub"], [["2026-10-01", "15000", "7"]]
    mapping = Mapping("calls", (ColumnMap("at", "date"), ColumnMap("price", "price")))
    result = clean(con, staged(con, header, rows), mapping, ImportOptions())
    assert con.execute(f"select price from {result.table}").fetchall() == [(Decimal(15000),)]


def test_durations_of_one_table_are_in_one_unit(con: duckdb.DuckDBPyConnection) -> None:
    header = ["Дата", "Длительность", "Ожидание"]
    rows = [["01.10.2026", "320", "12"], ["13.10.2026", "45", "5"]]
    mapping = Mapping("calls", (
        ColumnMap("at", "Дата"), ColumnMap("talk_seconds", "Длительность"), ColumnMap("wait_seconds", "Ожидание"),
    ))  # fmt: skip
    result = clean(con, staged(con, header, rows), mapping, ImportOptions())
    assert con.execute(f"select wait_seconds from {result.table}").fetchall() == [(12,), (5,)]
    assert ["the table's other durations are" in str(one.message) for one in result.findings if one.rule == "unit"] == [
        True
    ]


def test_a_discount_in_percent_is_that_part_of_the_price_before_it(con: duckdb.DuckDBPyConnection) -> None:
    header = ["Дата", "Цена без скидки", "Скидка"]
    raw = staged(con, header, [["13.10.2026", "2000", "10%"], ["14.10.2026", "500", "0%"]])
    mapping = Mapping("orders", (
        ColumnMap("finished_at", "Дата"), ColumnMap("gross", "Цена без скидки"), ColumnMap("discount", "Скидка"),
    ))  # fmt: skip
    result = clean(con, raw, mapping, ImportOptions())
    assert con.execute(f"select discount, revenue from {result.table}").fetchall() == [(200, 1800), (0, 500)]
    with pytest.raises(MappingError, match="price before discount"):
        clean(con, raw, mapping.without("gross"), ImportOptions())


def test_a_percentage_among_amounts_gives_no_value(con: duckdb.DuckDBPyConnection) -> None:
    found, reading = read(con, "orders.discount", "Скидка", ["100 руб.", "10%", "50"])
    assert found == [100, None, 50]
    assert (reading.unreadable, reading.examples) == (1, ("10%",))


def test_a_header_with_a_unit_is_recognised_and_read_by_it(con: duckdb.DuckDBPyConnection) -> None:
    header = ["ID звонка", "Дата звонка", "Разговор, мин", "Ожидание, сек", "Стоимость звонка, коп."]
    raw = staged(con, header, [["1", "13.10.2026 10:00", "2,5", "8", "15000"]])
    found = propose_table(con, raw)
    assert found.mapping is not None
    assert found.certain, found.questions
    result = clean(con, raw, found.mapping, ImportOptions())
    values = con.execute(f"select talk_seconds, wait_seconds, price from {result.table}").fetchall()
    assert values == [(150, 8, 150)]


def test_units_are_whole_words_of_a_header() -> None:
    price, talk = fact("calls").column("price"), fact("calls").column("talk_seconds")
    assert named_units("Минимальная цена за копейку") == frozenset()
    assert unit_named("Цена, мин.", price) is None
    assert unit_named("Длительность (мин:сек)", talk) is None
    assert without_units("Ожидание, сек") == "ожидание"
    assert without_units("Сумма в копейках") == "сумма"
    assert without_units("price_rub") == "price"


def test_what_a_format_says_is_replaced_by_its_kind() -> None:
    assert saying(None, "kopecks") == "kopecks"
    assert saying("decimal comma, roubles", "kopecks") == "decimal comma, kopecks"
    assert saying("decimal comma", "decimal point") == "decimal point"
    assert saying("D/M/YYYY", "M/D/YYYY") == "M/D/YYYY"
