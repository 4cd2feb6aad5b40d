"""DuckDB's words in ClickHouse's: each rule by itself, and what is refused because nobody knows that it means the same.

Whether the two mean the same is told by tests/clickhouse, over servers.
"""

from datetime import date, datetime
from typing import Any

import pytest

from data.store.engine.clickhouse.places import kinds, written
from data.store.engine.clickhouse.translating import Translated, translated
from data.store.engine.contract import Unanswered


def said(sql: str, **params: Any) -> Translated:
    return translated(sql, kinds(params))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("count(*)", "count()"),
        ("count(*) filter (where a)", "countIf(a)"),
        ("count(distinct a) filter (where b)", "uniqExactIf(a, b)"),
        ("sum(a) filter (where b)", "sumOrNullIf(a, b)"),
        ("median((a)::double)", "quantileExactInclusiveOrNull(0.5)(CAST((a), 'Nullable(Float64)'))"),
        ("min(a)", "minOrNull(a)"),
        ("a / nullif(b, 0)", "divide(CAST(a, 'Nullable(Float64)'), CAST(nullIf(b, 0), 'Nullable(Float64)'))"),
        ("(a) is not false", "NOT (ifNull((NOT ((a))), FALSE))"),
        ("(a) is true", "(ifNull((((a))), FALSE))"),
        ("date_trunc('week', a)", "dateTrunc('week', CAST(a, 'Nullable(Date32)'))"),
        ("to_days((-90)::integer)", "toIntervalDay(CAST((-90), 'Nullable(Int64)'))"),
        (
            "list_median(list_transform(list(distinct {'key': k, 'value': v}) filter (where c), lambda u: u.value))",
            "arrayReduce('quantileExactInclusiveOrNull(0.5)', tupleElement(groupUniqArrayIf(tuple(k, v), c), 2))",
        ),
    ],
)
def test_a_rule(sql: str, expected: str) -> None:
    assert said(f"select {sql} as x from fact_orders").sql == (
        f"SELECT {expected} AS x FROM {{t_fact_orders: Identifier}}"
    )


def test_arrays_side_by_side_are_rows() -> None:
    found = said("select unnest($a::integer[]) as n, unnest($b::date[]) as d", a=[1, None], b=[None, None])
    assert "{a: Array(Nullable(Int32))}, {b: Array(Nullable(Date32))}" in found.sql
    assert found.tables == ()


def test_a_join_without_an_equality_is_all_pairs_filtered() -> None:
    found = said("with w as (select 1 as x) select r.day from w join fact_orders r on r.day <= w.x and r.day > 0")
    assert "CROSS JOIN" in found.sql
    assert found.sql.endswith("WHERE r.day <= w.x AND r.day > 0")


def test_a_column_is_called_outside_what_it_is_called_in_duckdb() -> None:
    assert 'SELECT k.name AS "name" FROM' in said("select k.name from fact_orders k").sql


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("lower(a)", "Lower"),  # Unicode's lower letters are others
        ("cast(1.5 as integer)", "a number that is rounded"),
        ("cast(a + 1 as varchar)", "the text of something computed"),
        ("random()", "Rand"),
        ("arg_max(a, b)", "ArgMax"),
        ("count(a)", "a count of cells"),
        ("read_text('/etc/passwd')", "read_text"),
        ("list_median(a)", "list_median"),
        ("date_trunc('hour', a)", "a day cut to hour"),
        ("row_number() over (order by a)", "Window"),
        ("sum(distinct a)", "Sum"),
    ],
)
def test_what_nobody_tried_is_refused(sql: str, reason: str) -> None:
    with pytest.raises(Unanswered) as told:
        said(f"select {sql} as x from fact_orders")
    assert told.value.reason == reason


NASTY = (
    "'; drop table fact_orders; --", "\\'", "\\", "a\tb\nc\r\0", "{p1: String}", "$p0", "ё'\"`", "NULL", "\\N", "",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_no_text_becomes_sql(text: str) -> None:
    plain = said("select 1 as x from fact_orders where a = $p0", p0="x")
    assert said("select 1 as x from fact_orders where a = $p0", p0=text) == plain
    assert not set("\t\n\r\0'") & set(written(text).replace("\\'", "").replace("\\t", ""))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (7, "7"),
        (0.1, "0.1"),
        (None, "\\N"),
        (date(2026, 2, 3), "2026-02-03"),
        (date.max, "2299-12-31"),  # no row is that late: every comparison comes out the same
        (date.min, "1900-01-01"),
        (datetime(2026, 2, 3, 4, 5), "2026-02-03 04:05:00.000000"),
        ([1, None, 2], "[1,NULL,2]"),
        ([date(2026, 2, 3), None], "['2026-02-03',NULL]"),
        ([True], "[true]"),
    ],
)
def test_how_a_value_is_written(value: Any, expected: str) -> None:
    assert written(value) == expected


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(Unanswered):
        written(1 << 63)
