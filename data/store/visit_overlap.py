"""Visits of an import that another source tells of too: the same client at the same minute.

Invariant: only counts and says so; rows without a number have nothing else by which they could be told to be one visit.
Large imports are not looked through: those are whole exports, whose keys or content are asked about before.
"""

import duckdb

from data.message import say_n
from data.model import Finding
from data.store.derived.client_key import with_client_key
from data.store.fact_tables import columns_of

MOST_ROWS = 20_000
"""Rows of an import that are looked through."""
_MOMENTS = ("scheduled_at", "started_at", "finished_at", "created_at")
_ORDERS = "fact_orders"


def of_two_sources(cursor: duckdb.DuckDBPyConnection, import_id: int) -> Finding:
    """How many visits of an import are loaded from another source too."""
    known = columns_of(cursor, _ORDERS)
    moments = [name for name in _MOMENTS if name in known]
    count = _count(cursor, import_id, moments, "branch" in known) if moments and "client" in known else 0
    message = say_n(
        "{n} visit is loaded from another source too: the same client at the same minute. If it is the same visit, it "
        "counts twice: take one of the imports back.",
        "{n} visits are loaded from another source too: the same client at the same minute. If they are the same "
        "visits, they count twice: take one of the imports back.",
        count,
    )  # fmt: skip
    return Finding("publish", "warning", None, "visits_of_two_sources", count, (), message)


def _count(cursor: duckdb.DuckDBPyConnection, import_id: int, moments: list[str], has_branch: bool) -> int:
    span = cursor.execute(
        f"select count(*), min(_day), max(_day) from {_ORDERS} where _import = ? and _live", [import_id]
    ).fetchone()
    if span is None or not 0 < span[0] <= MOST_ROWS:
        return 0
    rows = f"""select _import, _source, _key, client, {"branch" if has_branch else "null::varchar as branch"},
      coalesce({", ".join(moments)}) as moment
      from {_ORDERS} where _live and client is not null and _day between $first and $last"""
    found = cursor.execute(
        f"""with rows_ as (select * from ({with_client_key(rows)}) where moment <> date_trunc('day', moment))
        select count(distinct m._key) from rows_ m join rows_ t on t.client_id = m.client_id and t.moment = m.moment
        where m._import = $import and t._import <> $import and t._source <> m._source and t._key <> m._key""",
        {"import": import_id, "first": span[1], "last": span[2]},
    ).fetchone()
    return int(found[0]) if found else 0
