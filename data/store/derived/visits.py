"""visits: one row a done order with a client, in the order of that client's visits.

Invariant: a client is a telephone number where the cell holds one, else a name within a branch; an order of several
lines is one visit. The window runs over three narrow columns; the rest is joined to it.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

COMPUTED = frozenset({"client_id", "visit_no", "visited_at", "first_at", "next_at", "previous_at"})
"""Its own columns."""

_VISITED = "coalesce(finished_at, scheduled_at, created_at)"
_DONE = f"_live and status = 'done' and client is not null and {_VISITED} is not null"

_CLIENTS = f"""create or replace temp table _clients as
select client, branch, md5_number_lower(case
    when length(digits) = 11 and digits[1] in ('7', '8') then 'tel:7' || digits[2:]
    when length(digits) = 10 then 'tel:7' || digits
    when length(digits) between 11 and 15 then 'tel:' || digits
    else 'name:' || coalesce(branch, '') || chr(31) || regexp_replace(lower(trim(client)), '\\s+', ' ', 'g') end) as id
from (select client, branch, regexp_replace(client, '\\D', '', 'g') as digits
      from (select distinct client, branch from fact_orders where {_DONE}))"""

_FIRST_LINES = f"""create or replace temp table _first_lines as
select arg_min(rowid, (_line, rowid)) as place from fact_orders where {_DONE} group by _key"""

_VISITS = f"""create or replace table visits as
with numbered as (
  select id, moment, place,
    row_number() over w as visit_no, first_value(moment) over w as first_at,
    lead(moment) over w as next_at, lag(moment) over w as previous_at
  from (select c.id, {_VISITED} as moment, o.rowid as place, o._key as tie
        from fact_orders o join _clients c on c.client = o.client and c.branch is not distinct from o.branch
        where {_DONE.replace("client is", "o.client is")} and $lines)
  window w as (partition by id order by moment, tie))
select cast(o._day as date) as _day, n.id as client_id, n.visit_no, n.moment as visited_at, n.first_at, n.next_at,
  n.previous_at, {listed(DIMENSIONS, "o.")}
from fact_orders o join numbered n on n.place = o.rowid"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `visits`."""
    cursor.execute(_CLIENTS)
    lines = _has_lines(cursor)
    if lines:
        cursor.execute(_FIRST_LINES)
    cursor.execute(_VISITS.replace("$lines", "o.rowid in (select place from _first_lines)" if lines else "true"))
    cursor.execute("drop table _clients")


def _has_lines(cursor: duckdb.DuckDBPyConnection) -> bool:
    row = cursor.execute("select has_lines from relation_states where relation = 'orders'").fetchone()
    return bool(row and row[0])
