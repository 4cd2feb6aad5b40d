"""What is asked about hiring: the applications and the places within a period, filters and a scope.

Invariant: every row comes through the Reader; a moment later than the data is none; of a column that is not loaded
nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import pandas as pd

from data.access.reader import Reader
from data.access.source import dimension, quoted, select
from data.errors import UserError
from data.expression import Params
from data.message import say
from data.model import Source, Statement
from kpi.catalogue import Catalogue
from kpi.evaluate import evaluate
from kpi.hiring.forecasting import Outlook, outlook
from kpi.hiring.history import History
from kpi.model import Query
from kpi.targets import TargetBook

Where = tuple[tuple[str, tuple[str, ...]], ...]

STAGES = ("applied_at", "screened_at", "interviewed_at", "offered_at", "accepted_at")
"""An applicant's way, in order."""
_HIRES = (
    *STAGES, "rejected_at", "hired_on", "left_on", "cost", "quality", "vacancy_no", "hire_no", "vacancy_id",
)  # fmt: skip
_PLACES = (
    "vacancy_no", "place_no", "vacancy_id", "title", "opened_at", "published_at", "closed_at", "planned_hires",
    "accepted_at", "ended_at", "place",
)  # fmt: skip
_MOMENTS = frozenset({*STAGES, "rejected_at", "hired_on", "left_on", "opened_at", "published_at", "closed_at",
                      "ended_at"})  # fmt: skip
_NUMBERS = frozenset({"cost", "quality", "vacancy_no", "hire_no", "place_no", "planned_hires"})
DIMENSIONS = ("employee", "source", "title", "account", "branch")
"""What hiring is looked at by: recruiter, source, vacancy, account, branch."""


class NoHiring(UserError):
    """There are neither applications nor vacancies."""

    def __init__(self) -> None:
        super().__init__(
            say("There is nothing about hiring yet."),
            hint=say("Load a table of vacancies and one of applicants, with their stages and dates."),
        )


@dataclass(frozen=True)
class Asking:
    """Where answers come from, and what they are about."""

    reader: Reader
    """Every row comes through it."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""
    since: date | None = None
    """First day, inclusive; None: from the first."""
    until: date | None = None
    """Last day, inclusive; None: to the last."""
    where: Where = ()
    """Dimension → allowed members."""

    @cached_property
    def ever(self) -> pd.DataFrame:
        """Every application within scope and filters, whenever it was made, in the order of the applications."""
        return _frame(self, "hires", _HIRES).sort_values("applied_at", kind="stable", ignore_index=True)

    @cached_property
    def applications(self) -> pd.DataFrame:
        """Those made within the period."""
        return self.ever[self.within(self.ever["applied_at"])]

    @cached_property
    def wanted(self) -> pd.DataFrame:
        """Every place to be filled, whenever its vacancy was opened."""
        return _frame(self, "places", _PLACES).sort_values(["vacancy_no", "place_no"], ignore_index=True)

    @cached_property
    def places(self) -> pd.DataFrame:
        """Those whose vacancy was opened within the period."""
        return self.wanted[self.within(self.wanted["opened_at"])]

    @cached_property
    def now(self) -> datetime:
        """The end of the last day on which anything about hiring is known."""
        return datetime.combine(self.last_day, datetime.min.time()) + timedelta(days=1)

    @cached_property
    def last_day(self) -> date:
        """The last day on which anything about hiring is known. `NoHiring` where there is none."""
        known = [self.reader.relations()[name].data_until for name in ("hires", "places")]
        last = max((day for day in known if day), default=None)
        if last is None:
            raise NoHiring
        return last

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages that are loaded, in order."""
        return tuple(stage for stage in STAGES if stage in self.reader.relations()["hires"].own)

    @cached_property
    def history(self) -> History:
        """All that a forecast is estimated from: everything within the scope, filtered or not."""
        whole = replace(self, since=None, until=None, where=())
        return History(whole.ever, whole.wanted, whole.stages, pd.Timestamp(self.now))

    @cached_property
    def outlook(self) -> Outlook:
        """When the vacancies that are open, whenever they were opened, will be closed."""
        return outlook(self.history, self.wanted)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What applications, or places, tell of."""
        known = (self.ever, self.wanted)
        return tuple(name for name in DIMENSIONS if any(frame[name].notna().any() for frame in known))

    @property
    def lacking(self) -> tuple[str, ...]:
        """Dimensions filtered by that hiring does not tell: nothing is left then, and it has to be said why."""
        return tuple(name for name, _ in self.where if not carried(self, name))

    def tells(self, column: str, relation: str = "hires") -> bool:
        """Whether a column is loaded."""
        return column in self.reader.relations()[relation].columns

    def values(self, kpis: Sequence[str], by: str | None = None) -> pd.DataFrame:
        """The KPIs of the period as the cards show them, in all and by member; what cannot be computed is left out."""
        query = Query(tuple(kpis), self.since, self.until, "total", by, self.where, ())
        return evaluate(self.reader, self.catalogue, query, self.targets).frame

    def within(self, moments: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Which of these moments lie in the period; what has no moment lies in none."""
        kept = moments.notna()
        if self.since is not None:
            kept &= moments >= pd.Timestamp(self.since)
        if self.until is not None:
            kept &= moments < pd.Timestamp(self.until) + pd.Timedelta(days=1)
        return kept


def _frame(asking: Asking, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """A relation's rows; columns that are not loaded are empty."""
    source = asking.reader.sources()[name]
    named = {*columns, *DIMENSIONS}
    told = [column for column in sorted(named) if column in source.relation.columns]
    if source.relation.rows:
        frame = asking.reader.run(_statement(source, told, asking.where))[0]
    else:
        frame = pd.DataFrame(columns=told)
    frame = frame.reindex(columns=sorted(named))
    for column in named:
        if column in _MOMENTS:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
        elif column in _NUMBERS:
            frame[column] = pd.to_numeric(frame[column], errors="coerce").astype(float)
        else:
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame


def _statement(source: Source, columns: Sequence[str], where: Where) -> Statement:
    params = Params()
    inner = select(source, columns, params, where=where, undated=True)
    sql = f"select {', '.join(map(quoted, columns))} from ({inner})"
    return Statement(sql, params.used_in(sql), (source.relation.name,), source.scope)


def carried(asking: Asking, name: str) -> bool:
    """Whether applications or places tell a dimension."""
    known = asking.reader.relations()
    return any(dimension(known[relation], name) is not None for relation in ("hires", "places"))
