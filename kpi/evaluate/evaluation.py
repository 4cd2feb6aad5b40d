"""Query + Reader → Result, with status.

Invariant: what is shown was computed by one Statement made for the Reader's own scope; what cannot be computed says why
instead of showing nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from data.access.columns import NotHeld
from data.access.limit import TooSlow
from data.access.reader import Reader
from data.message import Message, say
from data.model import Statement
from kpi.anonymity import hide_few
from kpi.catalogue import Catalogue
from kpi.compile import Calendar, Compiled, Resolution, calendar, compile_query, resolve
from kpi.evaluate.availability import check_dimensions, why_not
from kpi.evaluate.crowds import torn
from kpi.evaluate.in_memory import from_memory
from kpi.evaluate.interval import intervals
from kpi.evaluate.judging import Judge, Row, members, rows_of, verdicts, warm
from kpi.evaluate.known import from_rollups
from kpi.evaluate.notes import notes
from kpi.evaluate.stages import goals_met
from kpi.evaluate.tidy import Columns, tidy
from kpi.evaluate.waits import with_estimates
from kpi.model import RESULT_COLUMNS, Query, Result
from kpi.targets import TargetBook

Answer = tuple[Mapping[str, Any], int]
"""The answer's columns and the data version they belong to."""


def evaluate(reader: Reader, catalogue: Catalogue, query: Query, targets: TargetBook) -> Result:
    """The answer to a query: every KPI of it that can be computed, and why the others cannot.

    Raises `UnknownName` for a KPI or dimension that does not exist. A custom KPI that takes too long is unavailable,
    and keeps none of the others from being answered.
    """
    evaluation = _Evaluation(reader, catalogue, targets)
    try:
        return evaluation.result(query)
    except TooSlow as error:
        return _in_time(evaluation, query, error)


def _in_time(evaluation: "_Evaluation", query: Query, error: TooSlow) -> Result:
    """The answer without what takes too long: those that do by themselves, else all that may.

    Those without a limit are asked first: what they read is at hand afterwards, and takes no time from the others.
    """
    limited = [id_ for id_ in query.kpis if evaluation.catalogue.get(id_).seconds is not None]
    evaluation.result(_without(query, limited))
    slow = [id_ for id_ in limited if len(query.kpis) == 1 or evaluation.is_slow(replace(query, kpis=(id_,)))]
    for left_out in (slow, limited):
        try:
            found = evaluation.result(_without(query, left_out))
        except TooSlow:
            continue
        why = {**found.unavailable, **dict.fromkeys(left_out, error.title)}
        return replace(found, query=replace(found.query, kpis=query.kpis), unavailable=why)
    raise error


def _without(query: Query, left_out: Sequence[str]) -> Query:
    return replace(query, kpis=tuple(id_ for id_ in query.kpis if id_ not in left_out))


@dataclass(frozen=True)
class _Asked:
    """A query with its open ends filled."""

    query: Query
    resolutions: tuple[Resolution, ...]
    calendar: Calendar
    open_end: bool = False


