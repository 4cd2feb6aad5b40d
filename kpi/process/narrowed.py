"""A process log narrowed to whole cases: those that ended in a period, those of one way, those of some members.

Invariant: a case is in it with all its executions or not at all, so that no waiting is measured across a gap. A case
belongs to the period of its last event, and to members of a dimension only if each of its events does.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access.source import select
from data.expression import Params
from data.store.executions import OWNERS
from data.store.identifiers import listed
from kpi.process.log import BASE, ProcessLog, words


@dataclass(frozen=True)
class Narrowed(ProcessLog):
    """The cases of a log that fulfil every condition."""

    days: tuple[date, date] | None = None
    """First and last day, inclusive, of the cases' last events; None: any."""
    way: tuple[int, ...] = ()
    """Codes of the activities of the one way that is wanted (`codes_of`); empty: any."""
    whole: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members, of which every event of a case must be."""

    def ask(self, sql: str) -> pd.DataFrame:
        """The answer to a SELECT over the tables of the log (`ProcessLog.ask`), holding the kept cases only.

        `codes` are those of the whole log, so that a way is written the same however the log is narrowed.
        """
        rules = []
        if self.days is not None:
            since, until = (f"date '{day.isoformat()}'" for day in self.days)
            ended = f"having cast(max(finished) as date) between {since} and {until}"
            rules.append(f"case_id in (select case_id from executions group by case_id {ended})")
        if self.way:
            path = " || ".join(f"chr({BASE + int(code)})" for code in self.way)
            rules.append(f"case_id in (select case_id from paths where path = {path})")
        if not rules:
            return super().ask(sql)
        asked = [name for name in ("executions", "cases", "paths") if name in words(sql)]
        tables = [f"{name} as (select * from {name} where {' and '.join(rules)})" for name in asked]
        return super().ask(f"select * from (with {', '.join(tables)} {sql})" if tables else sql)

    def _events(self, params: Params) -> str:
        events = super()._events(params)
        if not self.whole or self.source == "orders":
            return events
        key = ["case_id", *(name for name in OWNERS[:2] if name in self._loaded.relation.own)]
        mine, every = (
            f"select {listed(key)}, count(*) as n from ({select(self._loaded, key, params, where=where)}) group by all"
            for where in (self.whole, ())
        )
        same = " and ".join(f"e.{name} is not distinct from m.{name}" for name in key)
        return f"select e.* from ({events}) e semi join (({mine}) intersect ({every})) m on {same}"


def codes_of(log: ProcessLog, way: tuple[str, ...]) -> tuple[int, ...]:
    """The codes of a way's activities; empty where the log does not have one of them."""
    rows = log.ask("select activity, code from codes")
    known = dict(zip(rows["activity"], rows["code"], strict=True))
    return tuple(int(known[name]) for name in way) if all(name in known for name in way) else ()
