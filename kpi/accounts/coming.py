"""New and returning clients of each account, as the KPIs new_clients and repeat_share count them.

Invariant: a client is new in an account where their very first visit came through it, whatever account came later.
"""

from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Statement
from kpi.accounts.asking import why_not
from kpi.accounts.model import Asked, Where
from kpi.accounts.steps import VISITS


@dataclass(frozen=True)
class Coming:
    """Who came through one account."""

    account: str
    """The account."""
    clients: int
    """Clients with a done order in these days."""
    new: int
    """Of them, whose first order ever is among these."""
    returning: int
    """Of them, with an order that is not their first; a client can be both."""

    @property
    def repeat_share(self) -> float:
        """Returning clients, of all, 0…1."""
        return self.returning / self.clients


def coming(reader: Reader, since: date, until: date, where: Where = ()) -> tuple[Coming, ...]:
    """Every account's clients in these days, the most first; empty where orders name no account and client."""
    source = reader.sources().get(VISITS)
    if source is None or why_not(source.relation, Asked(where=where), "visit_no", "account") is not None:
        return ()
    params = Params()
    inner = select(source, ["account", "client_id", "visit_no"], params, where=where, days=(since, until))
    sql = f"""select account, count(distinct client_id) as clients,
      count(distinct client_id) filter (where visit_no = 1) as new,
      count(distinct client_id) filter (where visit_no > 1) as returning
    from ({inner}) where account is not null group by 1 order by 2 desc, 1"""
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (VISITS,), reader.scope))
    return tuple(
        Coming(str(account), int(n), int(new), int(old)) for account, n, new, old in frame.itertuples(index=False)
    )
