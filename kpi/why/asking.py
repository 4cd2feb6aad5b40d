"""What has to be counted to explain a change, as plans.

Invariant: every plan is about the same KPI, days and filters, for the Reader's own scope; the days compared are those
the evaluator compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.access.source import dimension
from data.model import DIMENSIONS
from data.schema.loader import facts
from kpi.compile import (
    KINDS,
    Calendar,
    Period,
    Plan,
    Resolution,
    Window,
    earlier,
    elapsed,
    last_year,
    plan_query,
    previous,
)
from kpi.model import Kpi, Query
from kpi.why.model import Asked

HISTORY = 12
"""Equal periods before that tell how much the KPI moves by itself."""
UNUSUAL = ("client", "ad_id")
"""Dimensions of very many members or of numbers: asked only where the KPI's definition offers them."""


@dataclass(frozen=True)
class Question:
    """A change that can be asked about."""

    asked: Asked
    """What was asked."""
    resolution: Resolution
    """The KPI as it can be computed here."""
    reader: Reader
    """The data."""
    period: Period
    """The period."""
    now: date
    """Until when all facts of the KPI go."""

    @property
    def after(self) -> Window | None:
        """The days of the period that have data."""
        return elapsed(self.period, self.now)

    @property
    def before(self) -> Window | None:
        """The days it is compared with; None: there are none."""
        against = self.asked.against
        if isinstance(against, tuple):
            return elapsed(_period(*against), self.now)
        try:
            return (previous if against == "previous" else last_year)(self.period, self.asked.grain, self.now)
        except (OverflowError, ValueError):
            return None  # before the first year that dates can tell

    def plan(
        self,
        by: str | None,
        where: Sequence[tuple[str, tuple[str, ...]]] = (),
        resolutions: Sequence[Resolution] = (),
    ) -> tuple[Plan, tuple[int, int]]:
        """What is counted by a dimension, and the places of before and after on its spine.

        `where`: narrowed further; `resolutions`: of other KPIs than its own.
        """
        against, wanted = self.asked.against, resolutions or (self.resolution,)
        if isinstance(against, tuple):
            return self._numbered(wanted, (_period(*against), self.period), by, where), (0, len(KINDS))
        query = self._query(wanted, by, where, (against,))
        plan = self._planned(query, wanted, Calendar(self.asked.grain, (self.period,)))
        return plan, (KINDS.index("b" if against == "previous" else "y"), 0)

    def history(self) -> tuple[Plan, tuple[int, ...]]:
        """The equal periods before, oldest first, and their places on the spine."""
        found: list[Period] = []
        before = self._earlier(self.period)
        while before is not None and len(found) < HISTORY:
            found.insert(0, before)
            before = self._earlier(before)
        plan = self._numbered((self.resolution,), found, None, ())
        return plan, tuple(place * len(KINDS) for place in range(len(found)))

    def _earlier(self, period: Period) -> Period | None:
        try:
            return earlier(period, self.asked.grain, self.now)
        except (OverflowError, ValueError):
            return None

    def _numbered(
        self,
        resolutions: Sequence[Resolution],
        periods: Sequence[Period],
        by: str | None,
        where: Sequence[tuple[str, tuple[str, ...]]],
    ) -> Plan:
        """A plan of any periods, told apart by their number: two of them may begin on one day."""
        numbered = (Period(date(1, 1, n + 1), p.end, p.window) for n, p in enumerate(periods))
        return self._planned(self._query(resolutions, by, where, ()), resolutions, Calendar("total", tuple(numbered)))

    def _query(
        self,
        resolutions: Sequence[Resolution],
        by: str | None,
        where: Sequence[tuple[str, tuple[str, ...]]],
        compare: tuple[str, ...],
    ) -> Query:
        ids = tuple(r.kpi.id for r in resolutions)
        narrowed = (*self.asked.where, *where)
        return Query(ids, self.asked.since, self.asked.until, self.asked.grain, by, narrowed, compare)  # type: ignore[arg-type]

    def _planned(self, query: Query, resolutions: Sequence[Resolution], calendar: Calendar) -> Plan:
        return plan_query(query, resolutions, self.reader.sources(), calendar, self.reader.scope)


def question(asked: Asked, resolution: Resolution, reader: Reader) -> Question | None:
    """The question about what is loaded; None where nothing of it is."""
    used = [reader.relations()[name] for name in resolution.relations]
    ends = [relation.data_until for relation in used if relation.data_until]
    if not ends or len(ends) < len(used):
        return None
    return Question(asked, resolution, reader, _period(asked.since, asked.until), min(ends))


def _period(since: date, until: date) -> Period:
    return Period(since, until, Window(since, until))


def dimensions(kpi: Kpi, resolution: Resolution, reader: Reader) -> tuple[str, ...]:
    """Everything the KPI can be told by: what its definition offers first, then every other its facts carry.

    A column that the definition itself reads tells nothing: all no-shows have the status «no-show».
    """
    used = [reader.relations()[name] for name in resolution.relations]
    known = [name for fact in facts().values() for name in fact.dimensions]
    offered = [*kpi.slice_by, *(name for name in (*DIMENSIONS, *known) if name not in UNUSUAL)]
    if all(leaf.window == "period" for leaf in resolution.leaves):
        offered.append("weekday")
    else:
        offered = [name for name in offered if name != "weekday"]
    told = {column for _, column in resolution.columns} - set(kpi.slice_by)
    return tuple(
        name
        for name in dict.fromkeys(offered)
        if name not in told and all(dimension(relation, name) for relation in used)
    )
