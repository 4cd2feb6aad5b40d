"""What the comparison asks of the data: a row a member and day, of advertisements, of orders, of new clients.

Invariant: every SELECT is built on a Source, so the scope and the filters hold; a relation that cannot tell the slice
or a filter is not asked, and the reason is told.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access.reader import Reader
from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Relation, Source, Statement
from kpi.accounts.model import MOST, PERIODS, Asked, Unknown
from kpi.accounts.steps import ADS, ORDERS, VISITS, Rate

ACCOUNT = "account"
METRICS = ("impressions", "views", "contacts", "orders", "spend")
"""Figures of advertisements that are added up."""
UNIQUE = ("views", "contacts")
"""Those that are unique visitors of the time they are told for."""
PAIRS = (
    ("views", "impressions"), ("contacts", "views"), ("orders", "contacts"), ("spend", "impressions"),
    ("spend", "views"), ("spend", "contacts"), ("spend", "orders"),
)  # fmt: skip
"""Figures that are divided by each other, where one row tells both."""
NAMES = {"title": "any_value(title)", ACCOUNT: "any_value(account)"}
"""What else is told of an advertisement than its number."""


@dataclass(frozen=True)
class Table:
    """Rows by member and day."""

    frame: pd.DataFrame
    """member (None: not filled in), is_rest, day and the sums."""
    first: date | None
    """First loaded day of the relation."""
    until: date | None
    """Its last day."""


def pair(above: str, below: str, of: str) -> str:
    """The column that adds up one of two figures over rows that tell both."""
    return f"{of}__{above}_{below}"


def pair_of(rate: Rate) -> tuple[str, str]:
    """The columns of advertisements that a rate divides."""
    above, below = (name.removeprefix("ad_") for name in (rate.above, rate.below))
    return above, below


def why_not(relation: Relation | None, asked: Asked, *needed: str) -> Unknown | None:
    """Why a relation cannot answer; None: it can."""
    if relation is None or not relation.rows or relation.first_day is None or relation.data_until is None:
        return Unknown("nothing")
    lacking = next((name for name in needed if name not in relation.own), None)
    if lacking is not None:
        return Unknown("hidden" if lacking in relation.hidden else "column", lacking)
    for name in (asked.by, *(name for name, _ in asked.where)):
        if name not in PERIODS and dimension(relation, name) is None:
            return Unknown("slice", name)
    return None


def advertisements(reader: Reader, asked: Asked) -> Table | Unknown:
    """Sums of every advertising figure, and of each pair over rows that tell both; or why there are none."""
    source = reader.sources().get(ADS)
    if (reason := why_not(source.relation if source else None, asked)) is not None or source is None:
        return reason or Unknown("nothing")
    own = source.relation.own
    known = [name for name in METRICS if name in own]
    sums = [f"sum({m}::double) as {m}, count({m}) as n_{m}" for m in known]
    for above, below in PAIRS:
        if above in own and below in own:
            sums += [
                f"sum({m}::double) filter (where {above} is not null and {below} is not null) "
                f"as {pair(above, below, m)}"
                for m in (above, below)
            ]
    told = "told_from" if "told_from" in own else "case when is_spread then date_trunc('month', day)::date else day end"
    sums += ["count(*) as n", f"min({told}) as told", "count_if(is_spread) as spread"]
    params = Params()
    ends = _ends(asked, params) if {"told_from", "told_until"} <= own else None
    sums += [f"count_if(told_from = {ends[0]} and told_until = {ends[1]}) as exact"] if ends is not None else []
    extra = [name for name in ("title", ACCOUNT) if asked.by == "ad_id" and name in own]
    sums += [f"{NAMES[name]} as name_{name}" for name in extra]
    held = [*known, "is_spread", *(name for name in ("told_from", "told_until") if name in own), *extra]
    rank = "sum(spend) desc nulls last" if "spend" in own else "count(*) desc"
    return _table(reader, source, asked, held, sums, rank=rank, params=params)


def _ends(asked: Asked, params: Params) -> tuple[str, str] | None:
    """SQL of the first and last day of what a member is asked for: the whole, or its own month or week."""
    if asked.by in PERIODS:
        first = f"date_trunc('{asked.by}', day)::date"
        return first, f"({first} + interval 1 {asked.by} - interval 1 day)::date"
    if asked.since is None or asked.until is None:
        return None
    return params.place(asked.since), params.place(asked.until)


def orders(reader: Reader, asked: Asked) -> Table | Unknown:
    """Done orders that name an account, and their revenue."""
    source = reader.sources().get(ORDERS)
    reason = why_not(source.relation if source else None, asked, "status", ACCOUNT)
    if reason is not None or source is None:
        return reason or Unknown("nothing")
    counted = "count(distinct _key)" if source.relation.has_lines else "count(*)"
    revenue = "revenue" in source.relation.own
    known = f"{counted} filter (where revenue is not null) as n_revenue"
    sums = [f"{counted} as done", *(["sum(revenue::double) as revenue", known] * revenue)]
    held = ["status", ACCOUNT, *(["_key"] * source.relation.has_lines), *(["revenue"] * revenue)]
    return _table(reader, source, asked, held, sums, only=f"status = 'done' and {ACCOUNT} is not null")


def new_clients(reader: Reader, asked: Asked) -> Table | Unknown:
    """Clients whose first visit came through an account, on the day of that visit."""
    source = reader.sources().get(VISITS)
    reason = why_not(source.relation if source else None, asked, "visit_no", ACCOUNT)
    if reason is not None or source is None:
        return reason or Unknown("nothing")
    only = f"visit_no = 1 and {ACCOUNT} is not null"
    return _table(reader, source, asked, ["visit_no", ACCOUNT], ["count(*) as new_clients"], only=only)


def unattributed(reader: Reader, asked: Asked, since: date, until: date) -> int | None:
    """Done orders that name no account; None: none of them ever does."""
    source = reader.sources().get(ORDERS)
    if source is None or not {"status", ACCOUNT} <= source.relation.own:
        return None
    params = Params()
    where = [one for one in asked.where if one[0] != ACCOUNT and dimension(source.relation, one[0]) is not None]
    inner = select(source, ["status", ACCOUNT, "_key"], params, where=where, days=(since, until))
    sql = f"select count(distinct _key) from ({inner}) where status = 'done' and {ACCOUNT} is null"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (ORDERS,), reader.scope))
    return int(frame.iloc[:, 0].sum())


def member_sql(by: str) -> str:
    """The member of a row."""
    if by in PERIODS:
        return f"strftime(date_trunc('{by}', day), '%Y-%m-%d')"
    return f"{quoted(by)}::varchar"


def _table(
    reader: Reader,
    source: Source,
    asked: Asked,
    held: list[str],
    sums: list[str],
    *,
    only: str = "true",
    rank: str = "count(*) desc",
    params: Params | None = None,
) -> Table:
    relation, params = source.relation, params or Params()
    by = asked.by if asked.by in PERIODS else dimension(relation, asked.by)
    columns = held if asked.by in PERIODS else [str(by), *held]
    days = (asked.since or relation.first_day or date.min, asked.until or relation.data_until or date.max)
    inner = select(source, columns, params, where=asked.where, days=days)
    sql = f"""with rows_ as (select *, {member_sql(str(by))} as member from ({inner}) where {only}),
    ranked as (
      select member, row_number() over (order by member is null, {rank}, member) as place from rows_ group by member)
    select case when place <= {MOST} then r.member end as member, place > {MOST} as is_rest, day, {", ".join(sums)},
      max(place) as places
    from rows_ r join ranked k on k.member is not distinct from r.member
    group by 1, 2, 3 order by 1, 2, 3"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (relation.name,), reader.scope))
    return Table(frame, relation.first_day, relation.data_until)
