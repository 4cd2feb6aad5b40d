"""hires: every application once, with what its vacancy tells; those accepted are the hires.

Invariant: an application is one row and is never multiplied. It belongs to the one vacancy whose number (else whose
title) it names, within its account and branch; where several could be meant and nothing tells them apart, to none.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

COMPUTED = frozenset({"vacancy_no", "hire_no", "offer_at", "quality"})
"""Its own columns."""

SCALED = ("performance", "manager_score")
"""Scores that carry their own scale: {score}_min and {score}_max."""
DAYS = 90
"""Days a hire has to stay."""

_INHERITED = tuple(name for name in DIMENSIONS if name != "client")
"""Dimensions an application has from its vacancy where it does not tell them itself."""
_STAGES = (
    "applied_at", "screened_at", "interviewed_at", "offered_at", "accepted_at", "rejected_at", "hired_on", "left_on",
)  # fmt: skip

VACANCIES = """create or replace temp table _vacancies as
select *, cast(row_number() over (order by coalesce(opened_at, published_at, closed_at), _key) as integer) as vacancy_no
from fact_vacancies where _live and rowid in (
  select arg_min(rowid, (_line, rowid)) from fact_vacancies where _live group by _key)"""
"""Each vacancy once: of several lines of one key the first."""

_APPLICANTS = """create or replace temp table _applicants as
select *, row_number() over (order by _key) as place, lower(trim(vacancy_id)) as wanted
from fact_applicants where _live and rowid in (
  select arg_min(rowid, (_line, rowid)) from fact_applicants where _live group by _key)"""

_WITHIN = """(a.account is null or v.account is null or a.account = v.account)
  and (a.branch is null or v.branch is null or a.branch = v.branch)"""
_NEARER = """(a.account is not distinct from v.account)::int + (a.branch is not distinct from v.branch)::int
  + (a._source is not distinct from v._source)::int"""

_BY_NUMBER = f"""create or replace temp table _owners as
with met as (
  select a.place, v.vacancy_no, {_NEARER} as near from _applicants a join _vacancies v
    on a.wanted = lower(trim(v.vacancy_id)) and {_WITHIN})
select place, any_value(vacancy_no) as vacancy_no, count(*) > 1 as several from (
  select * from met qualify near = max(near) over (partition by place)) group by place"""

_BY_TITLE = f"""insert into _owners
with met as (
  select a.place, v.vacancy_no, count(*) over (partition by a.place) as choices,
    v.opened_at <= a.applied_at and coalesce(v.closed_at >= cast(a.applied_at as date), true) as is_open,
    {_NEARER} as near, v.opened_at
  from _applicants a join _vacancies v on a.wanted = lower(trim(v.title)) and {_WITHIN}
  where a.place not in (select place from _owners))
select place, vacancy_no, false from met where choices = 1 or is_open
qualify row_number() over (partition by place order by near desc, opened_at desc, vacancy_no) = 1"""


def _points(score: str) -> str:
    """A score as 0…100 of its own scale; without a scale, or outside of it, unknown."""
    low, high = f"a.{score}_min", f"a.{score}_max"
    share = f"100.0 * (a.{score} - {low}) / ({high} - {low})"
    return f"case when {high} > {low} and a.{score} between {low} and {high} then {share} end"


_LAST = ", ".join(f"max({name}) filter ({name} < $tomorrow)" for name in _STAGES)

_HIRES = f"""create or replace table hires as
with told as (select cast(greatest({_LAST}) as date) as until from _applicants),
scored as (
  select a.*, {", ".join(f"{_points(score)} as {score}_points" for score in SCALED)},
    case when a.hired_on + {DAYS} <= told.until
      then case when a.left_on is null or a.left_on >= a.hired_on + {DAYS} then 100.0 else 0.0 end end as stayed_points
  from _applicants a, told),
rated as (
  select *, list_filter([performance_points, manager_score_points, stayed_points], lambda one: one is not null)
    as points
  from scored)
select a._day, a.applicant_id, a.vacancy_id, v.title, {listed(_STAGES, "a.")},
  a.performance, a.performance_min, a.performance_max, a.manager_score, a.manager_score_min, a.manager_score_max,
  cast(a.cost as double) as cost, coalesce(a.offered_at, a.accepted_at) as offer_at,
  case when len(a.points) >= 2 then list_avg(a.points) end as quality,
  v.vacancy_no, case when a.accepted_at is not null and v.vacancy_no is not null then cast(row_number() over (
    partition by v.vacancy_no order by a.accepted_at nulls last, a.place) as integer) end as hire_no,
  a.client, {", ".join(f"coalesce(a.{name}, v.{name}) as {name}" for name in _INHERITED)}
from rated a left join _owners o on o.place = a.place and not o.several left join _vacancies v using (vacancy_no)"""


def make(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fill `hires`."""
    for statement in (VACANCIES, _APPLICANTS, _BY_NUMBER, _BY_TITLE):
        cursor.execute(statement)
    cursor.execute(_HIRES, {"tomorrow": date.fromordinal(today.toordinal() + 1)})
    for name in ("_vacancies", "_applicants", "_owners"):
        cursor.execute(f"drop table {name}")
