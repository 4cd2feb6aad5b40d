"""A process log narrowed to whole cases: those that ended in a period, those of one way, one case.

Invariant: a case is in it with all its executions or not at all, so that no waiting is measured across a gap.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpi.process.log import BASE, ProcessLog


@dataclass(frozen=True)
class Narrowed(ProcessLog):
    """The cases of a log that fulfil every condition."""

    days: tuple[date, date] | None = None
    """First and last day, inclusive, of the cases' last events; None: any."""
    way: tuple[int, ...] = ()
    """Codes of the activities of the one way that is wanted (`codes_of`); empty: any."""

    def ask(self, sql: str) -> pd.DataFrame:
        """The answer to a SELECT over the tables of the log (`ProcessLog.ask`), holding the kept cases only.

        `codes` are those of the whole log, so that a way is written the same however the log is narrowed.
        """
        rules = []
        if self.days is not None:
            since, until = self.days
            rules.append(f"cast(last as date) between date '{since.isoformat()}' and date '{until.isoformat()}'")
        if self.way:
            rules.append("path = " + " || ".join(f"chr({BASE + int(code)})" for code in self.way))
        if not rules:
            return super().ask(sql)
        kept = f"case_id in (select case_id from paths where {' and '.join(rules)})"
        tables = ", ".join(f"{name} as (select * from {name} where {kept})" for name in ("executions", "paths"))
        return super().ask(f"select * from (with {tables} {sql})")


def codes_of(log: ProcessLog, way: tuple[str, ...]) -> tuple[int, ...]:
    """The codes of a way's activities; empty where the log does not have one of them."""
    rows = log.ask("select activity, code from codes")
    known = dict(zip(rows["activity"], rows["code"], strict=True))
    return tuple(int(known[name]) for name in way) if all(name in known for name in way) else ()
