"""ad_days: what each advertisement did on each day.

Invariant: a day of an advertisement belongs to one row: the shortest period that covers it, then the latest import. A
longer row keeps its other days, with its total less what finer rows say of the days they took, not below 0; a figure
spread over several days is marked, and each day says of which period it was told. Lines of one row share its days and
add up.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

METRICS = (
    "impressions", "views", "contacts", "chats", "phone_views", "favorites", "orders", "spend", "promotion_spend",
    "bonus_spend",
)  # fmt: skip
"""Figures that are spread."""

COMPUTED = frozenset({"is_spread", "told_from", "told_until"})
"""Its own column; the others come from ads."""

_FIGURES = ", ".join(f"sum(cast({name} as double)) as {name}" for name in METRICS)

_PERIODS = f"""create or replace temp table _periods as
with rows_ as (
  select *, coalesce(ad_id, title, cast(_key as varchar)) as name, coalesce(period_start, _day) as first,
    greatest(coalesce(period_end, period_start, _day), coalesce(period_start, _day)) as last
  from fact_ads where _live and _day is not null),
known as (select name, any_value(account) as account from rows_ where account is not null
          group by name having count(distinct account) = 1)
select row_number() over () as period, name || chr(31) || coalesce(r.account, k.account, '') as ad, _key, _import,
  first, last, cast(last - first as integer) + 1 as days, min(_line) as line, {_FIGURES}
from rows_ r left join known k using (name) group by all"""

_TURNS = """create or replace temp table _turns as
select *, row_number() over (partition by ad order by days, _import desc, line desc, _key) as turn from _periods"""

_COVERED = """create or replace temp table _covered as
select p.period, p.ad, p.turn, cast(d.day as date) as day
from _turns p, unnest(generate_series(cast(p.first as timestamp), cast(p.last as timestamp), interval 1 day)) d(day)"""

_OWNED = """create or replace temp table _owned as
select period, ad, day from _covered qualify turn = min(turn) over (partition by ad, day)"""

_WAITS = """create or replace temp table _waits as
select distinct c.period, o.period as finer from _covered c join _owned o on o.ad = c.ad and o.day = c.day
where o.period <> c.period"""

_OWN_DAYS = """create or replace temp table _own_days as select period, count(*) as own from _owned group by period"""

_SHARES = f"""create or replace temp table _shares as
select t.period, {", ".join(f"{name} / own as {name}" for name in METRICS)}
from _turns t join _own_days using (period) where period not in (select period from _waits)"""


def _rest(name: str) -> str:
    """What is left of a row's figure for each of its own days; unknown stays unknown."""
    left = f"greatest(0, t.{name} - coalesce(sum(s.{name}), 0)) / any_value(d.own)"
    return f"case when t.{name} is not null then {left} end as {name}"


_READY = f"""create or replace temp table _ready as
select t.period, {", ".join(map(_rest, METRICS))}
from _turns t join _own_days d using (period)
join _covered c on c.period = t.period join _owned o on o.ad = c.ad and o.day = c.day and o.period <> t.period
join _shares s on s.period = o.period
where t.period not in (select period from _shares) and not exists (
  select 1 from _waits w where w.period = t.period and w.finer not in (select period from _shares))
group by t.period, {", ".join(f"t.{name}" for name in METRICS)}"""


def _line_figure(name: str) -> str:
    """A line's part of its row's figure on one day."""
    whole = f"t.{name}"
    part = f"cast(f.{name} as double)"
    return f"case when {whole} = 0 then s.{name} / t.rows_ else {part} * s.{name} / {whole} end as {name}"


_DAYS = f"""create or replace table ad_days as
select o.day as _day, f.ad_id, f.title, f.city, {", ".join(map(_line_figure, METRICS))}, t.days > 1 as is_spread,
  t.first as told_from, t.last as told_until, {listed(DIMENSIONS, "f.")}
from _owned o join (select *, (select count(*) from fact_ads l where l._live and l._key = x._key) as rows_
                    from _turns x) t using (period)
join _shares s on s.period = o.period
join fact_ads f on f._live and f._key = t._key and f._import = t._import"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `ad_days`: rows nothing finer overlaps first, then those that wait for them."""
    for statement in (_PERIODS, _TURNS, _COVERED, _OWNED, _WAITS, _OWN_DAYS, _SHARES):
        cursor.execute(statement)
    while _settle_next(cursor):
        pass
    cursor.execute(_DAYS)
    for name in ("_periods", "_turns", "_covered", "_owned", "_waits", "_own_days", "_shares", "_ready"):
        cursor.execute(f"drop table {name}")


def _settle_next(cursor: duckdb.DuckDBPyConnection) -> int:
    """Share out the periods whose finer rows are all shared out; how many there were."""
    cursor.execute(_READY)
    cursor.execute("insert into _shares select * from _ready")
    row = cursor.execute("select count(*) from _ready").fetchone()
    return int(row[0]) if row else 0
