"""A process log made from a seed, as CSV: cases overlap in time, most go one of a few ways, some wander."""

from pathlib import Path

import duckdb

SPAN = 400 * 24 * 3600
"""Seconds within which cases begin."""

_ROWS = """
with cases as (select range as c, hash(range, $seed) as h from range($cases)),
steps as (select c, h, unnest(range((5 + h % 9)::bigint)) as k from cases),
moved as (
  select c, k, h,
    case when hash(c, k, 1) % 100 < 12 then hash(c, k, 2) % 11 else least(k + h % 3, 11) end as step,
    h % $span + k * 5400 + hash(c, k, 3) % 5400 as s
  from steps)
select 'C' || lpad(c::varchar, 8, '0') as "case", 'Step ' || chr((65 + step)::integer) as activity,
  timestamp '2024-01-01 08:00:00' + to_seconds(s::bigint) as "at"
from moved order by "at", c, k"""


def write(path: Path, events: int, seed: int = 5) -> int:
    """About so many events; how many they are."""
    with duckdb.connect() as connection:
        rows = _ROWS.replace("$seed", str(seed)).replace("$cases", str(events // 9)).replace("$span", str(SPAN))
        connection.execute(f"copy ({rows}) to '{path}' (header, timestampformat '%Y-%m-%d %H:%M:%S')")
        row = connection.execute(f"select count(*) from '{path}'").fetchone()
    return int(row[0]) if row else 0
