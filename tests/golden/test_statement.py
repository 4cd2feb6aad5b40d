"""The shape of the compiled SQL: one scan per relation and time column, formulas last, only places for values.

`pytest tests/golden --rewrite` is not offered on purpose: a changed shape is read and pasted by hand.
"""

from datetime import date
from pathlib import Path

import pytest

from data.model import OWNER, Relation, Scope, Source
from kpi.catalogue import catalogue
from kpi.compile import calendar, compile_query, resolve
from kpi.model import Query

GOLDEN = Path(__file__).parent / "statements"
COLUMNS = frozenset(
    {"order_id", "created_at", "finished_at", "responded_at", "status", "revenue", "is_rework", "employee"}
)


def relation(name: str, columns: frozenset[str], **changes: object) -> Relation:
    plain: dict[str, object] = {
        "name": name,
        "table": f"fact_{name}",
        "columns": columns | {"team", "branch", "role"},
        "own": columns,
        "extras": {},
        "first_day": date(2026, 1, 1),
        "data_until": date(2026, 10, 5),
        "rows": 100,
        "upcoming": 0,
        "has_lines": False,
        "live_filter": True,
        "staffed": True,
    }
    return Relation(**{**plain, **changes})  # type: ignore[arg-type]


RELATIONS = {
    "orders": relation("orders", COLUMNS),
    "reviews": relation("reviews", frozenset({"review_id", "created_at", "rating", "employee"})),
}
QUERIES = {
    "month_by_team": Query(
        ("rework_rate", "first_time_right", "revenue", "responded_in_15_min"), date(2026, 8, 1), None, "month", "team"
    ),
    "total_two_facts": Query(
        ("review_rate",),
        date(2026, 9, 1),
        date(2026, 9, 30),
        where=(("employee", ("Анна'; drop", "")),),
        compare=("previous", "year"),
    ),
}


def compiled_sql(name: str, scope: Scope = OWNER) -> str:
    query = QUERIES[name]
    resolutions = [resolve(catalogue().get(kpi), catalogue(), RELATIONS) for kpi in query.kpis]
    sources = {key: Source(r, scope) for key, r in RELATIONS.items()}
    cal = calendar(query, date(2026, 1, 1), date(2026, 10, 5))
    compiled = compile_query(query, resolutions, sources, cal, scope)
    places = "\n".join(f"-- ${place} = {value!r}" for place, value in compiled.statement.params.items())
    return f"{compiled.statement.sql}\n{places}\n"


@pytest.mark.parametrize("name", QUERIES)
def test_statement(name: str) -> None:
    assert compiled_sql(name) == (GOLDEN / f"{name}.sql").read_text(encoding="utf-8")


def test_no_text_of_a_person_is_in_the_sql() -> None:
    sql = compiled_sql("total_two_facts").split("\n--")[0]
    assert "Анна" not in sql
    assert "drop" not in sql


def test_each_relation_and_time_is_scanned_once_per_kind_of_window() -> None:
    sql = compiled_sql("month_by_team")
    grouped = sql.count("from fact_orders t")
    cut_month = 2  # September's first five days, once for each of the two time columns
    assert grouped == 2 + cut_month


def test_a_scope_is_in_every_scan() -> None:
    scope = Scope("viewer", None, (("team", ("A",)),))
    sql = compiled_sql("month_by_team", scope)
    assert sql.count("from fact_orders t") == sql.count('s."team" as varchar) in (')
