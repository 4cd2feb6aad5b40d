"""shift_days: the shifts, with busy hours from orders where a shift has none.

Invariant: a shift's own busy hours are never changed; a derived figure is marked. Within the days orders are loaded
for, somebody who is ever busy and had no order on a day was busy for none of it.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.derived.people import by_name
from data.store.identifiers import listed

COMPUTED = frozenset({"busy_derived"})
"""Its own column; busy_hours come from shifts or from orders."""

_JOBS = f"""create or replace temp table _jobs as
select employee, branch, _day as day, date_diff('second', started_at, finished_at) / 3600.0 as hours
from (select _key, any_value(employee) as employee, any_value(branch) as branch, any_value(_day) as _day,
        min(started_at) as started_at, max(finished_at) as finished_at
      from {by_name("fact_orders")} where _live and status = 'done' and employee is not null
        and started_at is not null and finished_at >= started_at group by _key)"""

_SHIFTS = f"""create or replace table shift_days as
with shifts as (
  select *, row_number() over () as place, count(*) over (partition by employee, branch, _day) as sharing
  from {by_name("fact_shifts")} where _live),
range as (select min(day) as first, max(day) as last from _jobs),
busy as (
  select s.place, sum(j.hours) as hours from shifts s join _jobs j on j.employee = s.employee and j.day = s._day
    and (j.branch is null or s.branch is null or j.branch = s.branch)
  where s.busy_hours is null group by s.place),
filled as (
  select s.*, case when s.busy_hours is null then coalesce(b.hours, case when s._day between r.first and r.last
      and s.employee in (select employee from _jobs) then 0 end) / s.sharing end as found
  from shifts s left join busy b using (place), range r)
select _day, date, planned_hours, worked_hours, coalesce(busy_hours, found) as busy_hours, absence,
  busy_hours is null and found is not null as busy_derived, {listed(DIMENSIONS)}
from filled"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `shift_days`."""
    cursor.execute(_JOBS)
    cursor.execute(_SHIFTS)
    cursor.execute("drop table _jobs")
