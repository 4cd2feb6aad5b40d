"""A process log as SQL: its events as executions, in the order of each case.

Invariant: an execution ends where its row says; it began at its own start, or at the start row it belongs to — the n-th
start of an activity in a case to its n-th end. Rows that neither begin nor end anything (assigned, paused, …) are no
executions. Order: by time, ties as in the file.
"""

from dataclasses import dataclass

import pandas as pd

from data.access.reader import Reader
from data.access.source import select
from data.errors import UserError
from data.expression import Params
from data.message import say
from data.model import Source, Statement

MOST_ACTIVITIES = 20_000
"""More different activities are no process but a column that tells something else."""
BASE = 256
"""Code point of the first activity in the text that stands for a path."""
_HELD = ("case_id", "activity", "at", "started_at", "lifecycle", "employee", "cost", "is_superfluous")
_PLACE = ("_import", "_line")
"""Where a row stands in its file: rows of one moment are in that order."""
_NO_END = "('schedule', 'assign', 'start', 'suspend', 'resume', 'withdraw', 'abort')"


class NoLog(UserError):
    """There are no events."""

    def __init__(self) -> None:
        super().__init__(say("There is no process log: load a table with cases, activities and times."))


@dataclass(frozen=True)
class ProcessLog:
    """The events a Reader may see."""

    reader: Reader
    """The data."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members it is narrowed to."""

    def ask(self, sql: str) -> pd.DataFrame:
        """The answer to a SELECT over `executions`, `codes` and `paths`."""
        source = self.reader.sources().get("events")
        if source is None or not {"case_id", "activity", "at"} <= source.relation.own:
            raise NoLog
        params = Params()
        whole = f"with {_tables(source, params, self.where)} {sql}"
        frame, _ = self.reader.run(Statement(whole, params.used_in(whole), ("events",), self.reader.scope))
        return frame


def _tables(source: Source, params: Params, where: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """The common tables: `executions` (a row each, with its place in the case and what follows), `codes` (activity → a
    letter), `paths` (a row a case, its activities as one text)."""
    held = [name for name in _HELD if name in source.relation.own]
    events = select(source, [*held, *_PLACE], params, where=where)
    missing = [name for name in _HELD if name not in held]
    types = {"started_at": "timestamp", "cost": "double", "is_superfluous": "boolean"}
    empty = "".join(f", null::{types.get(name, 'varchar')} as {name}" for name in missing)
    return f"""
    events as (select *{empty} from ({events}) where case_id is not null and activity is not null and "at" is not null),
    told as (select coalesce(bool_or(lifecycle = 'complete'), false) as ends from events),
    ended as (
      select *, row_number() over (partition by case_id, activity order by "at", _import, _line) as nth from events
      where lifecycle is null or lifecycle = 'complete'
        or (not (select ends from told) and (lifecycle = 'start' or lifecycle not in {_NO_END}))),
    begun as (
      select case_id, activity, "at",
        row_number() over (partition by case_id, activity order by "at", _import, _line) as nth
      from events where lifecycle = 'start' and (select ends from told)),
    executions as (
      select e.case_id, e.activity, e.employee, e.cost, e.is_superfluous, e."at" as finished,
        case when coalesce(e.started_at, b."at") <= e."at" then coalesce(e.started_at, b."at") end as started, e.nth,
        row_number() over follows as place, lead(e.activity) over follows as next,
        lead(case when coalesce(e.started_at, b."at") <= e."at" then coalesce(e.started_at, b."at") else e."at" end)
          over follows as next_begins
      from ended e left join begun b using (case_id, activity, nth)
      window follows as (partition by e.case_id order by e."at", e._import, e._line)),
    codes as (
      select activity, (row_number() over (order by count(*) desc, activity) - 1)::integer as code
      from executions group by activity),
    paths as (
      select case_id, count(*) as events, count(*) > count(distinct activity) as repeats,
        min(coalesce(started, finished)) as first, max(finished) as last,
        string_agg(chr({BASE} + least(code, {MOST_ACTIVITIES})), '' order by place) as path
      from executions join codes using (activity) group by case_id)"""


def hours(later: str, earlier: str) -> str:
    """SQL of the hours between two moments."""
    return f"(epoch_us({later}) - epoch_us({earlier})) / 3.6e9"
