"""Where a report's figures come from.

Invariant: every question goes through one Reader; for one person it is narrowed to that person, so that nothing of
anybody else can be in their report, whoever has it made.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.entries import Entries, Mark
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.custom.joined import catalogue_of
from kpi.evaluate import availability
from kpi.key import key
from kpi.model import Kpi
from kpi.people.asking import Asking
from kpi.report.model import PERSON, Subject
from kpi.rules import resolve_due
from kpi.target_rows import target_book
from kpi.targets import TargetBook, of_scope

NAME = "business_name"
"""Setting: what the business is called in its reports."""


@dataclass(frozen=True)
class Asked:
    """Everything reports are composed from."""

    reader: Reader
    """Every question about the data goes through it."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets that may be seen."""
    entries: Entries
    """Key KPIs, comments, marks."""
    made_at: datetime
    """When, by the clock of the workspace."""
    business: str = ""
    """What the business is called."""
    chosen: tuple[str, ...] = ()
    """KPI ids somebody chose for the report; none: the key ones."""

    def narrowed(self, subject: Subject) -> "Asked":
        """The same for one subject: of a person, that person's rows and targets alone."""
        if not subject.is_person:
            return self
        reader = self.reader.narrowed(PERSON, subject.member)
        return replace(self, reader=reader, targets=of_scope(self.targets, reader.scope))

    def kpis(self, dimension: str | None) -> tuple[Kpi, ...]:
        """The KPIs of a report about a member of a dimension; None: about the whole."""
        if self.chosen:
            return tuple(self.catalogue.get(id_) for id_ in self.chosen)
        if dimension == PERSON:
            return Asking(self.reader, self.catalogue, self.targets, tuple(kpi.id for kpi in self._key)).kpis()
        return self._key

    @property
    def key_ids(self) -> frozenset[str]:
        """Ids of the key KPIs."""
        return frozenset(kpi.id for kpi in self._key)

    @cached_property
    def _key(self) -> tuple[Kpi, ...]:
        known = availability(self.reader.relations(), self.catalogue)
        possible = tuple(kpi for kpi in self.catalogue.visible() if kpi.id in known and known[kpi.id].computable)
        return key(self.entries.key_kpis(), possible)

    def marks(self) -> tuple[Mark, ...]:
        """Changes of process about everybody, or about whom the scope shows."""
        shown = self.shown
        found = self.entries.marks.all(("process_change",))
        return tuple(mark for mark in found if shown is None or mark.scope is None or mark.scope in shown)

    @property
    def shown(self) -> frozenset[tuple[str, str]] | None:
        """(dimension, member) the scope shows; None: it is limited to none."""
        where = self.reader.scope.where
        return frozenset((name, member) for name, members in where for member in members) if where else None


def asking(store: Store, scope: Scope = OWNER, chosen: tuple[str, ...] = (), business: str = "") -> Asked:
    """What reports for somebody are composed from. `business`: its name where it was given none of its own."""
    catalogue = catalogue_of(store)
    resolve_due(store, catalogue)
    name = str(store.entries.settings.get(NAME) or business)
    book = of_scope(target_book(store), scope)
    ids = tuple(dict.fromkeys(catalogue.get(id_).id for id_ in chosen))
    return Asked(Reader(store, scope), catalogue, book, store.entries, store.clock(), name, ids)
