"""ad_costs: what advertising cost, from ads or from expenses, never both.

Invariant: an expense of kind marketing counts only in a month and account for which no advertisement says what it cost;
where either does not name an account, they are taken to be about the same money.
"""

from datetime import date

import duckdb

from data.model import DIMENSIONS
from data.store.identifiers import listed

COMPUTED = frozenset({"amount", "origin"})
"""Its own columns."""

_OTHERS = listed(DIMENSIONS)

_COSTS = f"""create or replace table ad_costs as
with told as (select distinct date_trunc('month', _day) as month, account from ad_days where spend is not null)
select _day, cast(spend as double) as amount, 'ads' as origin, {_OTHERS} from ad_days where spend is not null
union all
select _day, cast(amount as double), 'expenses', {_OTHERS} from fact_expenses e
where _live and kind = 'marketing' and amount is not null and not exists (
  select 1 from told t where t.month = date_trunc('month', e._day)
    and (t.account is null or e.account is null or t.account = e.account))"""


def make(cursor: duckdb.DuckDBPyConnection, _today: date) -> None:
    """Fill `ad_costs`."""
    cursor.execute(_COSTS)
