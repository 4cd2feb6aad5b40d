"""places: one row a person wanted, from the opening of the vacancy to the day somebody accepted.

Invariant: a vacancy for n people is n places (one where it does not say), filled in the order in which people accepted.
A place nobody took waits until the vacancy was closed or, while it is open, until now; one of which neither is known is
marked neither filled nor unfilled. Who accepted beyond the plan fills no place.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.derived.hires import VACANCIES
from data.store.identifiers import listed

COMPUTED = frozenset({"vacancy_no", "place_no", "ended_at", "place"})
"""Its own columns."""

MOST = 10_000
"""Places of one vacancy: a number mistaken for a plan must not fill the disk."""

_PLACES = f"""create or replace table places as
with wanted as (
  select v.*, n.place_no,
    case when v.closed_at < $tomorrow then v.closed_at end as closed
  from _vacancies v,
    unnest(generate_series(1, cast(least(coalesce(round(planned_hires), 1), {MOST}) as bigint))) n(place_no)),
taken as (
  select w.*, h.accepted_at from wanted w
  left join hires h on h.vacancy_no = w.vacancy_no and h.hire_no = w.place_no)
select _day, vacancy_no, vacancy_id, title, status, opened_at, published_at, closed_at, planned_hires,
  cast(place_no as integer) as place_no, accepted_at, coalesce(accepted_at, closed) as ended_at,
  case when accepted_at is not null
      then case when coalesce(cast(accepted_at as date) >= cast(opened_at as date), true) then 'filled' end
    when closed is not null then case when status = 'cancelled' then 'cancelled' else 'closed' end
    when status in ('cancelled', 'filled') then null
    when status = 'on_hold' then 'on_hold' else 'open' end as place,
  {listed(DIMENSIONS)}
from taken"""


def make(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Fill `places`; `hires` were made before."""
    cursor.execute(VACANCIES)
    cursor.execute(_PLACES, {"tomorrow": date.fromordinal(today.toordinal() + 1)})
    cursor.execute("drop table _vacancies")
