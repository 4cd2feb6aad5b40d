"""What an audit looks at, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.model import Relation
from data.store.entries import Goal, KeyKpi
from kpi.audit.model import Key
from kpi.catalogue import Catalogue
from kpi.model import Kpi
from kpi.targets import TargetBook


@dataclass(frozen=True)
class Known:
    """A workspace on a day."""

    day: date
    """The day."""
    relations: Mapping[str, Relation]
    """What is loaded."""
    catalogue: Catalogue
    """The definitions."""
    computable: frozenset[str]
    """Ids of KPIs that can be computed."""
    goals: tuple[Goal, ...]
    """Business goals."""
    chosen: tuple[KeyKpi, ...]
    """Key KPIs as somebody chose them."""
    keys: tuple[Key, ...]
    """Those of them that can be computed, in the latest complete month."""
    targets: TargetBook
    """Targets."""
    targets_changed: date | None
    """The last day somebody changed a target."""
    looked: Mapping[str, date]
    """KPI id → the last day somebody looked at it."""
    loaded_on: tuple[date, ...]
    """Days of imports that stand."""
    marks: int
    """Events marked on the time axis."""
    people: tuple[str, ...]
    """Names of the people who are here."""
    links: int
    """Personal links that open."""
    links_opened: int
    """Those that were opened."""
    schemes: int
    """Bonus schemes."""
    approved: int
    """Approved bonuses."""
    asked: frozenset[str]
    """Audiences that answered a survey within half a year: staff, client."""
    audits: tuple[date, ...]
    """Days of the audits kept before."""

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The key KPIs' definitions."""
        return tuple(self.catalogue.get(key.kpi) for key in self.chosen if key.kpi in self.catalogue)

    def aimed_at(self) -> frozenset[str]:
        """KPIs that have a target: somebody's, or the catalogue's own."""
        own = {t.kpi for t in self.targets.targets if t.undone is None and t.kind != "none"}
        return frozenset(own | {kpi.id for kpi in self.catalogue if self.targets.default(kpi) is not None})

    def people_with_targets(self) -> int:
        """People here who have a target of their own."""
        standing = (t for t in self.targets.targets if t.undone is None and t.kind != "none" and t.scope)
        return len({t.scope[1] for t in standing if t.scope and t.scope[0] == "employee"} & {*self.people})
