"""Cleaning whole tables: what is kept, rejected, derived and said."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from data.errors import MappingError
from data.ingest.mapping import ColumnMap, Mapping
from data.ingest.pipeline import ImportOptions, Staged, clean
from tests.unit.ingest.staged_rows import staged

TODAY = ImportOptions(today=date(2026, 11, 23))


def orders(*columns: ColumnMap | tuple[str, str], **more: Any) -> Mapping:
    return Mapping("orders", tuple(c if isinstance(c, ColumnMap) else ColumnMap(*c) for c in columns), **more)


def rows(con: duckdb.DuckDBPyConnection, result: Staged, *columns: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in columns)
    return con.execute(f"select {names} from {result.table} order by _line").fetchall()


def rules(result: Staged) -> dict[str, int]:
    return {finding.rule: finding.count for finding in result.findings}


def test_a_row_without_a_date_is_rejected_with_its_reason_and_cells(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата", "№"], [["05.10.2026", "1"], ["31.02.2026", "2"], [None, "3"], ["25.10.2026", "4"]])
    result = clean(con, raw, orders(("scheduled_at", "Дата"), ("order_id", "№")), TODAY)
    assert (result.rows_in, result.rejected) == (4, 2)
    assert rows(con, result, "order_id") == [("1",), ("4",)]
    rejected = con.execute(f"select line, rule, reason, c0, c1 from {result.rejects} order by line").fetchall()
    assert rejected == [
        (3, "no_business_date", "The row has no readable date.", "31.02.2026", "2"),
        (4, "no_business_date", "The row has no readable date.", None, "3"),
    ]


def test_a_cell_that_cannot_be_read_is_empty_warned_about_and_kept(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата", "Сумма"], [["05.10.2026", "1 000,50"], ["25.10.2026", "сто рублей"]])
    result = clean(con, raw, orders(("scheduled_at", "Дата"), ("revenue", "Сумма")), TODAY)
    assert rows(con, result, "revenue", "x_сумма") == [(Decimal("1000.5"), "1 000,50"), (None, "сто рублей")]
    assert result.extras == {"Сумма": "x_сумма"}
    (finding,) = (f for f in result.findings if f.rule == "unreadable_number")
    assert (finding.severity, finding.column, finding.count, finding.examples) == (
        "warning",
        "Сумма",
        1,
        ("сто рублей",),
    )


def test_unmapped_columns_are_kept_whatever_they_are_called(con: duckdb.DuckDBPyConnection) -> None:
    header = ["Дата", "Примечание", "примечание", "", 'a"b', "x"]
    raw = staged(con, header, [["2026-10-05", "1", "2", "3", "4", None]])
    result = clean(con, raw, orders(("scheduled_at", "Дата")), TODAY)
    names = ["x_примечание", "x_примечание_2", "x_column 4", 'x_a"b', "x_x"]
    assert list(result.extras.values()) == names
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    assert con.execute(f"select {columns} from {result.table}").fetchall() == [("1", "2", "3", "4", None)]
    assert rules(result)["duplicate_header"] == 2


def test_empty_cells_count_as_the_schema_says_but_unreadable_ones_do_not(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Дата", "Скидка", "Переделка"],
        [["2026-10-05", None, "-"], ["2026-10-06", "сто", "да"], ["2026-10-07", "5", "ну"]],
    )
    result = clean(
        con, raw, orders(("scheduled_at", "Дата"), ("discount", "Скидка"), ("is_rework", "Переделка")), TODAY
    )
    assert rows(con, result, "discount", "is_rework") == [(0, False), (None, True), (5, None)]
    assert rules(result)["empty_as_value"] == 1


def test_gross_less_discount_is_revenue_and_reported(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата", "По прайсу", "Скидка"], [["2026-10-05", "1000", "100"], ["2026-10-06", "500", None]])
    result = clean(con, raw, orders(("scheduled_at", "Дата"), ("gross", "По прайсу"), ("discount", "Скидка")), TODAY)
    assert rows(con, result, "revenue") == [(900,), (500,)]
    assert "revenue" in result.columns
    assert rules(result)["revenue_from_gross"] == 2


def test_account_and_branch_given_at_upload_fill_only_unmapped_ones(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата", "Аккаунт"], [["2026-10-05", "Первый"]])
    result = clean(
        con,
        raw,
        orders(("scheduled_at", "Дата"), ("account", "Аккаунт")),
        ImportOptions(account="Второй", branch="Центр"),
    )
    assert rows(con, result, "account", "branch") == [("Первый", "Центр")]


def test_comparisons_read_numbers_times_and_texts_as_what_they_are(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Дата", "n", "state"],
        [["2026-10-05", "10", "Closed"], ["2026-10-06", "9", "New"], ["2026-10-07", "?", None]],
    )
    mapping = orders(("scheduled_at", "Дата"), ("is_rework", "n > 9"), ("is_on_time", "state = 'Closed' and n >= 10"))
    assert rows(con, clean(con, raw, mapping, TODAY), "is_rework", "is_on_time") == [
        (True, True),
        (False, False),
        (None, None),
    ]


def test_date_and_time_in_two_columns_are_one_time(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата", "Время"], [["05.10.2026", "9:30"], ["25.10.2026", "14-05"], ["26.10.2026", None]])
    result = clean(con, raw, orders(ColumnMap("scheduled_at", "Дата", clock="Время")), TODAY)
    assert [value for (value,) in rows(con, result, "scheduled_at")] == [
        datetime(2026, 10, 5, 9, 30), datetime(2026, 10, 25, 14, 5), datetime(2026, 10, 26),
    ]  # fmt: skip


def test_the_version_is_a_number_or_a_time(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Дата", "n", "upd"],
        [["2026-10-05", "10", "2026-10-05 10:00:00"], ["2026-10-05", "9", "2026-10-05 11:00:00"]],
    )
    numbers = clean(con, raw, orders(("scheduled_at", "Дата"), version="n"), TODAY)
    assert rows(con, numbers, "_version") == [(10,), (9,)]
    times = [
        value
        for (value,) in rows(con, clean(con, raw, orders(("scheduled_at", "Дата"), version="upd"), TODAY), "_version")
    ]
    assert times[1] - times[0] == 3600


def test_checks_look_at_the_row_that_wins(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["id", "v", "made", "done", "status"],
        [
            ["1", "1", "2026-10-05", None, "done"],
            ["1", "2", "2026-10-05", "2026-10-06", "done"],
            ["2", "1", "2026-10-05", None, "done"],
        ],
    )
    mapping = orders(
        ("order_id", "id"), ("created_at", "made"), ("finished_at", "done"), ("status", "status"), version="v"
    )
    assert rules(clean(con, raw, mapping, TODAY))["done_without_finished_at"] == 1


@pytest.mark.parametrize(
    ("mapping", "cells", "rule"),
    [
        (
            orders(("created_at", "a"), ("finished_at", "b")),
            ["2026-10-05", "2026-10-04"],
            "finished_at_before_created_at",
        ),
        (orders(("created_at", "a"), ("revenue", "b")), ["2026-10-05", "-5"], "negative_revenue"),
        (orders(("created_at", "a"), ("revenue", "b")), ["2026-12-05", "5"], "future_created_at"),
        (
            Mapping("reviews", (ColumnMap("created_at", "a"), ColumnMap("rating", "b"))),
            ["2026-10-05", "6"],
            "rating_outside_scale",
        ),
        (
            Mapping("shifts", (ColumnMap("date", "a"), ColumnMap("planned_hours", "b"))),
            ["2026-10-05", "-1"],
            "negative_planned_hours",
        ),
        (
            Mapping("shifts", (ColumnMap("date", "a"), ColumnMap("worked_hours", "b", format="hours"))),
            ["2026-10-05", "480"],
            "long_worked_hours",
        ),
    ],
)
def test_what_looks_wrong_is_a_warning_and_stays(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, cells: list[str], rule: str
) -> None:
    result = clean(con, staged(con, ["a", "b"], [cells]), mapping, TODAY)
    (finding,) = (f for f in result.findings if f.rule == rule)
    assert (finding.step, finding.severity, finding.examples) == ("check", "warning", ("2",))
    assert (result.rows_in, result.rejected) == (1, 0)


def test_a_hundredfold_amount_is_suspicious(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["a", "b"], [["2026-10-05", str(1000 + n)] for n in range(50)] + [["2026-10-05", "150000.00"]])
    assert rules(clean(con, raw, orders(("created_at", "a"), ("revenue", "b")), TODAY))["hundredfold_revenue"] == 1


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (orders(("scheduled_at", "Датта")), "Дата"),
        (orders(("scheduled_at", "Дата"), ("revenue", "Сума")), "Сумма"),
        (orders(("scheduled_at", "Дата"), ("is_rework", "сума > 5")), "Сумма"),
        (orders(("revenue", "Сумма")), "date"),
        (orders(("scheduled_at", "Дата"), version="v"), "version"),
        (orders(("scheduled_at", "Дата"), ("revenu", "Сумма")), "revenue"),
        (orders(("scheduled_at", "Дата"), ColumnMap("status", constant="fertig")), "status"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused(con: duckdb.DuckDBPyConnection, mapping: Mapping, says: str) -> None:
    raw = staged(con, ["Дата", "Сумма"], [["2026-10-05", "1"]])
    with pytest.raises(MappingError, match=says):
        clean(con, raw, mapping, TODAY)


def test_an_undecided_date_is_refused_not_guessed(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Дата"], [["3/4/2026"], ["5/6/2026"]])
    with pytest.raises(MappingError, match="day first or month first"):
        clean(con, raw, orders(("scheduled_at", "Дата")), TODAY)
    result = clean(con, raw, orders(ColumnMap("scheduled_at", "Дата", format="M/D/YYYY")), TODAY)
    assert rows(con, result, "scheduled_at") == [(datetime(2026, 3, 4),), (datetime(2026, 5, 6),)]


def test_staff_need_no_date_but_a_name(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["ФИО", "Принят"], [["Иванов", None], [None, "2026-01-01"]])
    result = clean(con, raw, Mapping("staff", (ColumnMap("employee", "ФИО"), ColumnMap("hired_on", "Принят"))), TODAY)
    assert (result.rows_in, result.rejected) == (2, 1)
    assert rules(result)["no_employee"] == 1
