"""The nouns of the comparison of accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PERIODS = ("month", "week")
"""Slices that are stretches of time: their members share no days."""
SLICES = ("account", "city", "category", "title", "ad_id", "source", "branch", *PERIODS)
"""What the way from an impression to money can be looked at by."""
MOST = 300
"""Members that are told one by one; the others are one member together."""

Where = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimension → members it is narrowed to."""
Verdict = Literal["better", "worse", "none", "too_few"]
"""Beside the others: outside of chance, not outside of it, or too few days to say."""


def beyond_accounts(where: Where) -> Where:
    """Filters without that of accounts, for what is told between accounts."""
    return tuple(one for one in where if one[0] != "account")


@dataclass(frozen=True)
class Unknown:
    """Why nothing is known of a step."""

    reason: Literal["nothing", "column", "slice", "hidden"]
    """Nothing of it is loaded · the loaded table lacks a column · its rows do not tell the slice or a filter · whoever
    asks may not see it."""
    name: str = ""
    """The column, or the slice or filter."""


@dataclass(frozen=True)
class Asked:
    """What is compared."""

    by: str = "account"
    """One of SLICES, or a column nobody mapped."""
    since: date | None = None
    """First day; None: the first loaded."""
    until: date | None = None
    """Last day; None: the last loaded."""
    where: Where = ()
    """Filters."""


@dataclass(frozen=True)
class Ratio:
    """A rate with how sure it is."""

    value: float
    """In the unit of the rate."""
    low: float | None
    """Lower end of the 95 % interval; None: too few days."""
    high: float | None
    """Upper end of it."""
    clusters: int
    """Days (weeks of a long time, periods of spread figures) behind it."""


@dataclass(frozen=True)
class Difference:
    """One member's rate beside that of all others together, over the days on which both have rows."""

    own: float
    """The member's rate over these days."""
    others: float
    """The others' rate over the same days."""
    low: float | None
    """Lower end of the 95 % interval of own − others; None: too few days."""
    high: float | None
    """Upper end of it."""
    chance: float
    """Chance of as large a difference where there is none; 1 where it cannot be told."""
    days: int
    """Days on which both have rows."""
    verdict: Verdict
    """After all members were judged together (Benjamini–Hochberg, 5 %)."""
    money: float | None
    """Of costs: (own − others) × what the member counted, in 30 days; None of other rates."""


Kind = Literal["daily", "period", "parts", "mixed"]
"""What added-up views and contacts are: sums of daily unique visitors · the file's own uniques of exactly this period ·
even parts of the uniques of longer periods · several of these."""


@dataclass(frozen=True)
class Member:
    """One account, city, advertisement or month."""

    member: str | None
    """Its code in filters and JSON; None: not filled in."""
    title: str
    """How it is shown; empty: as `member`."""
    first: date | None
    """First day with rows of advertisements."""
    last: date | None
    """Last day with rows of advertisements."""
    days: int
    """Days with rows of advertisements."""
    counts: Mapping[str, float | None]
    """Step (and spend) → its sum over the asked days; None: not known."""
    rates: Mapping[str, Ratio]
    """Rate → its value; those that are not known are missing."""
    differences: Mapping[str, Difference]
    """Rate → beside the others; missing where there is nothing to compare with."""
    kind: Kind | None
    """What its views and contacts are; None: it has none."""
    uniques: Mapping[str, float] = field(default_factory=dict)
    """views and contacts → unique visitors of the whole period as the files say, where every advertisement has a row
    of exactly this period; otherwise empty."""
    spend_known: float = 1.0
    """Share of its rows that say what they cost."""
    revenue_known: float = 1.0
    """Share of its done orders that say what they brought."""
    together: int = 0
    """How many members it stands for, where it stands for those beyond MOST."""

    def rate(self, name: str) -> float | None:
        """A rate's value; None where it is not known."""
        return self.rates[name].value if name in self.rates else None


@dataclass(frozen=True)
class Comparison:
    """Members side by side."""

    asked: Asked
    """What was asked."""
    since: date
    """First day that counts."""
    until: date
    """Last day that counts for what is told by advertisements alone."""
    both: tuple[date, date] | None
    """Days on which advertisements and orders are both loaded; None: never."""
    members: tuple[Member, ...]
    """The largest spend first; months and weeks in their order."""
    total: Member
    """All together, those beyond MOST and «not filled in» included."""
    unknown: Mapping[str, Unknown]
    """Step → why no slice knows it here."""
    clients_since: date | None
    """First day of the orders that tell who is new; None: they do not."""
    unattributed: int | None
    """Done orders of these days that name no account; None: orders are not loaded or never name one."""

    @property
    def named(self) -> tuple[Member, ...]:
        """Members with a name of their own and rows of advertisements."""
        return tuple(one for one in self.members if one.member is not None and not one.together and one.days)

    def of(self, name: str | None) -> Member:
        """The member of that name; KeyError if there is none."""
        for one in self.members:
            if one.member == name and not one.together:
                return one
        raise KeyError(name)
