"""A process log as SQL: its events as executions, in the order of each case.

Invariant: an execution ends where its row says; it began at its own start, or at the start row it belongs to
(data/store/executions.py, which also makes the cases that KPIs count). Order: by time, ties as in the file.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import pandas as pd

from data.access.reader import Reader
from data.access.source import select
from data.errors import UserError
from data.expression import Params
from data.message import say
from data.model import Source, Statement
from data.store.case_figures import cases, columns_of_cases
from data.store.entries import ProcessSettings
from data.store.executions import HELD, OWNERS, PLACE, Executions, Shape, shape_sql
from kpi.language import Language, language
from kpi.process.orders import order_events

MOST_ACTIVITIES = 20_000
"""More different activities are no process but a column that tells something else."""
BASE = 256
"""Code point of the first activity in the text that stands for a path."""
_EVERYTHING = re.compile(r"(?<!\()\*")
"""A star that is no `count(*)`: every column may be read."""
NOTHING_SAID = ProcessSettings()
"""Nobody said anything about the process."""
ENGLISH = language("en")
"""The language of the program itself."""


class NoLog(UserError):
    """There are no events."""

    def __init__(self) -> None:
        super().__init__(say("There is no process log: load a table with cases, activities and times."))


@dataclass(frozen=True)
class ProcessLog:
    """The log a Reader may see."""

    reader: Reader
    """The data."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members it is narrowed to."""
    source: Literal["events", "orders"] = "events"
    """The loaded events, or the moments of orders as events: a case is an order."""
    settings: ProcessSettings = NOTHING_SAID
    """What people said about the process: `settings_of(store)`."""
    language: Language = ENGLISH
    """Language of the activities that orders are told by."""

    def ask(self, sql: str) -> pd.DataFrame:
        """The answer to a SELECT over `executions`, `cases`, `codes`, `paths` and `ways`. `NoLog` where there is none.

        executions: case_id, activity, employee, role, cost (roubles: the log's own, else time × an hour's cost),
        place (1 … in the case), nth (of its activity in the case), is_superfluous (marked), wasted (marked or not the
        first), started (null: not known), finished, next, next_begins, before. cases: data/store/case_figures.py.
        paths: case_id, events, repeats, first, last, steps (codes), path (a letter an activity);
        ways: steps, path, cases, hours. `hours` gives the hours between two.
        """
        params = Params()
        log = self._executions(params)
        after = cases(log) if "cases" in words(sql) else ""
        after += _paths(log, timed="hours" in words(sql)) if words(sql) & {"codes", "paths", "ways"} else ""
        log = replace(log, wanted=None if _EVERYTHING.search(sql) else words(after + sql))
        return self._run(f"with {log.sql}{after} {sql}", params)

    @property
    def has_starts(self) -> bool:
        """Whether it tells when activities began, so that working and waiting time are known."""
        return self._executions(Params()).has_work

    @property
    def has_people(self) -> bool:
        """Whether it tells who did what."""
        return "employee" in self._held

    @property
    def has_costs(self) -> bool:
        """Whether an execution's cost is told, by the log or by what an hour costs."""
        return self._executions(Params()).has_costs

    @property
    def loaded_cases(self) -> Source | None:
        """The cases as they were counted when the log was loaded; None where this log has them otherwise."""
        scope, source = self.reader.scope, self.reader.sources().get("cases")
        if type(self) is not ProcessLog or self.source != "events" or source is None or not source.relation.rows:
            return None
        by = {name for name, _ in (*self.where, *scope.where)}
        whole = by <= set(OWNERS) & self._loaded.relation.complete and scope.since is None and scope.until is None
        return source if whole else None

    @property
    def case_columns(self) -> tuple[str, ...]:
        """Columns of `cases` that this log tells."""
        return columns_of_cases(self._executions(Params()))

    def _executions(self, params: Params) -> Executions:
        return Executions(self._events(params), self._held, self._shape, self.settings, self._owners, params.place)

    @cached_property
    def _shape(self) -> Shape:
        params = Params()
        found = self._run(shape_sql(self._events(params), self._held, self._owners), params)
        (row,) = found.itertuples(index=False, name=None)
        days = [None if pd.isna(day) else pd.Timestamp(day).date() for day in row[:2]]
        return Shape.of_row([*days, *row[2:]])

    def _run(self, sql: str, params: Params) -> pd.DataFrame:
        statement = Statement(sql, params.used_in(sql), (self.source,), self.reader.scope)
        return self.reader.run(statement)[0]

    @property
    def _loaded(self) -> Source:
        source = self.reader.sources().get(self.source)
        needed = {"case_id", "activity", "at"} if self.source == "events" else set()
        if source is None or not source.relation.rows or not needed <= source.relation.own:
            raise NoLog
        return source

    @cached_property
    def _held(self) -> frozenset[str]:
        """Columns of the events."""
        relation = self._loaded.relation
        told = {*({"employee"} & relation.own), *({"role"} & relation.columns), *self._owners, *PLACE}
        own = relation.own & set(HELD) if self.source == "events" else {"case_id", "activity", "at", "started_at"}
        return frozenset(told | own)

    @property
    def _owners(self) -> tuple[str, ...]:
        return tuple(name for name in OWNERS if name in self._loaded.relation.own)

    def _events(self, params: Params) -> str:
        if self.source == "orders":
            return order_events(
                self._loaded, sorted(self._held & {"employee", "role", *OWNERS}), self.where, params, self.language
            )
        return select(self._loaded, sorted(self._held), params, where=self.where)


_TEXT = f"""list_aggregate(
  list_transform(steps, lambda s: chr({BASE} + least(s::integer, {MOST_ACTIVITIES}))), 'string_agg', '')"""


def _paths(log: Executions, *, timed: bool) -> str:
    """The common tables `codes`, `paths` and `ways` (a row a different path); `timed`: with hours."""
    order = log.shape.order
    if order is None:
        raise NoLog
    steps = f"list_transform(list_sort(list({order.number('code')})), lambda s: {order.code('s')})"
    return f""",
    codes as (
      select activity, (row_number() over (order by count(*) desc, activity) - 1)::integer as code
      from ended group by activity),
    numbered as not materialized (
      select case_id, count(*) as events, min(coalesce(began, "at")) as first, max("at") as last, {steps} as steps
      from ended join codes using (activity) group by case_id),
    paths as not materialized (
      select *, len(list_distinct(steps)) < events as repeats, {log.clock("first")} as first_clock,
        {log.clock("last")} as last_clock, {_TEXT} as path
      from numbered),
    ways as (
      select *, {_TEXT} as path from (
        select steps, count(*) as cases{", median((last_clock - first_clock) / 3.6e9) as hours" if timed else ""}
        from paths group by steps))"""


def words(sql: str) -> frozenset[str]:
    """The names a SELECT holds."""
    return frozenset(re.findall(r"\w+", sql))


def hours(later: str, earlier: str) -> str:
    """SQL of the working hours between two moments of `executions` (started, finished, next_begins) or `paths` (first,
    last)."""
    return f"({later}_clock - {earlier}_clock) / 3.6e9"
