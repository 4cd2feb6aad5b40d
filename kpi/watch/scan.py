"""Looks through KPIs × members for what stands out.

Invariant: the whole is judged by the plain rules; of members, of which many are looked at at once, only what is left
when at most one in twenty of the findings is false (Benjamini–Hochberg) is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.store.entries import Mark
from kpi.catalogue import Catalogue
from kpi.compile import resolve
from kpi.compile.windows import floor, step
from kpi.evaluate import evaluate
from kpi.model import Grain, Query
from kpi.signals.chance import discoveries
from kpi.targets import TargetBook
from kpi.watch.gathering import gathered
from kpi.watch.members import standing_apart
from kpi.watch.series import Scope, Seen, Watched, seen, watched
from kpi.watch.signal import Signal
from kpi.watch.telling import change, seasonal

DIMENSIONS = ("account", "branch", "team", "employee", "weekday")
"""Members that are looked at, the coarse dimensions first."""
PERIODS: dict[Grain, int] = {"day": 120, "week": 78, "month": 37, "quarter": 16, "year": 10}
"""Periods looked back, the running one included."""
RECENT = 6
"""Latest complete periods in which a move must have been seen to be told."""
YEAR = 12
"""Latest complete periods over which members are compared."""
FALSE = 0.05
"""Share of what is told of members that may be noise."""
ENOUGH_MONTHS = 12
"""Months of data below which weeks are looked at instead."""

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Look:
    """What is looked at, and by whom."""

    reader: Reader
    """Every question goes through it."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""
    kpis: tuple[str, ...]
    """KPI ids."""
    marks: tuple[Mark, ...] = ()
    """Changes of process that were marked."""
    where: Where = ()
    """Filters: dimension → members."""
    dimensions: tuple[str, ...] = DIMENSIONS
    """Members that are looked at; none: the whole only."""
    until: date | None = None
    """Last day that is looked at, as if nothing had been known later; None: the last one with data."""

    @property
    def narrowed(self) -> tuple[Scope, ...]:
        """Members the whole is filtered to."""
        return tuple((name, members[0]) for name, members in self.where if len(members) == 1)

    def first_days(self) -> Mapping[str, date | None]:
        """KPI id → first day on which all that it is made of is loaded."""
        relations = self.reader.relations()
        known = {id_: resolve(self.catalogue.get(id_), self.catalogue, relations) for id_ in self.kpis}
        return {
            id_: max((day for name in found.relations if (day := relations[name].first_day)), default=None)
            for id_, found in known.items()
        }


def scan(look: Look, grain: Grain | None = None) -> tuple[Signal, ...]:
    """Everything that stands out, the most telling first; by months, or weeks where there are few months."""
    first, last = _days(look.reader)
    if first is None or last is None:
        return ()
    last = min(last, look.until or last)
    if grain is None:
        grain = "month" if step(first, "month", ENOUGH_MONTHS) <= last else "week"
    whole = _watch(look, None, grain, last)
    newest = max((w.days[-1] for w in whole if w.days), default=None)
    members = [
        w
        for dimension in look.dimensions
        if not any(name == dimension and len(chosen) == 1 for name, chosen in look.where)
        for w in _watch(look, dimension, grain, last)
        if w.days and w.days[-1] == newest  # who is no longer there is no news
    ]
    return stories(whole, members)


def stories(whole: Sequence[Watched], members: Sequence[Watched]) -> tuple[Signal, ...]:
    """What stands out in these series, the most telling first."""
    told = [signal for w in whole for signal in (*change(w, RECENT), *seasonal(w))]
    told += _certain([w for w in members if w.scope and w.scope[0] != "weekday"])
    return gathered(told, standing_apart(members, YEAR))


def _certain(series: Sequence[Watched]) -> list[Signal]:
    """Signals of members that stand although so many were looked at: each of its periods and rules was a chance."""
    changes = [max(change(w, RECENT), key=lambda s: -s.chance, default=None) for w in series]
    looks = RECENT * 4
    stand = discoveries([min(s.chance * looks, 1.0) if s else 1.0 for s in changes], FALSE)
    told = [s for s, stands in zip(changes, stand, strict=True) if s and stands]
    found = [next(iter(seasonal(w)), None) for w in series]
    stand = discoveries([s.chance if s else 1.0 for s in found], FALSE)
    return [*told, *(s for s, stands in zip(found, stand, strict=True) if s and stands)]


def _watch(look: Look, dimension: str | None, grain: Grain, last: date) -> list[Watched]:
    """Every series of every KPI, of the whole or by a dimension."""
    query = Query(
        look.kpis, step(floor(last, grain), grain, 1 - PERIODS[grain]), last, grain, dimension, look.where, ()
    )
    series: dict[tuple[str, str | None], list[Seen]] = {}
    for row in seen(evaluate(look.reader, look.catalogue, query, look.targets).frame):
        if row.is_total == (dimension is None) and (dimension is None or row.member is not None):
            series.setdefault((row.kpi, row.member), []).append(row)
    firsts = look.first_days()
    return [
        watched(
            rows, look.catalogue.get(kpi), grain, first_day=firsts[kpi], marks=look.marks,
            scope=(dimension, member) if dimension and member is not None else None, narrowed=look.narrowed,
        )
        for (kpi, member), rows in series.items()
    ]  # fmt: skip


def courses(look: Look, dimension: str | None = None, grain: Grain = "month") -> list[Watched]:
    """The KPIs' courses as they stand: of the whole, or of each member of a dimension."""
    last = _days(look.reader)[1]
    return _watch(look, dimension, grain, last) if last is not None else []


def _days(reader: Reader) -> tuple[date | None, date | None]:
    """First day, and the last on which something happened."""
    relations = reader.relations().values()
    first = [r.first_day for r in relations if r.first_day and r.name != "staff"]
    last = [r.data_until for r in relations if r.data_until]
    return min(first, default=None), max(last, default=None)
