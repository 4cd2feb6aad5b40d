"""The same advertisement in several own accounts, and whether one's contacts fall while the other is shown more.

Two titles are held against each other letter by letter: lower case, ё as е, signs as spaces. Their likeness
is the share of trigrams they have in common (Jaccard); from ALIKE on they are near the same. Only advertisements of one
city and one category are held against each other.

Invariant: a likeness and a joint movement are told as such; neither is a proof that one takes from the other.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Source, Statement
from kpi.accounts.asking import why_not
from kpi.accounts.model import Asked, Where, beyond_accounts
from kpi.accounts.ratio import Array
from kpi.accounts.steps import ADS

ALIKE = 0.6
"""Share of common trigrams from which two titles are near the same."""
MOST_TITLES = 2000
"""Titles held against each other: those with the most contacts."""
MOST_PAIRS = 50
"""Pairs told."""
WEEKS = 12
"""Weeks with both advertisements below which nothing is said of their movement."""
LOOKED_BACK = 27
"""Complete weeks looked at, up to the last day of the period."""
OVERLAP = 1.5
"""Changes of successive weeks share a week (their autocorrelation is −½), which widens the interval: 1 + 2 · ½²."""
Z = 1.959964
FIGURES = ("contacts", "impressions", "spend")
PLAIN = "trim(regexp_replace(replace(lower(title), 'ё', 'е'), '[^\\p{L}\\p{N}]+', ' ', 'g'))"
"""SQL of what is compared of a title."""
TRIGRAMS = "list_distinct([substr(padded, i, 3) for i in generate_series(1, length(padded)::bigint - 2)])"
"""SQL of the trigrams of `padded`."""

Key = tuple[str, str, str]
"""An advertisement: account, what is compared of its title, place."""
_Weeks = Mapping[Key | None, Array]
"""Advertisement → contacts and impressions (two rows) by week; None: all others together."""


@dataclass(frozen=True)
class Moved:
    """How the contacts of one go with the impressions of the other, from week to week."""

    weeks: int
    """Weeks compared."""
    together: float
    """Correlation of the changes, −1…1: below 0, one has fewer contacts when the other is shown more."""
    low: float
    """Lower end of its 95 % interval."""
    high: float
    """Upper end of it."""

    @property
    def falls(self) -> bool:
        """Whether contacts fall when the other is shown more, beyond chance."""
        return self.high < 0


@dataclass(frozen=True)
class Twins:
    """Two advertisements of two accounts that say the same."""

    accounts: tuple[str, str]
    """The accounts, the one with more contacts first."""
    titles: tuple[str, str]
    """Their titles."""
    city: str | None
    """The city; None: not told."""
    category: str | None
    """The category; None: not told."""
    alike: float
    """Share of trigrams in common, 0…1; 1 is the same text."""
    contacts: tuple[float | None, float | None]
    """Contacts of each in these days; None: not told."""
    spend: tuple[float | None, float | None]
    """Spend of each."""
    moved: Moved | None = None
    """How the first one's contacts go with the second one's impressions; None: too few weeks."""


@dataclass(frozen=True)
class _Pair:
    """Two advertisements and their keys."""

    twins: Twins
    """What is told."""
    keys: tuple[Key, Key]
    """Where their weeks are."""


def twins(reader: Reader, since: date, until: date, where: Where = ()) -> tuple[Twins, ...]:
    """Pairs of advertisements of two accounts that say the same in one city and category, the most contacts first."""
    source, where = reader.sources().get(ADS), beyond_accounts(where)
    if source is None or why_not(source.relation, Asked(where=where), "account", "title") is not None:
        return ()
    pairs = _pairs(reader, source, where, (since, until))
    weeks = _weeks(reader, source, where, until, pairs) if pairs else None
    return tuple(replace(pair.twins, moved=None if weeks is None else _moved(weeks, *pair.keys)) for pair in pairs)


def _rows(source: Source, where: Where, days: tuple[date, date], params: Params) -> str:
    """SELECT of account, title, what is left of it, place (city and category), and the figures that are told."""
    own = source.relation.own
    held = [name for name in ("account", "title", "city", "category", *FIGURES) if name in own]
    missing = "".join(
        f", null::{'double' if name in FIGURES else 'varchar'} as {name}"
        for name in ("city", "category", *FIGURES) if name not in own
    )  # fmt: skip
    inner = select(source, held, params, where=where, days=days)
    return f"""select *, {PLAIN} as plain, coalesce(city, '') || chr(31) || coalesce(category, '') as place
      from (select *{missing} from ({inner})) where account is not null and title is not null"""


def _pairs(reader: Reader, source: Source, where: Where, days: tuple[date, date]) -> list[_Pair]:
    params = Params()
    sql = f"""with ads_ as (
      select row_number() over () as id, * from (
        select account, plain, place, mode(title) as title, any_value(city) as city, any_value(category) as category,
          sum(contacts)::double as contacts, sum(spend)::double as spend
        from ({_rows(source, where, days, params)}) where plain <> '' group by account, plain, place
        order by contacts desc nulls last, account, plain, place limit {MOST_TITLES})),
    grams as (
      select id, account, place, g, count(*) over (partition by id) as size
      from (select id, account, place, unnest({TRIGRAMS}) as g
            from (select *, '  ' || plain || ' ' as padded from ads_))),
    pairs as (
      select x.id as a, y.id as b, count(*) / (any_value(x.size) + any_value(y.size) - count(*)) as alike
      from grams x join grams y on x.g = y.g and x.place = y.place and x.account < y.account group by 1, 2)
    select alike, a.account as account_a, b.account as account_b, a.title as title_a, b.title as title_b, a.city,
      a.category, a.contacts as contacts_a, b.contacts as contacts_b, a.spend as spend_a, b.spend as spend_b,
      a.plain as plain_a, b.plain as plain_b, a.place
    from pairs p join ads_ a on a.id = least(p.a, p.b) join ads_ b on b.id = greatest(p.a, p.b)
    where alike >= {ALIKE}
    order by coalesce(a.contacts, 0) + coalesce(b.contacts, 0) desc, a.account, a.plain, b.account, b.plain
    limit {MOST_PAIRS}"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (ADS,), reader.scope))
    return [_pair(row) for row in frame.astype(object).where(frame.notna(), None).to_dict("records")]


