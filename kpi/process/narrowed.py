"""A process log narrowed to whole cases: those that ended in a period, those of one way, those of some members.

Invariant: a case is in it with all its executions or not at all, so that no waiting is measured across a gap. A case
belongs to the period of its last event, and to a member of a dimension only if no event names another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.access.source import dimension, select
from data.expression import Params
from data.model import SEVERAL
from data.store.executions import OWNERS
from data.store.identifiers import listed, quoted
from kpi.process.log import BASE, ProcessLog, words


@dataclass(frozen=True)
class Narrowed(ProcessLog):
    """The cases of a log that fulfil every condition."""

    days: tuple[date, date] | None = None
    """First and last day, inclusive, of the cases' last events; None: any."""
    way: tuple[int, ...] = ()
    """Codes of the activities of the one way that is wanted (`codes_of`); empty: any."""
    whole: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members, one of which a case must be of."""

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
        relation = self._loaded.relation
        key = ["case_id", *(name for name in OWNERS[:2] if name in relation.own)]
        known = [name for name, _ in self.whole if dimension(relation, name) is not None]
        rows = select(self._loaded, [*key, *known], params)
        rules = [_agree(name, members, params) if name in known else "false" for name, members in self.whole]
        mine = f"select {listed(key)} from ({rows}) group by {listed(key)} having {' and '.join(rules)}"
        same = " and ".join(f"e.{name} is not distinct from m.{name}" for name in key)
        return f"select e.* from ({events}) e semi join ({mine}) m on {same}"


def _agree(name: str, members: Sequence[str], params: Params) -> str:
    """SQL of a case's rows: whether its member is one of these, as KPIs tell it (data/store/derived/cases.py): the one
    that its rows name; none where no row names any, `SEVERAL` where they name different ones."""
    cell = f"cast({quoted(name)} as varchar)"
    named = [params.place(member) for member in members if member not in ("", SEVERAL)]
    choices = [f"(min({cell}) = max({cell}) and min({cell}) in ({', '.join(named)}))"] if named else []
    choices += [f"count({cell}) = 0"] if "" in members else []
    choices += [f"min({cell}) <> max({cell})"] if SEVERAL in members else []
    return f"({' or '.join(choices) or 'false'})"


def codes_of(log: ProcessLog, way: tuple[str, ...]) -> tuple[int, ...]:
    """The codes of a way's activities; empty where the log does not have one of them."""
    rows = log.ask("select activity, code from codes")
    known = dict(zip(rows["activity"], rows["code"], strict=True))
    return tuple(int(known[name]) for name in way) if all(name in known for name in way) else ()
