"""Whom each account brings: what they ask for, when, for how much, and from which city.

Invariant: a share of an account is called larger or smaller than the others' only outside of chance (two proportions,
all shares of one segment judged at once by Benjamini–Hochberg at 5 %); below FEWEST rows nothing is called.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pandas as pd

from data.access.reader import Reader
from data.access.source import dimension, select
from data.expression import Params
from data.model import Source, Statement
from kpi.accounts.model import Where
from kpi.signals.chance import discoveries

FEWEST = 30
"""Orders or contacts of an account below which its shares are not judged."""
EXPECTED = 5
"""Rows of a value that an account and the others must be expected to have, for the normal approximation to hold."""
SURE = 0.05
HOURS = ((6, 12), (12, 18), (18, 24), (0, 6))
"""Parts of the day, from hour to hour."""
DIMENSIONS: tuple[Literal["service", "category"], ...] = ("service", "category")
HELD = ("account", "status", "created_at", "revenue", "contacts", "service", "category", "city")
"""Columns that segments are told by."""
DONE = "'done'"
Kind = Literal["service", "category", "city", "weekday", "hour", "ticket"]
Word = Literal["more", "less", "none", "too_few"]


@dataclass(frozen=True)
class Share:
    """One value of a segment in one account."""

    account: str
    """The account."""
    value: str | None
    """Service, category, city, weekday (1 is Monday), first hour of a part of the day, number of the band; None: not
    filled in."""
    count: float
    """Orders (of cities: contacts)."""
    share: float
    """Of the account's, 0…1."""
    others: float
    """The same share of all other accounts together; NaN: there are none."""
    word: Word
    """Beside the others."""


@dataclass(frozen=True)
class Segment:
    """What the accounts' orders or contacts are made of."""

    kind: Kind
    """What they are told apart by."""
    accounts: Mapping[str, float]
    """Account → its orders or contacts, the most first."""
    values: tuple[str | None, ...]
    """The values, the commonest first; those with an order of their own in it; «not filled in» last."""
    shares: tuple[Share, ...]
    """A share each."""
    edges: tuple[float, ...] = ()
    """Of ticket bands: the roubles between them."""

    def of(self, account: str, value: str | None) -> Share | None:
        """The share of one account and value; None: no row."""
        return next((one for one in self.shares if (one.account, one.value) == (account, value)), None)


def segments(reader: Reader, since: date, until: date, where: Where = ()) -> tuple[Segment, ...]:
    """Every segment that the loaded tables tell, of the accounts' orders and contacts of these days."""
    found: list[Segment | None] = []
    orders, ads = (_rows(reader, name, where, (since, until)) for name in ("orders", "ad_days"))
    if orders is not None:
        found += [_segment(orders, kind, kind, done=True) for kind in DIMENSIONS if kind in orders.own]
        found += [_tickets(orders)] if "revenue" in orders.own else []
        found += _asked(orders) if "created_at" in orders.own else []
    if ads is not None and {"city", "contacts"} <= ads.own:
        found.append(_segment(ads, "city", "city", "sum(contacts)::double"))
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True)
class _Rows:
    """The rows of one relation that are told apart."""

    reader: Reader
    """The data."""
    source: Source
    """The relation."""
    where: Where
    """Filters."""
    days: tuple[date, date]
    """First and last day."""

    @property
    def own(self) -> frozenset[str]:
        """Its columns."""
        return self.source.relation.own

    def ask(self, made: str, *, done: bool, time: str | None = None) -> pd.DataFrame:
        """The answer to «select … from rows_ …»: an order of several lines is one row with the sum of its revenue."""
        params, lines = Params(), self.source.relation.has_lines
        held = [name for name in HELD if name in self.own]
        columns = [*held, *(["_key"] if lines else [])]
        inner = select(self.source, columns, params, where=self.where, days=self.days, time=time)
        kept = f"select * from ({inner}) where account is not null{' and status = ' + DONE if done else ''}"
        if lines:
            each = ", ".join(f"{'sum' if name == 'revenue' else 'min'}({name}) as {name}" for name in held)
            kept = f"select {each} from ({kept}) group by _key"
        sql = f"with rows_ as ({kept}) {made}"
        statement = Statement(sql, params.used_in(sql), (self.source.relation.name,), self.reader.scope)
        return self.reader.run(statement)[0]


def _rows(reader: Reader, name: str, where: Where, days: tuple[date, date]) -> _Rows | None:
    """A relation that tells the account and every filter."""
    source = reader.sources().get(name)
    if source is None or not source.relation.rows or "account" not in source.relation.own:
        return None
    told = all(dimension(source.relation, column) is not None for column, _ in where)
    return _Rows(reader, source, where, days) if told else None


