"""Wide surveys and checklists become one record an answer."""

from typing import Any

import duckdb

from data.ingest.mapping import ColumnMap, Mapping, Unpivot
from data.ingest.pipeline import ImportOptions, Staged, clean, propose_table
from tests.unit.ingest.staged_rows import staged

Q1, Q2 = "Насколько вероятно, что вы порекомендуете нас?", "Насколько вы довольны мастером?"


def rows(con: duckdb.DuckDBPyConnection, result: Staged, *columns: str) -> list[tuple[Any, ...]]:
    return con.execute(f"select {', '.join(columns)} from {result.table} order by _line, question").fetchall()


def test_a_wide_survey_is_recognised_and_its_scale_is_that_of_its_kind(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Отметка времени", Q1, Q2, "Мастер"],
        [
            ["05.10.2026 10:00:00", "9", "10", "Иванов"],
            ["25.10.2026 11:00:00", "7", None, "Петров"],
            ["26.10.2026 11:00:00", None, None, "Петров"],
        ],
        "Опрос NPS клиентов.csv",
    )
    found = propose_table(con, raw)
    assert found.mapping is not None
    assert found.certain, found.questions
    assert found.mapping.unpivot == Unpivot(
        (Q1, Q2), "question", "score", {"survey": "nps", "audience": "client", "scale_min": "0", "scale_max": "10"}
    )
    result = clean(con, raw, found.mapping, ImportOptions())
    assert (result.rows_in, result.rejected, result.fan_out) == (3, 0, (3, 3))
    assert rows(con, result, "question", "score", "survey", "scale_max", "employee") == [
        (Q1, 9, "nps", 10, "Иванов"), (Q2, 10, "nps", 10, "Иванов"), (Q1, 7, "nps", 10, "Петров"),
    ]  # fmt: skip
    assert {"unpivoted", "no_answers"} <= {finding.rule for finding in result.findings}
    ids = [value for (value,) in rows(con, result, "response_id")]
    assert ids[0] == ids[1] != ids[2]


def test_a_scale_is_asked_never_observed(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["Отметка времени", Q1, Q2], [["05.10.2026 10:00:00", "1", "5"]])
    found = propose_table(con, raw)
    assert found.mapping is not None
    assert found.mapping.unpivot is not None
    assert "scale_max" not in found.mapping.unpivot.constants
    assert not found.certain


def test_the_made_id_is_the_same_in_a_longer_sheet_and_differs_for_equal_answers(
    con: duckdb.DuckDBPyConnection,
) -> None:
    mapping = Mapping(
        "surveys",
        (ColumnMap("answered_at", "t"),),
        unpivot=Unpivot(("a", "b"), "question", "score", {"survey": "csat"}),
    )
    week = [["2026-10-05", "1", "2"], ["2026-10-05", "1", "2"]]
    short = clean(con, staged(con, ["t", "a", "b"], week), mapping, ImportOptions())
    longer = clean(con, staged(con, ["t", "a", "b"], [*week, ["2026-10-12", "3", "4"]]), mapping, ImportOptions())
    first = set(rows(con, short, "response_id"))
    assert len(first) == 2
    assert first < set(rows(con, longer, "response_id"))


def test_answers_of_staff_carry_no_name(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Дата", "Сотрудник", "Опрос", "Вопрос", "Оценка"],
        [["2026-10-05", "Иванов", "eNPS", "Q", "9"], ["2026-10-05", "Иванов", "NPS", "Q", "9"]],
    )
    found = propose_table(con, raw)
    assert found.mapping is not None
    result = clean(con, raw, found.mapping, ImportOptions())
    assert sorted(rows(con, result, "survey", "employee", "scale_max", "audience")) == [
        ("enps", None, 10, "staff"),
        ("nps", "Иванов", 10, "client"),
    ]
    assert "x_сотрудник" not in result.extras.values()


def test_a_wide_checklist_becomes_checks(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(
        con,
        ["Дата проверки", "Мастер", "Форма чистая", "Чек выдан"],
        [["05.10.2026", "Иванов", "да", "нет"], ["25.10.2026", "Петров", "+", "-"]],
    )
    found = propose_table(con, raw)
    assert found.mapping is not None
    assert (found.mapping.fact, found.mapping.unpivot) == (
        "checks",
        Unpivot(("Форма чистая", "Чек выдан"), "standard", "passed", {}),
    )
    result = clean(con, raw, found.mapping, ImportOptions())
    answers = con.execute(f"select employee, standard, passed from {result.table} order by _line, standard").fetchall()
    assert answers == [
        ("Иванов", "Форма чистая", True),
        ("Иванов", "Чек выдан", False),
        ("Петров", "Форма чистая", True),
        ("Петров", "Чек выдан", False),
    ]