def _pair(row: Mapping[Hashable, Any]) -> _Pair:
    found = Twins(
        (row["account_a"], row["account_b"]), (row["title_a"], row["title_b"]), row["city"], row["category"],
        row["alike"], (row["contacts_a"], row["contacts_b"]), (row["spend_a"], row["spend_b"]),
    )  # fmt: skip
    first, second = ((row[f"account_{side}"], row[f"plain_{side}"], row["place"]) for side in "ab")
    return _Pair(found, (first, second))


def _weeks(reader: Reader, source: Source, where: Where, until: date, pairs: Sequence[_Pair]) -> _Weeks:
    """Contacts and impressions by complete week, of the advertisements of the pairs and of all others together."""
    last = until - timedelta(days=until.isoweekday() % 7)
    first, params = last - timedelta(days=7 * LOOKED_BACK - 1), Params()
    named = ", ".join(params.place(plain) for plain in sorted({key[1] for pair in pairs for key in pair.keys}))
    key = f"case when plain in ({named}) then {{}} end"
    sql = f"""select {key.format("account")} as account, {key.format("plain")} as plain, {key.format("place")} as place,
      (datediff('day', {params.place(first)}, day) // 7)::integer as week, sum(contacts)::double as contacts,
      sum(impressions)::double as impressions
    from ({_rows(source, where, (first, last), params)}) group by all order by all"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (ADS,), reader.scope))
    found: dict[Key | None, Array] = defaultdict(lambda: np.full((2, LOOKED_BACK), np.nan))
    for account, plain, place, week, *told in frame.itertuples(index=False, name=None):
        found[(account, plain, place) if isinstance(plain, str) else None][:, week] = told
    return found


def _moved(weeks: _Weeks, one: Key, other: Key) -> Moved | None:
    """How the contacts of one go with the impressions of the other, less what all other advertisements did."""
    contacts, shown, rest = weeks[one][0], weeks[other][1], weeks[None]
    others = [np.nan_to_num(np.diff(np.log1p(side))) for side in rest]
    mine, theirs = np.diff(np.log1p(contacts)) - others[0], np.diff(np.log1p(shown)) - others[1]
    known = np.isfinite(mine) & np.isfinite(theirs)
    n = int(known.sum())
    if n < WEEKS or np.std(mine[known]) == 0 or np.std(theirs[known]) == 0:
        return None
    together = float(np.corrcoef(mine[known], theirs[known])[0, 1])
    middle, apart = math.atanh(max(min(together, 1 - 1e-12), 1e-12 - 1)), Z * math.sqrt(OVERLAP / (n - 3))
    return Moved(n, together, math.tanh(middle - apart), math.tanh(middle + apart))