def _segment(
    rows: _Rows, kind: Kind, value: str, counted: str = "count(*)", *, done: bool = False, time: str | None = None
) -> Segment | None:
    """Accounts by one value; None: there are no rows."""
    if done and "status" not in rows.own:
        return None
    made = (
        f"select account, {value} as value, {counted} as count from rows_ group by 1, 2 having count > 0 order by 1, 2"
    )
    frame = rows.ask(made, done=done, time=time)
    return _told(kind, frame) if len(frame) else None


def _asked(rows: _Rows) -> list[Segment | None]:
    """By day and hour of asking; the hour only where one is told."""
    parts = " ".join(f"when hour(created_at) between {low} and {high - 1} then '{low}'" for low, high in HOURS)
    weekday = _segment(rows, "weekday", "isodow(created_at)::varchar", time="created_at")
    hour = _segment(rows, "hour", f"case {parts} end", time="created_at")
    return [weekday, None if hour is None or set(hour.values) == {"0"} else hour]


def _tickets(rows: _Rows) -> Segment | None:
    """Bands of the ticket, between the quartiles of all accounts' done orders, rounded to two figures."""
    if "status" not in rows.own:
        return None
    quartiles = "select unnest(quantile_cont(revenue::double, [0.25, 0.5, 0.75])) as q from rows_"
    edges = tuple(sorted({float(f"{edge:.2g}") for edge in rows.ask(quartiles, done=True)["q"].dropna()}))
    if not edges:
        return None
    bands = " ".join(f"when revenue < {edge!r} then '{place}'" for place, edge in enumerate(edges))
    value = f"case when revenue is not null then case {bands} else '{len(edges)}' end end"
    found = _segment(rows, "ticket", value, done=True)
    return None if found is None else replace(found, edges=edges)


def _told(kind: Kind, frame: pd.DataFrame) -> Segment:
    counts = {
        (str(account), None if pd.isna(value) else str(value)): float(n)
        for account, value, n in frame[["account", "value", "count"]].itertuples(index=False)
    }
    accounts: dict[str, float] = {}
    values: dict[str | None, float] = {}
    for (account, value), n in counts.items():
        accounts[account], values[value] = accounts.get(account, 0.0) + n, values.get(value, 0.0) + n
    found = [_share(account, value, counts, accounts, values) for account in accounts for value in values]
    return Segment(
        kind, dict(sorted(accounts.items(), key=lambda one: (-one[1], one[0]))), _ordered(kind, values),
        _judged(found, accounts),
    )  # fmt: skip


def _ordered(kind: Kind, values: Mapping[str | None, float]) -> tuple[str | None, ...]:
    places = {str(low): place for place, (low, _) in enumerate(HOURS)} if kind == "hour" else {}
    named = [value for value in values if value is not None]
    own_order = kind in ("weekday", "ticket", "hour")
    ranked = sorted(named, key=lambda v: (places.get(v, 0), v) if own_order else (-values[v], v))
    return (*ranked, *([None] if None in values else []))


def _share(
    account: str,
    value: str | None,
    counts: Mapping[tuple[str, str | None], float],
    accounts: Mapping[str, float],
    values: Mapping[str | None, float],
) -> tuple[Share, float]:
    """The share without its word, and the chance of as large a distance from the others'."""
    n, size = counts.get((account, value), 0.0), accounts[account]
    other, others = values[value] - n, sum(accounts.values()) - size
    share, beside = n / size, other / others if others else math.nan
    pooled = (n + other) / (size + others)
    error = math.sqrt(pooled * (1 - pooled) * (1 / size + 1 / others)) if others and 0 < pooled < 1 else 0.0
    enough = error > 0 and pooled * min(size, others) >= EXPECTED
    chance = math.erfc(abs(share - beside) / error / math.sqrt(2)) if enough else 1.0
    return Share(account, value, n, share, beside, "too_few"), chance


def _judged(found: Sequence[tuple[Share, float]], accounts: Mapping[str, float]) -> tuple[Share, ...]:
    """With the word: shares of accounts large enough, and beside accounts large enough, are judged at once."""
    whole = sum(accounts.values())
    large = {name for name, size in accounts.items() if min(size, whole - size) >= FEWEST}
    judged = [
        place for place, (one, chance) in enumerate(found)
        if chance < 1 and one.value is not None and one.account in large
    ]  # fmt: skip
    stand = dict(zip(judged, discoveries([found[place][1] for place in judged], SURE), strict=True))
    words: list[Share] = []
    for place, (one, _) in enumerate(found):
        word: Word = "too_few"
        if place in stand:
            word = ("more" if one.share > one.others else "less") if stand[place] else "none"
        words.append(Share(one.account, one.value, one.count, one.share, one.others, word))
    return tuple(words)
