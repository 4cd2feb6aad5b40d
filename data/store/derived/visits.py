"""visits: one row a done order with a client, in the order of that client's visits.

Invariant: a client is a telephone number where the cell holds one, else a name within a branch; an order of several
lines is one visit. Which orders are visits is known without numbering them: the rows counted beforehand are the rows
made.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.derived.client_key import with_client_key
from data.store.fact_tables import columns_of
from data.store.identifiers import listed

COMPUTED = frozenset({"client_id", "visit_no", "visited_at", "first_at", "next_at"})
"""Its own columns."""

_VISITED = "coalesce(finished_at, scheduled_at, created_at)"
_FIRST_LINE = """rowid in (
  select arg_min(rowid, (_line, rowid)) from fact_orders where _live and status = 'done' group by _key)"""

_COLUMNS = ", ".join([
    "_day DATE", "client_id UBIGINT", "visit_no BIGINT", "visited_at TIMESTAMP", "first_at TIMESTAMP",
    "next_at TIMESTAMP", *(f"{name} VARCHAR" for name in DIMENSIONS),
])  # fmt: skip

_KEYED = with_client_key(
    f"""select rowid as place, hash(order_id, account, branch, _source) as tie, _key, {_VISITED} as moment, client,
    branch from fact_orders where $chosen"""
)

_NUMBERED = f"""create or replace temp table _numbered as
select place, client_id, row_number() over w as visit_no, moment as visited_at, first_value(moment) over w as first_at,
  lead(moment) over w as next_at
from ({_KEYED})
window w as (partition by client_id order by moment, tie, _key)"""

_FILL = f"""insert into $table
select o._day, {listed(("client_id", "visit_no", "visited_at", "first_at", "next_at"), "n.")}, $dimensions
from fact_orders o join _numbered n on n.place = o.rowid"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `visits` with the visits of all live orders."""
    empty(cursor)
    _fill(cursor, "visits")


def make_own(cursor: duckdb.DuckDBPyConnection) -> None:
    """A copy for this cursor alone, which stands before the table of that name."""
    cursor.execute(f"create or replace temp table visits ({_COLUMNS})")
    _fill(cursor, "temp.visits")


def empty(cursor: duckdb.DuckDBPyConnection) -> None:
    """The table without rows: nothing of orders that are gone stays."""
    cursor.execute(f"create or replace table visits ({_COLUMNS})")


def rows(cursor: duckdb.DuckDBPyConnection) -> str:
    """The rows as they will be, as SQL: their days and dimensions; of their own columns only which are filled."""
    own = "true as client_id, true as visit_no, true as visited_at, true as first_at, null as next_at"
    return f"(select _day, {own}, {_dimensions(cursor)} from fact_orders o where {_chosen(cursor)})"


def _fill(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    cursor.execute(_NUMBERED.replace("$chosen", _chosen(cursor)))
    cursor.execute(_FILL.replace("$table", table).replace("$dimensions", _dimensions(cursor)))
    cursor.execute("drop table _numbered")


def _dimensions(cursor: duckdb.DuckDBPyConnection) -> str:
    """Each dimension of the orders `o`, empty where no import fills it."""
    present = columns_of(cursor, "fact_orders")
    return ", ".join(f"o.{name}" if name in present else f"null::varchar as {name}" for name in DIMENSIONS)


def _chosen(cursor: duckdb.DuckDBPyConnection) -> str:
    """SQL: the order is a visit."""
    done = f"_live and status = 'done' and client is not null and {_VISITED} is not null"
    return f"{done} and {_FIRST_LINE}" if _has_lines(cursor) else done


def _has_lines(cursor: duckdb.DuckDBPyConnection) -> bool:
    row = cursor.execute("select has_lines from relation_states where relation = 'orders'").fetchone()
    return bool(row and row[0])
