"""cases: one row a case of the process log, counted by what people said about the process.

Invariant: a case belongs to the day of its last event, and to a member of a dimension only if no event says another;
where they differ the member is `SEVERAL`. A column that nothing tells is not in the table. Events later than today have
not happened.
"""

from collections.abc import Collection, Sequence
from datetime import date

import duckdb

from data.expression import Params
from data.model import DIMENSIONS, SEVERAL, STAFF_DIMENSIONS
from data.store.case_figures import ALWAYS, OPTIONAL, cases, columns_of_cases
from data.store.entries.process import ProcessSettings, from_json
from data.store.executions import HELD, OWNERS, PLACE, Executions, Shape, shape_sql
from data.store.fact_tables import columns_of
from data.store.identifiers import listed, literal, quoted

COMPUTED = frozenset({*ALWAYS, *OPTIONAL, *DIMENSIONS})
"""Its columns, of those in the table."""

STEPS = "steps"
"""Column of a case's activities in order, for counting paths; no KPI and no screen is told of it."""
BETWEEN = "chr(31)"
"""SQL of what stands between them: a control character, which no cell of an import holds."""
_STEPS = f"""array_to_string(
  list_transform(list_sort(list({{'place': place, 'activity': activity}})), lambda step: step.activity), {BETWEEN})"""

_EMPTY = """create or replace table cases (_day DATE, case_id VARCHAR, first_step_at TIMESTAMP, last_step_at TIMESTAMP,
  events BIGINT, repeats BIGINT, superfluous BIGINT, throughput_hours DOUBLE, has_repeats BOOLEAN, has_loop BOOLEAN,
  has_ping_pong BOOLEAN, steps VARCHAR)"""
_POSTS = """staff_posts s on s.employee = coalesce(m.name, t.employee)
  and (s.valid_from is null or s.valid_from <= t._day) and (s.valid_to is null or t._day < s.valid_to)
  and (s.match_branch is null or s.match_branch = t.branch)"""


def make(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fill `cases`."""
    present = columns_of(cursor, "fact_events")
    if not {"case_id", "activity", "at"} <= present:
        cursor.execute(_EMPTY)
        return
    params = Params()
    told = _filled(cursor, "fact_events where _live", sorted(present & {*HELD, *DIMENSIONS}))
    held = frozenset({*told, *PLACE, "employee", *STAFF_DIMENSIONS})
    owners = [name for name in OWNERS if name in told]
    events = _events(told, params.place(today))
    row = cursor.execute(shape_sql(events, held, owners), params.values).fetchone()
    dimensions = [name for name in DIMENSIONS if name in held]
    log = Executions(events, held, Shape.of_row(row or ()), read_settings(cursor), owners, params.place, dimensions)
    _fill(cursor, log, dimensions, params)


def read_settings(cursor: duckdb.DuckDBPyConnection) -> ProcessSettings:
    """The settings that the cases are counted by."""
    row = cursor.execute("select content from process_settings").fetchone()
    return from_json(row[0]) if row else ProcessSettings()


def _fill(cursor: duckdb.DuckDBPyConnection, log: Executions, dimensions: Sequence[str], params: Params) -> None:
    columns = columns_of_cases(log)
    kept = "".join(map(_member, dimensions)) + f", {_STEPS} as {STEPS}"
    sql = f"""create or replace table cases as with {log.sql}{cases(log, kept)}
      select cast(last_step_at as date) as _day, {listed((*columns, *dimensions, STEPS))} from cases"""
    cursor.execute(sql, params.used_in(sql) or None)
    may_be_empty = [name for name in (*columns, *dimensions) if name not in ALWAYS]
    for name in sorted({*may_be_empty} - {*_filled(cursor, "cases", may_be_empty)}):
        cursor.execute(f"alter table cases drop column {quoted(name)}")


def _filled(cursor: duckdb.DuckDBPyConnection, rows: str, names: Sequence[str]) -> list[str]:
    """Those of the columns that some row fills."""
    counts = cursor.execute(f"select {', '.join(f'count({quoted(name)})' for name in names)} from {rows}").fetchone()
    return [name for name, count in zip(names, counts or (), strict=True) if count]


def _events(told: Collection[str], today: str) -> str:
    """SELECT of the live events until today, people by their names, team, branch and role from staff where a row lacks
    them: as a Reader gives them."""
    columns = [f"t.{quoted(name)}" for name in (*told, *PLACE) if name not in ("employee", *STAFF_DIMENSIONS)]
    columns.append("coalesce(m.name, t.employee) as employee")
    columns += [f"coalesce(t.{name}, s.{name}) as {name}" for name in STAFF_DIMENSIONS]
    return f"""select {", ".join(columns)} from fact_events t
      left join merged_people m on m.spelling = t.employee left join {_POSTS} where t._live and t._day <= {today}"""


def _member(name: str) -> str:
    """SQL of the member all events of a case agree on; those that tell none do not object."""
    several = f"when min({name}) is not null then {literal(SEVERAL)}"
    return f", case when min({name}) = max({name}) then min({name}) {several} end as {name}"
