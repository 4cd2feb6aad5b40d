"""One answer for all members of a dimension, taken apart by member and KPI.

Invariant: every figure of a report is a cell of such an answer; the next period is asked for with the others, for its
targets alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from kpi.compile.windows import step
from kpi.evaluate import evaluate
from kpi.model import Kpi, Query, Result
from kpi.people.lines import Row, records
from kpi.people.roster import Person, roster
from kpi.report.composing.asked import Asked
from kpi.report.composing.editions import DAY
from kpi.report.model import PERSON, Edition, Subject
from kpi.watch import STEPS, Look

Key = tuple[str | None, str]
"""(member, None of the whole; KPI id)."""


@dataclass(frozen=True)
class Answered:
    """What was answered about every member of one dimension."""

    asked: Asked
    """Whom it was asked for."""
    dimension: str | None
    """The dimension; None: the whole."""
    edition: Edition
    """The period the reports are about."""
    kpis: tuple[Kpi, ...]
    """The KPIs that can be computed."""
    result: Result
    """The answer."""

    def of(self, subject: Subject, kpi: Kpi) -> Sequence[Row]:
        """A subject's rows of a KPI, periods ascending; the last is the next period's."""
        return self._rows.get((subject.member if self.dimension else None, kpi.id), ())

    def frame(self, subject: Subject, kpi: Kpi) -> pd.DataFrame:
        """The same up to the report's period, as a frame of total rows."""
        rows = [row for row in self.of(subject, kpi) if row["period"].date() <= self.edition.first]
        return pd.DataFrame(rows, columns=self.result.frame.columns).assign(is_total=True, slice=None)

    def person(self, subject: Subject) -> Person:
        """The person a report is about, with what they belong to."""
        return self._people.get(subject.member, Person(subject.member))

    @cached_property
    def look(self) -> Look:
        """How the courses of its KPIs are watched."""
        ids = tuple(kpi.id for kpi in self.kpis)
        return Look(self.asked.reader, self.asked.catalogue, self.asked.targets, ids, self.asked.marks())

    @cached_property
    def first_days(self) -> Mapping[str, date | None]:
        """KPI id → first day on which all that it is made of is loaded."""
        return self.look.first_days()

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        if self.dimension != PERSON:
            return {}
        return {person.name: person for person in roster(self.asked.reader, self.edition.last)}

    @cached_property
    def _rows(self) -> Mapping[Key, Sequence[Row]]:
        found: dict[Key, list[Row]] = {}
        for row in records(self.result):
            if row["is_total"] == (self.dimension is None) and (row["is_total"] or isinstance(row["slice"], str)):
                found.setdefault((None if row["is_total"] else row["slice"], row["kpi"]), []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row["period"])
        return found


def answered(asked: Asked, dimension: str | None, edition: Edition) -> Answered:
    """The answer about every member of a dimension in the period and those before it."""
    kpis, grain = asked.kpis(dimension), edition.grain
    since = step(edition.first, grain, 1 - STEPS[grain])
    until = step(edition.first, grain, 2) - DAY
    query = Query(tuple(kpi.id for kpi in kpis), since, until, grain, dimension, (), ("previous", "year"))
    result = evaluate(asked.reader, asked.catalogue, query, asked.targets)
    known = tuple(kpi for kpi in kpis if kpi.id not in result.unavailable)
    return Answered(asked, dimension, edition, known, result)
