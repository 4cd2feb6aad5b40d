"""visits: one row a done order with a client, in the order of that client's visits.

Invariant: a client is a telephone number where the cell holds one, else a name within a branch; an order of several
lines is one visit. What a visit adds to its order stands beside the order in `fact_orders`, and `visits` is a view of
it: writing a million orders' dimensions a second time would cost as much as all the rest.
"""

from collections.abc import Collection
from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.fact_tables import VISIT_COLUMNS
from data.store.identifiers import listed

COMPUTED = frozenset({"client_id", "visit_no", "visited_at", "first_at", "next_at"})
"""Its own columns."""

_VISITED = "coalesce(finished_at, scheduled_at, created_at)"
_DONE = "status = 'done' and client is not null and moment is not null"

_VIEW = f"""create or replace view visits as
select _day, _client_id as client_id, _visit_no as visit_no, {_VISITED} as visited_at, _first_at as first_at,
  _next_at as next_at, {listed(DIMENSIONS)}
from fact_orders where _visit_no is not null"""

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
select place, _client_id, row_number() over w as _visit_no, first_value(moment) over w as _first_at,
  lead(moment) over w as _next_at
from (select place, moment, tie, same, {_CLIENT} as _client_id
      from (select *, {_DIGITS} as digits from (select *, try_cast(client as ubigint) as plain from $orders)
            where {_DONE}))
window w as (partition by _client_id order by moment, tie, same)"""

_LOADED = f"""(select rowid as place, hash(order_id, account, branch, _source) as tie, _key as same,
  {_VISITED} as moment, status, client, branch from fact_orders where _live and $lines)"""

_FIRST_LINES = """create or replace temp table _first_lines as
select arg_min(rowid, (_line, rowid)) as place from fact_orders where _live and status = 'done' group by _key"""

_SET = ", ".join(f"{name} = changed.{name}" for name in VISIT_COLUMNS)
_DIFFERS = " or ".join(f"o.{name} is distinct from n.{name}" for name in VISIT_COLUMNS)
_CHANGE = f"""update fact_orders set {_SET} from (
  select o.rowid as place, {listed(VISIT_COLUMNS, "n.")}
  from fact_orders o left join _numbered n on n.place = o.rowid where {_DIFFERS}) changed
where fact_orders.rowid = changed.place"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Number the visits of all live orders, changing only orders whose numbers changed."""
    lines = _has_lines(cursor)
    if lines:
        cursor.execute(_FIRST_LINES)
    chosen = "rowid in (select place from _first_lines)" if lines else "true"
    cursor.execute(_NUMBERED.replace("$orders", _LOADED.replace("$lines", chosen)))
    cursor.execute(_CHANGE)
    cursor.execute("drop table _numbered")


def define(cursor: duckdb.DuckDBPyConnection) -> None:
    """The view."""
    cursor.execute(_VIEW)


def number_staged(
    cursor: duckdb.DuckDBPyConnection, table: str, place: str, columns: Collection[str], source: str
) -> str:
    """Number the visits of a staged table that will be all there is; gives the table to join by `place`.

    `place`: SQL of what tells its rows apart. Every row must carry its key, and no two the same.
    """
    known = [f"{name} as {name}" if name in columns else f"null::{kind} as {name}" for name, kind in _NEEDED.items()]
    rows = f"""(select place, hash(order_id, account, branch, $source) as tie, 0 as same,
      {_VISITED} as moment, status, client, branch from (select {place} as place, {", ".join(known)} from {table}))"""
    cursor.execute(_NUMBERED.replace("$orders", rows), {"source": source})
    return "_numbered"


_NEEDED = {
    **dict.fromkeys(("order_id", "account", "branch", "status", "client"), "varchar"),
    **dict.fromkeys(("finished_at", "scheduled_at", "created_at"), "timestamp"),
}


def _has_lines(cursor: duckdb.DuckDBPyConnection) -> bool:
    row = cursor.execute("select has_lines from relation_states where relation = 'orders'").fetchone()
    return bool(row and row[0])
