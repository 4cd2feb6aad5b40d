"""What a client whom an account brought is worth in their first 90 days.

Invariant: only clients whose first done order is at least 90 days old, and at least WARM_UP days after the first loaded
order (before that nobody knows who is new); everything they paid counts, through whatever account they came again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.access.reader import Reader
from data.access.source import dimension, select
from data.expression import Params
from data.model import Source, Statement
from data.store.derived.client_key import with_client_key
from kpi.accounts.model import Verdict, Where
from kpi.accounts.ratio import reach
from kpi.accounts.touches import first_told
from kpi.signals.chance import discoveries, t_chance

WINDOW = 90
"""Days from the first done order that count."""
WARM_UP = 180
"""Days after the first loaded order before a client can be told to be new."""
YEAR = 365
"""Days of first orders looked at."""
FEWEST = 20
"""New clients of an account below which nothing is called."""
NEEDED = frozenset({"account", "client", "status", "revenue"})
"""Columns of orders without which nothing can be told."""
MOMENTS = ("finished_at", "scheduled_at", "created_at")
SURE = 0.05


@dataclass(frozen=True)
class Worth:
    """The new clients of one account."""

    account: str
    """The account of their first done order."""
    clients: int
    """New clients of the period who are counted."""
    revenue: float
    """Mean revenue of one in WINDOW days."""
    low: float | None
    """Lower end of its 95 % interval; None: too few clients."""
    high: float | None
    """Upper end of it."""
    returned: float
    """Share who came again within WINDOW days, 0…1."""
    verdict: Verdict
    """Its revenue beside that of all others' clients."""


@dataclass(frozen=True)
class Worths:
    """All accounts."""

    since: date
    """First day of first orders counted."""
    until: date
    """Last day of them."""
    warm: bool
    """The loaded orders begin early enough to tell who is new; if not, some of them may be old clients."""
    accounts: tuple[Worth, ...]
    """The largest revenue first."""
    left_out: int = 0
    """New clients who are not counted: an order of theirs does not say what it brought."""


def worths(reader: Reader, until: date | None = None, where: Where = ()) -> Worths | None:
    """New clients of a year, as far as they are old enough by `until`; None: orders tell no account, client or revenue,
    or nobody is old enough."""
    source = reader.sources().get("orders")
    if (
        source is None
        or not source.relation.own >= NEEDED
        or any(dimension(source.relation, n) is None for n, _ in where)
    ):
        return None
    loaded, begun = source.relation.data_until, source.relation.first_day
    if loaded is None or begun is None:
        return None
    last, warm = min(until or loaded, loaded) - timedelta(days=WINDOW), begun + timedelta(days=WARM_UP)
    first = max(last - timedelta(days=YEAR - 1), warm if warm <= last else begun)
    if last < first:
        return None
    params = Params()
    sql = f"""with {_visits(source, where, params)},
    firsts as (
      select client_id, moment as first, account, day, chosen from visits_
      qualify row_number() over (partition by client_id order by moment, account nulls first) = 1),
    won as (
      select f.client_id, f.account, sum(v.revenue)::double as paid, count(*) > 1 as returned,
        count(v.revenue) < count(*) as unknown
      from firsts f join visits_ v on v.client_id = f.client_id and v.moment < f.first + interval {WINDOW} days
      where f.account is not null and f.chosen and f.day between {params.place(first)} and {params.place(last)}
      group by 1, 2)
    select account, count(*) as clients, avg(paid) as mean, stddev_samp(paid) as deviation,
      avg(returned::int) as returned, (select count_if(unknown) from won) as left_out
    from won where not unknown group by 1 order by 3 desc, 1"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), ("orders",), reader.scope))
    rows = [_Told(*row) for row in frame.drop(columns="left_out").itertuples(index=False, name=None)]
    left_out = int(frame["left_out"].max()) if rows else 0
    return Worths(first, last, warm <= last, _judged(rows), left_out) if rows else None


def _visits(source: Source, where: Where, params: Params) -> str:
    """SQL of `visits_`, a row a done order: client_id, moment, account, day, revenue, and whether the filters hold.

    The filters narrow whose first order counts, not what tells who is new.
    """
    own, lines = source.relation.own, source.relation.has_lines
    moments = [name for name in MOMENTS if name in own]
    held = ["account", "client", "status", "revenue", *moments, *(["branch"] if "branch" in own else []), "_key"]
    chosen = "true"
    if where:
        chosen = f"_row in (select _row from ({select(source, ['account'], params, where=where, row=True)}))"
    told = select(source, held, params, row=True)
    rows = f"""select account, client, {"branch" if "branch" in own else "null as branch"},
      {first_told(moments)} as moment, day, revenue, _key, {chosen} as chosen from ({told})
      where status = 'done' and client is not null"""
    once = "min(client_id), min(moment), min(account), min(day), sum(revenue), bool_or(chosen)"
    figures = once if lines else "client_id, moment, account, day, revenue, chosen"
    return f"""visits_(client_id, moment, account, day, revenue, chosen) as (
      select {figures} from ({with_client_key(rows)}){" group by _key" if lines else ""})"""


@dataclass(frozen=True)
class _Told:
    """What the data say of one account."""

    account: str
    """The account."""
    clients: int
    """New clients."""
    mean: float
    """Mean revenue."""
    deviation: float
    """Its standard deviation; NaN of one client."""
    returned: float
    """Share who came again."""


def _judged(rows: Sequence[_Told]) -> tuple[Worth, ...]:
    """Each account beside all others together (Welch's test), all judged at once."""
    tested = {
        place: _chance(row, _others(rows, place))
        for place, row in enumerate(rows)
        if row.clients >= FEWEST and sum(other.clients for other in rows) - row.clients >= FEWEST
    }
    stand = dict(zip(tested, discoveries(list(tested.values()), SURE), strict=True))
    found = []
    for place, row in enumerate(rows):
        verdict: Verdict = "too_few"
        if place in stand:
            ahead = row.mean > _others(rows, place)[1]
            verdict = ("better" if ahead else "worse") if stand[place] else "none"
        enough = row.clients >= FEWEST
        apart = reach(row.clients) * row.deviation / math.sqrt(row.clients) if enough else 0.0
        low, high = (max(row.mean - apart, 0.0), row.mean + apart) if enough else (None, None)
        found.append(Worth(row.account, row.clients, row.mean, low, high, row.returned, verdict))
    return tuple(found)


def _others(rows: Sequence[_Told], place: int) -> tuple[int, float, float]:
    """All other accounts together: clients, mean, variance."""
    rest = [row for number, row in enumerate(rows) if number != place]
    n = sum(row.clients for row in rest)
    mean = sum(row.clients * row.mean for row in rest) / n
    squares = sum((row.clients - 1) * row.deviation**2 for row in rest if row.clients > 1)
    squares += sum(row.clients * (row.mean - mean) ** 2 for row in rest)
    return n, mean, squares / (n - 1)


def _chance(row: _Told, others: tuple[int, float, float]) -> float:
    """Chance of as large a distance of the means where there is none (Welch)."""
    n, mean, variance = others
    own, other = row.deviation**2 / row.clients, variance / n
    if own + other == 0:
        return float(row.mean == mean)
    freedom = (own + other) ** 2 / (own**2 / (row.clients - 1) + other**2 / (n - 1))
    return t_chance((row.mean - mean) / math.sqrt(own + other), freedom)
