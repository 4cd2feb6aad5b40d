"""The rows of some months → the rows of a rollup.

Invariant: what adds up is counted of each day, whole and by every dimension, and added up to months; what does not is
counted of each month. Both are what a GROUP BY of the same rows gives.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import duckdb

from data.expression import Params
from data.rollup import Ahead, Definition
from data.store.identifiers import literal, quoted


def make_empty(cursor: duckdb.DuckDBPyConnection, definition: Definition, dimensions: Sequence[str]) -> None:
    """The rollup's tables without rows."""
    days, months = _days(definition, dimensions), _months(definition, dimensions)
    own = "".join(f", m.a{n}" for n, ahead in enumerate(definition.aggregates) if not ahead.adding)
    cursor.execute(f"create or replace table {definition.table} as {days} limit 0", _values(definition, days))
    sql = f"select d.*{own} from {definition.table} d cross join ({months}) m limit 0"
    cursor.execute(f"create or replace table {definition.months} as {sql}", _values(definition, sql))


def recount(
    cursor: duckdb.DuckDBPyConnection, definition: Definition, dimensions: Sequence[str], months: Sequence[date]
) -> None:
    """The rows of consecutive months (between which there are no others) counted anew."""
    first, last = months[0], (months[-1] + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    for table, rows in (
        (definition.table, _days(definition, dimensions)),
        (definition.months, _joined(definition, _months(definition, dimensions))),
    ):
        cursor.execute(f"delete from {table} where started between ? and ?", [first, last])
        cursor.execute(f"insert into {table} by name {rows}", _values(definition, rows, first, last))


def _days(definition: Definition, dimensions: Sequence[str]) -> str:
    """What adds up: started (the day), dimension ('' of all), member, then a column an aggregate."""
    counted = {f"a{n}": ahead for n, ahead in enumerate(definition.aggregates) if ahead.adding}
    return _grouped(definition, dimensions, "day", counted)


def _months(definition: Definition, dimensions: Sequence[str]) -> str:
    """What does not add up: started (the first of the month), dimension, member, then a column an aggregate."""
    counted = {f"a{n}": ahead for n, ahead in enumerate(definition.aggregates) if not ahead.adding}
    return _grouped(definition, dimensions, "date_trunc('month', day)::date", counted)


def _joined(definition: Definition, months: str) -> str:
    """The months: their days added up, beside what was counted of the months themselves."""
    added = "".join(f", {a.adding}(a{n}) as a{n}" for n, a in enumerate(definition.aggregates) if a.adding)
    own = "".join(f", m.a{n}" for n, a in enumerate(definition.aggregates) if not a.adding)
    return (
        f"select d.*{own} from (select date_trunc('month', started)::date as started, dimension, member{added}"
        f" from {definition.table} where started between $first and $last group by 1, 2, 3) d join ({months}) m"
        " on m.started = d.started and m.dimension = d.dimension and m.member is not distinct from d.member"
    )


def _grouped(definition: Definition, dimensions: Sequence[str], started: str, counted: Mapping[str, Ahead]) -> str:
    by = [f"by_{number}" for number in range(len(dimensions))]
    cells = "".join(f", cast({quoted(d)} as varchar) as {b}" for d, b in zip(dimensions, by, strict=True))
    sets = ", ".join(f"({', '.join(['started', *one])})" for one in ([], *([b] for b in by)))
    named = [f"when grouping({b}) = 0 then {literal(d)}" for d, b in zip(dimensions, by, strict=True)]
    dimension = f"case {' '.join(named)} else '' end" if by else "''"
    member = f"case {' '.join(f'when grouping({b}) = 0 then {b}' for b in by)} end" if by else "null::varchar"
    aggregates = "".join(f", {ahead.sql} as {name}" for name, ahead in counted.items())
    rows = f"select *, {started} as started{cells} from ({definition.rows}) where day between $first and $last"
    return (
        f"select started, {dimension} as dimension, {member} as member{aggregates}"
        f" from ({rows}) group by grouping sets ({sets})"
    )


def _values(definition: Definition, sql: str, first: date = date.min, last: date = date.min) -> dict[str, object]:
    return {**Params(values=dict(definition.params)).used_in(sql), "first": first, "last": last}
