"""staff_days: one row a person and day, from the day they were hired to the day they left.

Invariant: made further than any day that may be asked for before the next publish; `data_until` of the relation says
how far it counts. A person without a first day is left out.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

COMPUTED = frozenset({"hired_on", "tenure_days"})
"""Its own columns."""

AHEAD = 366
"""Days it is made beyond today and the last day of any fact: a running app needs none of them remade at midnight."""

_DIMENSIONS = listed([name for name in DIMENSIONS if name not in ("employee", "branch")])

_DAYS = f"""create or replace table staff_days as
with posts as (
  select *, row_number() over w as post_no, min(hired_on) over (partition by employee, match_branch) as ever_hired,
    last_value(hired_on ignore nulls) over (w rows between unbounded preceding and current row) as hired
  from staff_posts window w as (partition by employee, match_branch order by coalesce(valid_from, date '0001-01-01'))),
spans as (
  select *, coalesce(hired, ever_hired, valid_from) as since,
    case when post_no = 1 then least(valid_from, coalesce(hired, valid_from))
      else greatest(valid_from, coalesce(hired, valid_from)) end as first,
    least(coalesce(valid_to - 1, $horizon), $horizon) as last
  from posts)
select cast(d.day as date) as _day, employee, branch, {_DIMENSIONS}, since as hired_on, left_on,
  cast(cast(d.day as date) - since as integer) as tenure_days
from spans, unnest(generate_series(cast(first as timestamp), cast(last as timestamp), interval 1 day)) d(day)
where first is not null and first <= last"""


def make(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fill `staff_days`."""
    cursor.execute(_DAYS, {"horizon": date.fromordinal(today.toordinal() + AHEAD)})
