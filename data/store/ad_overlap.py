"""Advertisement rows whose days other rows of the same advertisement cover too.

Invariant: only counts; `ad_days` sees to it that no day counts twice. Which advertisement a row is of is settled as
there: by its id, else its title, else its key, and by the account where both rows name one. One number under two
accounts may be two advertisements of two services, and does count twice: that is said.
"""

from collections.abc import Collection

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


_ELSEWHERE = """
with mine as (
  select distinct ad_id, account, period_start as first, coalesce(period_end, period_start) as last
  from fact_ads where _live and _import = $import and ad_id is not null and account is not null)
select count(distinct m.ad_id), any_value(t.account) from mine m join fact_ads t
  on t._live and t.ad_id = m.ad_id and t.account <> m.account
    and t.period_start <= m.last and m.first <= coalesce(t.period_end, t.period_start)"""


def of_two_accounts(cursor: duckdb.DuckDBPyConnection, import_id: int, columns: Collection[str]) -> Finding:
    """How many advertisements of an import with these columns are loaded for the same days of another account."""
    told = {"ad_id", "account", "period_start"} <= set(columns)
    row = cursor.execute(_ELSEWHERE, {"import": import_id}).fetchone() if told else None
    count, account = (int(row[0]), row[1]) if row else (0, None)
    message = say_n(
        "{n} advertisement is loaded for the same days under the account «{account}» too. If that is the same account, "
        "it counts twice: take one of the imports back, and give both the same name.",
        "{n} advertisements are loaded for the same days under the account «{account}» too. If that is the same "
        "account, they count twice: take one of the imports back, and give both the same name.",
        count, account=account,
    )  # fmt: skip
    return Finding("publish", "warning", None, "advertisements_of_two_accounts", count, (), message)
