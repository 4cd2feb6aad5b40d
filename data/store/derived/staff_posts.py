"""staff_posts: who was in which post when.

Invariant: never two rows valid for one (employee, match_branch) on one day. A post ends where the person's next one
begins, or after the day they left. A name that has posts in several branches at a time is several persons:
`match_branch` then says which; a person moved from branch to branch is one.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.derived.people import by_name
from data.store.identifiers import listed

COMPUTED = frozenset({"match_branch", "valid_from", "valid_to"})
"""Its own columns."""

_OTHERS = listed([name for name in DIMENSIONS if name not in ("employee", "branch")])

_POSTS = f"""create or replace table staff_posts as
with rows_ as (
  select *, coalesce(valid_from, hired_on) as starts, _import as place_a, _line as place_b, _key as place_c
  from {by_name("fact_staff")} where _live and employee is not null),
people as (
  select employee, count(distinct branch) > 1 and not (
      count(*) = count(distinct valid_from) and count(distinct hired_on) <= 1) as several
  from rows_ group by employee),
placed as (
  select r.*, case when p.several then r.branch end as match_branch from rows_ r join people p using (employee)),
posts as (
  select *, lead(coalesce(starts, date '0001-01-01')) over w as next_starts
  from placed window w as (
    partition by employee, match_branch order by coalesce(starts, date '0001-01-01'), place_a, place_b, place_c))
select starts as _day, employee, branch, {_OTHERS}, match_branch, starts as valid_from,
  least(next_starts, left_on + 1) as valid_to, hired_on, left_on
from posts where coalesce(starts, date '0001-01-01') < coalesce(least(next_starts, left_on + 1), date '9999-12-31')"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `staff_posts`."""
    cursor.execute(_POSTS)
