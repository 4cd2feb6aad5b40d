"""What clients did through which account, as SQL: orders asked for and calls, each with the client's key.

Invariant: only rows that name both an account and a client; one client is one key however their number is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.access.reader import Reader
from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Source, Statement
from data.store.derived.client_key import with_client_key
from kpi.accounts.model import Where

ASKED = ("created_at", "scheduled_at", "finished_at")
"""Moments of an order, the first that is told: when it was asked for."""


def first_told(moments: Sequence[str]) -> str:
    """SQL of the first of these columns that is told, else the row's day."""
    return "coalesce(" + ", ".join([*(f"{quoted(name)}::timestamp" for name in moments), "day::timestamp"]) + ")"


@dataclass(frozen=True)
class Clients:
    """The clients' rows a Reader may see."""

    reader: Reader
    """The data."""
    where: Where = ()
    """Filters."""

    def sources(self) -> dict[str, Source]:
        """Orders and calls, where they tell account, client and every filter."""
        needed = ("account", "client", *(name for name, _ in self.where))
        return {
            name: source
            for name in ("orders", "calls")
            if (source := self.reader.sources().get(name)) is not None
            and source.relation.rows
            and all(dimension(source.relation, column) in source.relation.own | {"weekday"} for column in needed)
        }

    def touches(self, params: Params) -> str:
        """SELECT of client_id, account, moment: every time a client turned to an account."""
        parts = []
        for name, source in self.sources().items():
            moments = [m for m in (ASKED if name == "orders" else ("at",)) if m in source.relation.own]
            branch = ["branch"] if "branch" in source.relation.own else []
            inner = select(source, ["account", "client", *branch, *moments], params, where=self.where, undated=True)
            known = "branch" if branch else "null as branch"
            rows = f"select account, client, {known}, {first_told(moments)} as moment from ({inner})"
            parts.append(f"select client_id, account, moment from ({with_client_key(rows)})")
        kept = "client_id is not null and account is not null and moment is not null"
        return f"select * from ({' union all '.join(parts)}) where {kept}"

    def ask(self, sql: str, params: Params) -> pd.DataFrame:
        """The answer to a SELECT over these rows."""
        frame, _ = self.reader.run(
            Statement(sql, params.used_in(sql), tuple(self.sources()) or ("orders",), self.reader.scope)
        )
        return frame
