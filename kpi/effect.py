"""What a change of the data does to the key KPIs.

Invariant: before and after are the same KPIs over the same days, computed by the one evaluator; nothing here knows
whether «after» was committed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.model import IngestReport
from data.store.entries import KeyKpi
from data.store.readable import Readable
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.evaluate import availability, evaluate
from kpi.key import key
from kpi.model import Kpi, Query
from kpi.target_rows import target_book
from kpi.targets import TargetBook


@dataclass(frozen=True)
class Effect:
    """One KPI before and after."""

    kpi: Kpi
    """The KPI."""
    before: float | None
    """Its value now; None: not computable, or no rows."""
    after: float | None
    """Its value afterwards."""

    @property
    def changes(self) -> bool:
        """The two differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Effects:
    """What a change does."""

    days: tuple[date, date] | None
    """The days that are compared; None: all."""
    kpis: tuple[Effect, ...]
    """The key KPIs, in their order."""


@dataclass(frozen=True)
class Comparer:
    """Compares a workspace as it stands with what it would be."""

    before: Readable
    """As it stands."""
    chosen: tuple[KeyKpi, ...]
    """Key KPIs that were chosen."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""

    def imported(self, after: Readable, reports: Sequence[IngestReport]) -> Effects:
        """The key KPIs over the days an import changes, or over all where it changes none."""
        periods = [report.period for report in reports if report.period]
        days = (min(first for first, _ in periods), max(last for _, last in periods)) if periods else None
        return self.over(days, after)

    def over(self, days: tuple[date, date] | None, after: Readable) -> Effects:
        """The key KPIs over these days."""
        possible = _computable(self.before, self.catalogue) | _computable(after, self.catalogue)
        kpis = key(self.chosen, [kpi for kpi in self.catalogue.visible() if kpi.id in possible])
        old, new = (self._values(state, kpis, days) for state in (self.before, after))
        return Effects(days, tuple(Effect(kpi, old.get(kpi.id), new.get(kpi.id)) for kpi in kpis))

    def _values(self, state: Readable, kpis: Sequence[Kpi], days: tuple[date, date] | None) -> dict[str, float | None]:
        since, until = days or (None, None)
        query = Query(tuple(kpi.id for kpi in kpis), since, until, compare=())
        frame = evaluate(Reader(state), self.catalogue, query, self.targets).frame
        totals = frame[frame["is_total"].astype(bool)]
        return {
            kpi: None if math.isnan(value) else float(value)
            for kpi, value in zip(totals["kpi"], totals["value"].astype(float), strict=True)
        }


def comparer(store: Store, catalogue: Catalogue) -> Comparer:
    """What compares with a workspace as it stands now."""
    return Comparer(store, store.entries.key_kpis(), catalogue, target_book(store))


def _computable(state: Readable, catalogue: Catalogue) -> set[str]:
    return {id_ for id_, known in availability(state.relations(), catalogue).items() if known.computable}