class _Evaluation:
    def __init__(self, reader: Reader, catalogue: Catalogue, targets: TargetBook) -> None:
        self.reader, self.catalogue = reader, catalogue
        self.relations = reader.relations()
        self.book = targets.of_size(solo=self._solo())

    def result(self, query: Query) -> Result:
        check_dimensions(query, self.relations)
        known = {id_: resolve(self.catalogue.get(id_), self.catalogue, self.relations) for id_ in query.kpis}
        unavailable = {id_: why for id_, r in known.items() if (why := self._why_not(r, query)) is not None}
        values = tuple(r for id_, r in known.items() if id_ not in unavailable and not r.kpi.is_of_judgements)
        stages = tuple(id_ for id_, r in known.items() if id_ not in unavailable and r.kpi.is_of_judgements)
        asked = self._asked(query, values or self._personal(query))
        if asked is None:
            nothing = Statement("select 1", {}, (), self.reader.scope)
            return Result(_empty(), query, nothing, self.reader.data_version, {}, unavailable)
        frame, compiled, version = self._frame(replace(asked, resolutions=values)) if values else (_empty(), None, 0)
        for id_ in stages:
            frame = pd.concat([frame, self._stage(id_, asked)], ignore_index=True)
        statement = compiled.statement if compiled else Statement("select 1", {}, (), self.reader.scope)
        return Result(
            frame.reindex(columns=list(RESULT_COLUMNS)),
            asked.query,
            statement,
            version or self.reader.data_version,
            compiled.now if compiled else {},
            unavailable,
            {r.kpi.id: found for r in values if (found := notes(r, self.catalogue, self.relations))},
        )

    def is_slow(self, query: Query) -> bool:
        """Whether it takes longer than it may."""
        try:
            self.result(query)
        except TooSlow:
            return True
        return False

    def _why_not(self, resolution: Resolution, query: Query) -> Message | None:
        if not resolution.kpi.is_of_judgements:
            return why_not(resolution, query, self.relations)
        if not self._personal(query):
            return say("Needs a personal target: set one for somebody first.")
        return None if query.by in (None, "employee") else say("Available by person only.")

    def _personal(self, query: Query) -> tuple[Resolution, ...]:
        """KPIs with personal targets that can be computed by person."""
        kpis = [self.catalogue.get(id_) for id_ in self.book.personal() if id_ in self.catalogue]
        found = (resolve(kpi, self.catalogue, self.relations) for kpi in kpis)
        by_person = replace(query, by="employee")
        return tuple(r for r in found if not r.kpi.is_of_judgements and why_not(r, by_person, self.relations) is None)

    def _asked(self, query: Query, resolutions: Sequence[Resolution]) -> _Asked | None:
        used = [self.relations[name] for r in resolutions for name in r.relations]
        first = [r.first_day for r in used if r.first_day]
        last = [r.data_until for r in used if r.data_until]
        if not first or not last:
            return None
        cal = calendar(query, min(first), max(last))
        closed = replace(query, since=cal.since, until=cal.until)
        return _Asked(closed, tuple(resolutions), cal, open_end=query.until is None)

    def _frame(self, asked: _Asked) -> tuple[pd.DataFrame, Compiled, int]:
        compiled = compile_query(
            asked.query, asked.resolutions, self.reader.sources(), asked.calendar, self.reader.scope
        )
        wide, version = self._wide(compiled)
        columns = self._anonymous(tidy(wide, compiled, asked.resolutions, asked.calendar), compiled, asked)
        for waiting in (r for r in asked.resolutions if r.stages):
            columns = with_estimates(columns, waiting, compiled, self.reader)
        kpis = {r.kpi.id: r.kpi for r in asked.resolutions}
        warm_from = warm(kpis, self._first_days(asked.resolutions))
        judged = verdicts(columns, Judge(kpis, asked.query, self.book, warm_from, compiled.now, asked.open_end))
        return _framed({**columns, **judged, **intervals(columns, asked.resolutions)}), compiled, version

    def _wide(self, compiled: Compiled) -> Answer:
        """The answer's columns and the data version they belong to: from rollups or memory where they hold all it
        takes."""
        for way in (self._known, self._remembered, self._part_known):
            try:
                return way(compiled)
            except NotHeld:
                continue
        return self.reader.columns(compiled.statement)

    def _known(self, compiled: Compiled) -> Answer:
        return from_rollups(compiled, self.reader)

    def _remembered(self, compiled: Compiled) -> Answer:
        return from_memory(compiled.plan, self.reader), self.reader.data_version

    def _part_known(self, compiled: Compiled) -> Answer:
        return self.reader.columns(compiled.short) if compiled.short is not None else _not_held()

    def _anonymous(self, columns: Columns, compiled: Compiled, asked: _Asked) -> Columns:
        """The rows with what would show fewer than five people's answers hidden."""
        private = [r for r in asked.resolutions if any(leaf.id in compiled.private for leaf in r.leaves)]
        if not private:
            return columns
        frame = _framed(columns)
        hidden = []
        for r in private:
            mine = frame[frame["kpi"] == r.kpi.id]
            hidden.append(hide_few(mine, self._everybody(r, asked), torn(mine, r, compiled, self.reader)))
        others = frame[~frame["kpi"].isin([r.kpi.id for r in private])]
        shown = pd.concat([others, *hidden], ignore_index=True)
        return {str(name): shown[name].to_numpy() for name in shown.columns}

    def _everybody(self, resolution: Resolution, asked: _Asked) -> "pd.Series[int] | None":
        """Respondents by period without the query's filters."""
        if not asked.query.where:
            return None
        open_query = replace(asked.query, where=(), by=None, compare=())
        compiled = compile_query(open_query, (resolution,), self.reader.sources(), asked.calendar, self.reader.scope)
        rows = tidy(self.reader.columns(compiled.statement)[0], compiled, (resolution,), asked.calendar)
        return pd.Series(rows["people"].astype(int), index=rows["period"])

    def _first_days(self, resolutions: Sequence[Resolution]) -> dict[str, date]:
        return {
            r.kpi.id: min(days)
            for r in resolutions
            if (days := [d for name in r.relations if (d := self.relations[name].first_day)])
        }

    def _stage(self, id_: str, asked: _Asked) -> pd.DataFrame:
        personal = tuple(r.kpi.id for r in self._personal(asked.query))
        rows = goals_met(asked.query, personal, self._judged_people)
        ends = {pd.Timestamp(p.start): pd.Timestamp(p.end) for p in asked.calendar.periods}
        rows = rows[rows["period"].isin(list(ends))].assign(
            kpi=id_,
            period_end=rows["period"].map(ends),
            is_partial=False,
            elapsed=1.0,
            previous=np.nan,
            last_year=np.nan,
        )
        judge = Judge({id_: self.catalogue.get(id_)}, asked.query, self.book, {})
        return rows.assign(**verdicts(rows, judge))

    def _judged_people(self, query: Query) -> pd.DataFrame:
        asked = self._asked(query, self._personal(query))
        assert asked is not None
        frame = self._frame(asked)[0]
        return frame.assign(has_own_target=[self._has_own_target(row, query) for row in rows_of(frame)])

    def _has_own_target(self, row: Row, query: Query) -> bool:
        days = (row.start, row.end)
        target = self.book.of_period(self.catalogue.get(row.kpi), days, members(query, row))
        return target is not None and target.scope == ("employee", row.slice)

    def _solo(self) -> bool:
        """Average headcount over everything loaded is at most one."""
        days = self.relations.get("staff_days")
        if days is None or not days.rows or not days.first_day or not days.data_until:
            return False
        return days.rows / ((days.data_until - days.first_day).days + 1) <= 1


def _not_held() -> NoReturn:
    raise NotHeld


def _framed(columns: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({**columns, "slice": pd.Series(columns["slice"], dtype=object)})


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=list(RESULT_COLUMNS))
