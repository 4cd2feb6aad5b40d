"""visits: one row a done order with a client, in the order of that client's visits.

Invariant: a client is a telephone number where the cell holds one, else a name within a branch; an order of several
lines is one visit. The window runs over narrow columns only; the rest is joined to it.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

COMPUTED = frozenset({"client_id", "visit_no", "visited_at", "first_at", "next_at", "previous_at"})
"""Its own columns."""

_VISITED = "coalesce(finished_at, scheduled_at, created_at)"
_DONE = f"_live and status = 'done' and client is not null and {_VISITED} is not null"

_DIGITS = """case when plain is not null then plain
  when regexp_matches(client, '(\\d\\D*){10}') then try_cast(regexp_replace(client, '\\D', '', 'g') as ubigint) end"""
"""Digits among other signs («Anna, 8 900 …») are looked for only where the cell is not a bare number."""

_CLIENT = """case
  when digits between 80000000000 and 89999999999 then digits - 10000000000
  when digits between 1000000000 and 9999999999 then digits + 70000000000
  when digits between 10000000000 and 999999999999999 then digits
  else md5_number_lower(coalesce(branch, '') || chr(31) || regexp_replace(lower(trim(client)), '\\s+', ' ', 'g')) end"""
"""Ten digits are a Russian number without its 7; 8 … of eleven is written for 7 …."""

_NUMBERED = f"""create or replace temp table _numbered as
select place, client_id, moment, row_number() over w as visit_no, first_value(moment) over w as first_at,
  lead(moment) over w as next_at, lag(moment) over w as previous_at
from (select place, moment, tie, {_CLIENT} as client_id
      from (select *, {_DIGITS} as digits
            from (select rowid as place, _key as tie, {_VISITED} as moment, client, branch,
                    try_cast(client as ubigint) as plain
                  from fact_orders where {_DONE} and $lines)))
window w as (partition by client_id order by moment, tie)"""

_FIRST_LINES = f"""create or replace temp table _first_lines as
select arg_min(rowid, (_line, rowid)) as place from fact_orders where {_DONE} group by _key"""

_VISITS = f"""create or replace table visits as
select o._day, n.client_id, n.visit_no, n.moment as visited_at, n.first_at, n.next_at, n.previous_at,
  {listed(DIMENSIONS, "o.")}
from fact_orders o join _numbered n on n.place = o.rowid"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `visits`."""
    lines = _has_lines(cursor)
    if lines:
        cursor.execute(_FIRST_LINES)
    cursor.execute(_NUMBERED.replace("$lines", "rowid in (select place from _first_lines)" if lines else "true"))
    cursor.execute(_VISITS)
    cursor.execute("drop table _numbered")


def _has_lines(cursor: duckdb.DuckDBPyConnection) -> bool:
    row = cursor.execute("select has_lines from relation_states where relation = 'orders'").fetchone()
    return bool(row and row[0])
