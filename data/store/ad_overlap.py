"""Advertisement rows whose days other rows of the same advertisement cover too.

Invariant: only counts; `ad_days` sees to it that no day counts twice. Which advertisement a row is of is settled as
there: by its id, else its title, else its key, and by the account where both rows name one.
"""

import duckdb

from data.message import say_n
from data.model import Finding

_OVERLAPPING = """
with rows_ as (
  select _import, _key, account, coalesce(ad_id, title, cast(_key as varchar)) as name,
    coalesce(period_start, _day) as first,
    greatest(coalesce(period_end, period_start, _day), coalesce(period_start, _day)) as last
  from fact_ads where _live and _day is not null)
select count(*) from rows_ m where m._import = $import and exists (
  select 1 from rows_ t where t._import <> $import and t.name = m.name and t._key <> m._key
    and (t.account is null or m.account is null or t.account = m.account)
    and t.first <= m.last and m.first <= t.last)"""


def overlapping(cursor: duckdb.DuckDBPyConnection, import_id: int) -> Finding:
    """How many rows of an import share days with rows of other imports."""
    row = cursor.execute(_OVERLAPPING, {"import": import_id}).fetchone()
    count = int(row[0]) if row else 0
    message = say_n(
        "{n} row covers days that are loaded for the same advertisement: each day counts once, by the finer row.",
        "{n} rows cover days that are loaded for the same advertisement: each day counts once, by the finer row.",
        count,
    )  # fmt: skip
    return Finding("publish", "info", None, "overlapping_periods", count, (), message)
