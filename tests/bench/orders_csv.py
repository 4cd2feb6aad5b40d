"""Clean orders, as many as wanted, the same on every machine."""

from pathlib import Path

import duckdb

ROWS = 1_000_000


def write_orders(path: Path, rows: int = ROWS, first: int = 1) -> Path:
    """Two years of orders as a CSV that any reader takes without repair; `first`: number of the first of them."""
    return write_some(path, rows, 0, rows, first)


def write_some(path: Path, rows: int, begin: int, end: int, first: int = 1) -> Path:
    """Those from place `begin` to before `end`, of as many in two years."""
    values = {"rows": rows, "begin": begin, "end": end, "first": first}
    duckdb.connect().execute(f"copy ({SELECT}) to '{path}' (header, delimiter ',')", values)
    return path


SELECT = """
with seeded as (
    select i, hash(i) % 1000 as a, hash(i + 7) % 1000 as b, hash(i + 13) % 1000 as c, hash(i + 29) % 1000 as d,
        timestamp '2024-11-01' + to_minutes((i * 1051200.0 / $rows)::bigint) as created
    from range($begin, $end) t(i)
)
select
    i + $first as order_id,
    created as created_at,
    created + to_minutes((1 + a % 40)::bigint) as responded_at,
    created + to_minutes((60 + b * 3)::bigint) as scheduled_at,
    created + to_minutes((200 + b * 3)::bigint) as promised_at,
    case when c < 880 then created + to_minutes((60 + b * 3)::bigint) end as started_at,
    case when c < 880 then created + to_minutes((90 + b * 3 + a % 150)::bigint) end
        as finished_at,
    case when c < 880 then 'done' when c < 940 then 'cancelled' else 'no_show' end as status,
    round(500 + a * 7.35, 2) as revenue,
    case when d < 250 then round(100 + b * 0.9, 2) else 0 end as addon_revenue,
    round(a * 1.1, 2) as material_cost,
    d % 50 = 0 as is_rework,
    d % 70 = 0 as is_complaint,
    b % 3 = 0 as is_prebooked,
    'Branch ' || (a % 3 + 1) as branch,
    'Account ' || (b % 2 + 1) as account,
    'Crew ' || (a % 5 + 1) as team,
    'Employee ' || lpad((a % 15 + 1)::varchar, 2, '0') as employee,
    'Service ' || (c % 8 + 1) as service,
    '+7900' || lpad((hash(i % ($rows / 4)::bigint) % 10000000)::varchar, 7, '0') as client
from seeded
"""
"""Orders $begin to before $end of $rows, by the time they were created; $first: number of the very first."""
