"""Unique visitors of a whole period, where the files themselves say how many they were.

Invariant: they are told only where every advertisement of a member with rows in the period has a row of exactly that
period; a visitor of two advertisements is in both, which is said wherever they are shown.
"""

from collections.abc import Mapping
from datetime import date

from data.access.reader import Reader
from data.access.source import dimension, select
from data.expression import Params
from data.model import Statement
from kpi.accounts.asking import UNIQUE, member_sql, why_not
from kpi.accounts.model import PERIODS, Asked

FACT = "ads"
TOTAL = "\x00"
"""The key of all members together."""


def uniques(reader: Reader, asked: Asked, since: date, until: date) -> Mapping[str | None, Mapping[str, float]]:
    """Member → views and contacts of the whole period as the files say; members of which they do not are missing."""
    source = reader.sources().get(FACT)
    needed = ("period_start", "period_end")
    if since == until or asked.by in PERIODS or source is None or why_not(source.relation, asked, *needed):
        return {}
    own, params, by = source.relation.own, Params(), str(dimension(source.relation, asked.by))
    told = [name for name in UNIQUE if name in own]
    named = [name for name in ("ad_id", "title", "account") if name in own]
    inner = select(source, [by, *needed, *named, *told, "_key"], params, where=asked.where)
    first, last = params.place(since), params.place(until)
    name = ", ".join([*(n for n in named if n != "account"), "_key::varchar"])
    account = "account" if "account" in own else "null"
    exact = f"period_start = {first} and period_end = {last}"
    sums = "".join(f", sum({n}::double) filter (where {exact}) as {n}" for n in told)
    sql = f"""select {member_sql(by)} as member, grouping({member_sql(by)}) = 1 as is_total,
      count(distinct (coalesce({name}), {account})) as ads,
      count(distinct (coalesce({name}), {account})) filter (where {exact}) as exact{sums}
    from ({inner}) where period_start <= {last} and coalesce(period_end, period_start) >= {first}
    group by grouping sets ((1), ()) order by 1"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (FACT,), reader.scope))
    return {
        TOTAL if row["is_total"] else row["member"] if isinstance(row["member"], str) else None: {
            n: float(row[n]) for n in told if row[n] == row[n]
        }
        for row in frame.to_dict("records")
        if row["ads"] and row["ads"] == row["exact"]
    }
