"""Catalogue + Query + sources → Plan (pure): what is counted of which rows in which days, and the arithmetic after it.

Invariant: a plan says all there is to say about an answer; SQL and arrays are two ways to carry it out and know nothing
more. Formulas come last, at each level, from aggregates of that level; comparisons are by window, never by position.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.expression import Node, Params
from data.model import Scope, Source
from kpi.compile.resolve import Resolution
from kpi.compile.scans import Scan
from kpi.compile.windows import Calendar, Period, Window, elapsed, instead, last_year, previous
from kpi.formula import Measure, formula, is_limited_to, parsed
from kpi.model import Kpi, Query

KINDS = ("n", "b", "y")
"""Now, the period before, the year before: the kinds of row of the spine, by number."""
PRIVATE_RELATION = "surveys"
"""Relation whose staff answers are shown only for five people or more."""

Compared = tuple[Window | None, Window | None, Window | None]
"""The windows of a period, one a kind."""


@dataclass(frozen=True)
class Spot:
    """One row of the spine: a period, or one it is compared with."""

    period: date
    """First day of the period it belongs to."""
    kind: int
    """Place in KINDS."""
    windows: tuple[int | None, ...]
    """Per horizon the number of its window."""
    days: tuple[int | None, ...]
    """Per horizon how many days that is."""
    loaded: tuple[bool, ...]
    """Per scan whether its relation has data there: only then no rows mean that nothing happened."""


@dataclass(frozen=True)
class Plan:
    """How a query is answered."""

    query: Query
    """What is asked."""
    scope: Scope
    """For whom."""
    calendar: Calendar
    """Its periods."""
    resolutions: tuple[Resolution, ...]
    """Its KPIs."""
    leaves: tuple[Kpi, ...]
    """The values they are computed from."""
    private: frozenset[str]
    """Leaves made of staff answers."""
    horizons: tuple[date, ...]
    """Last days of the facts, ascending: facts that end on different days are compared each like for like."""
    scans: tuple[Scan, ...]
    """What is read."""
    ids: Mapping[Window, int]
    """The windows that are needed, numbered."""
    spine: tuple[Spot, ...]
    """Every period with what it is compared with."""
    params: Params
    """Values of the places in the SQL of its parts."""

    @property
    def measures(self) -> dict[str, Measure]:
        """Leaf id → its measure."""
        return {id_: measure for scan in self.scans for id_, measure in scan.measures.items()}

    @property
    def people(self) -> dict[str, str]:
        """Private leaf id → the column that counts its respondents."""
        return {id_: scan.count_people() for scan in self.scans for id_ in scan.measures if id_ in self.private}

    @property
    def seconds(self) -> float | None:
        """Longest the query may run: what its strictest KPI allows."""
        kpis = [*(resolution.kpi for resolution in self.resolutions), *self.leaves]
        return min((kpi.seconds for kpi in kpis if kpi.seconds is not None), default=None)

    def values(self) -> list[Node]:
        """Arithmetic of every KPI over aggregate columns and days{horizon}."""
        leaves = {id_: measure.value for id_, measure in self.measures.items()}
        return [self._value(resolution, leaves) for resolution in self.resolutions]

    def end(self, relation: str) -> date:
        """Last day of a relation's data."""
        return _end(next(scan.source for scan in self.scans if scan.source.relation.name == relation), self.calendar)

    def horizon(self, relation: str) -> int:
        """Which of the horizons is the relation's."""
        return self.horizons.index(self.end(relation))

    def needed(self, scan: Scan) -> list[Window]:
        """The windows that the scan's relation is shown or compared in."""
        place = self.horizon(scan.source.relation.name)
        found = {spot.windows[place] for spot in self.spine}
        return [window for window, number in self.ids.items() if number in found]

    def _value(self, resolution: Resolution, leaves: Mapping[str, Node]) -> Node:
        if resolution.kpi.kind == "value":
            return leaves[resolution.kpi.id]
        inner = {**leaves, **{part.kpi.id: self._value(part, leaves) for part in resolution.formulas}}
        days = f"days{self.horizon(resolution.relations[0])}"
        return formula(resolution.tree, inner, resolution.chosen, days)


def is_private(kpi: Kpi) -> bool:
    """Whether a value is made of staff answers."""
    return kpi.relation == PRIVATE_RELATION and not is_limited_to(parsed(kpi.definition), "audience", "client")


def plan_query(
    query: Query, resolutions: Sequence[Resolution], sources: Mapping[str, Source], calendar: Calendar, scope: Scope
) -> Plan:
    """The plan of all KPIs of a query; each must be computable and sliceable as asked."""
    leaves = tuple(dict.fromkeys(leaf for r in resolutions for leaf in r.leaves))
    private = frozenset(leaf.id for leaf in leaves if is_private(leaf))
    params = Params()
    scans = _scans(leaves, private, sources, query, params, calendar)
    ends = {scan.source.relation.name: _end(scan.source, calendar) for scan in scans}
    horizons = tuple(sorted(set(ends.values())))
    ids: dict[Window, int] = {}
    spine = tuple(_spine(query, calendar, scans, horizons, ids))
    return Plan(query, scope, calendar, tuple(resolutions), leaves, private, horizons, scans, ids, spine, params)


def _end(source: Source, calendar: Calendar) -> date:
    return source.relation.data_until or calendar.until


def _scans(
    leaves: Sequence[Kpi],
    private: frozenset[str],
    sources: Mapping[str, Source],
    query: Query,
    params: Params,
    calendar: Calendar,
) -> tuple[Scan, ...]:
    scans: dict[tuple[str, str | None, str], Scan] = {}
    for leaf in leaves:
        source = sources[leaf.relation or ""]
        key = (source.relation.name, leaf.time, leaf.window)
        scan = scans.setdefault(key, Scan(f"s{len(scans)}", source, query, params, leaf.time, leaf.window))
        scan.add(leaf, datetime.combine(_end(source, calendar), time()) + timedelta(days=1))
        if leaf.id in private:
            scan.count_people()
    return tuple(scans.values())


def _spine(
    query: Query, calendar: Calendar, scans: Sequence[Scan], horizons: Sequence[date], ids: dict[Window, int]
) -> list[Spot]:
    """Every part of a KPI covers, in the period it is compared with, as many days as it has now."""
    at = [horizons.index(_end(scan.source, calendar)) for scan in scans]
    spots = []
    for period in calendar.periods:
        compared = [_compared(query, period, calendar, now) for now in horizons]
        for kind in range(len(KINDS)):
            windows = [of_now[kind] for of_now in compared]
            numbers = tuple(None if w is None else ids.setdefault(w, len(ids)) for w in windows)
            days = tuple(None if w is None else (w.until - w.since).days + 1 for w in windows)
            loaded = tuple(_is_loaded(scan, windows[place]) for scan, place in zip(scans, at, strict=True))
            spots.append(Spot(period.start, kind, numbers, days, loaded))
    return spots


def _compared(query: Query, period: Period, calendar: Calendar, now: date) -> Compared:
    wanted, grain = query.compare, calendar.grain
    before = None
    if "previous" in wanted:
        other = query.against
        before = instead(period, calendar, now, other) if other else previous(period, grain, now)
    return elapsed(period, now), before, last_year(period, grain, now) if "year" in wanted else None


def _is_loaded(scan: Scan, window: Window | None) -> bool:
    first = scan.source.relation.first_day
    return window is not None and first is not None and window.until >= first
