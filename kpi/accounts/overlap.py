"""Clients that several own accounts had: how many, between which accounts, and what the second contact cost.

A client who turned to one account and within WINDOW days to another was paid for twice. What it cost is an estimate:
each such turn is taken to be one contact at what a contact of the second account cost in the same time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.access.reader import Reader
from data.expression import Params
from kpi.accounts.compare import NothingToCompare, compare
from kpi.accounts.model import Asked, Where, beyond_accounts
from kpi.accounts.touches import Clients

WINDOW = 90
"""Days within which turning to a second account is the same need."""
YEAR = 364
"""Days before the last one that are looked at, whatever the period: clients come again only after weeks."""
MONTH = 30


@dataclass(frozen=True)
class Turn:
    """From one account to another."""

    before: str
    """The account they had turned to."""
    then: str
    """The account they turned to within WINDOW days."""
    turns: int
    """How often."""
    cost: float | None
    """Roubles: a contact of the second account for each; None: its contacts' cost is not known."""


@dataclass(frozen=True)
class Overlap:
    """Clients of several accounts."""

    since: date
    """First day looked at."""
    until: date
    """Last day looked at."""
    sources: tuple[str, ...]
    """Facts that tell account and client: orders, calls."""
    clients: Mapping[str, int]
    """Account → its clients, the most first."""
    both: Mapping[tuple[str, str], int]
    """Two accounts, in the order of the alphabet → clients who turned to both."""
    several: int
    """Clients who turned to more than one account."""
    everybody: int
    """Clients of all accounts, each once."""
    turns: tuple[Turn, ...]
    """From account to account within WINDOW days, the dearest first."""

    @property
    def share(self) -> float:
        """Clients of several accounts, of all, 0…1."""
        return self.several / self.everybody if self.everybody else 0.0

    @property
    def cost(self) -> float | None:
        """What the second contacts cost, in 30 days; None: not known of any."""
        known = [turn.cost for turn in self.turns if turn.cost is not None]
        return sum(known) / ((self.until - self.since).days + 1) * MONTH if known else None


def overlap(reader: Reader, until: date | None = None, where: Where = (), since: date | None = None) -> Overlap | None:
    """Clients of several accounts in the year up to `until`, or from `since`; None: no table tells both account and
    client, or there is one account only."""
    where = beyond_accounts(where)
    clients = Clients(reader, where)
    sources = clients.sources()
    ends = [source.relation.data_until for source in sources.values() if source.relation.data_until]
    last = min([max(ends), *([until] if until else [])]) if ends else None
    if last is None:
        return None
    first = min((s.relation.first_day for s in sources.values() if s.relation.first_day), default=last)
    since = max(first, min(since or last, last - timedelta(days=YEAR)))
    counted = _counted(clients, since, last)
    own = {accounts[0]: n for accounts, n in counted.items() if len(accounts) == 1}
    if len(own) < 2:
        return None
    several, everybody = counted.pop((), 0), counted.pop(("", "", ""), 0)
    both = {(a, b): n for (a, b), n in ((k, n) for k, n in counted.items() if len(k) == 2)}
    return Overlap(
        since, last, tuple(sources), dict(sorted(own.items(), key=lambda one: (-one[1], one[0]))), both, several,
        everybody, _turns(clients, since, last, _prices(reader, since, last, where)),
    )  # fmt: skip


def _counted(clients: Clients, since: date, until: date) -> dict[tuple[str, ...], int]:
    """(account,) → its clients; (a, b) → clients of both; () → of several; three empty names → all."""
    params = Params()
    sql = f"""with own as (
      select distinct client_id, account from ({clients.touches(params)})
      where moment::date between {params.place(since)} and {params.place(until)}),
    many as (select client_id from own group by 1 having count(*) > 1)
    select account as a, null as b, 'own' as what, count(*) as n from own group by 1
    union all select x.account, y.account, 'both', count(*) from own x join own y using (client_id)
      where x.account < y.account and client_id in (from many) group by 1, 2
    union all select null, null, 'several', count(*) from many
    union all select null, null, 'all', count(distinct client_id) from own
    order by 3, 1, 2"""
    frame, found = clients.ask(sql, params), dict[tuple[str, ...], int]()
    for row in frame.to_dict("records"):
        key: tuple[str, ...] = {"own": (row["a"],), "both": (row["a"], row["b"]), "several": ()}.get(
            row["what"], ("", "", "")
        )
        found[key] = int(row["n"])
    return found


def _turns(clients: Clients, since: date, until: date, prices: Mapping[str, float]) -> tuple[Turn, ...]:
    params = Params()
    sql = f"""with told as (
      select *, lag(account) over w as before, lag(moment) over w as earlier from ({clients.touches(params)})
      window w as (partition by client_id order by moment, account))
    select before, account as then, count(*) as turns from told
    where before <> account and moment::date between {params.place(since)} and {params.place(until)}
      and earlier::date >= moment::date - {WINDOW} group by 1, 2 order by 1, 2"""
    rows = clients.ask(sql, params)[["before", "then", "turns"]].itertuples(index=False)
    found = [Turn(before, then, int(n), int(n) * prices[then] if then in prices else None) for before, then, n in rows]
    return tuple(sorted(found, key=lambda turn: (-(turn.cost or 0.0), -turn.turns, turn.before)))


def _prices(reader: Reader, since: date, until: date, where: Where) -> Mapping[str, float]:
    """Account → what a contact cost in this time."""
    try:
        told = compare(reader, Asked("account", since, until, where))
    except NothingToCompare:
        return {}
    rates: Sequence[tuple[str | None, float | None]] = [(m.member, m.rate("cost_per_contact")) for m in told.members]
    return {name: price for name, price in rates if name is not None and price is not None}
