"""What is looked through for one rule and one person's rights.

Invariant: every figure comes through the Reader of whom it is for; what concerns the data as a whole (rows that stopped
coming, imports) is looked for only for whoever sees all of them.
"""

from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.entries.alerts import AlertRule
from data.store.store import Store
from kpi.alerts.model import Place
from kpi.alerts.rights import is_whole
from kpi.custom.joined import catalogue_of
from kpi.evaluate import availability
from kpi.key import key
from kpi.rules import resolve_due
from kpi.target_rows import target_book
from kpi.targets import of_scope
from kpi.watch import Look


@dataclass(frozen=True)
class Inquiry:
    """One look."""

    store: Store
    """The workspace."""
    look: Look
    """The KPIs, targets and members, through the Reader of whom it is for."""
    rule: AlertRule
    """What is looked for."""

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.store.clock().date()

    @property
    def sees_all(self) -> bool:
        """Whether it is for somebody from whom no row is kept."""
        return is_whole(self.look.reader.scope)

    def place(self, member: tuple[str, str] | None) -> Place:
        """A member within what they see; None: all of that."""
        narrowed = dict(self.look.where) | ({member[0]: (member[1],)} if member is not None else {})
        return tuple(sorted(narrowed.items()))


def inquiry(store: Store, rule: AlertRule, scope: Scope = OWNER) -> Inquiry:
    """The look of one rule for whoever has a scope."""
    definitions, reader = catalogue_of(store), Reader(store, scope)
    with store.gate.itself():
        resolve_due(store, definitions)
    seen = {(name, member) for name, members in scope.where for member in members}
    marks = tuple(
        mark
        for mark in store.entries.marks.all(("process_change",))
        if not scope.where or mark.scope is None or mark.scope in seen
    )
    found = availability(reader.relations(), definitions)
    possible = [kpi for kpi in definitions.visible() if found[kpi.id].computable]
    chosen = [kpi for kpi in possible if kpi.id in rule.kpis] if rule.kpis else key(store.entries.key_kpis(), possible)
    return Inquiry(
        store,
        Look(
            reader, definitions, of_scope(target_book(store), scope), tuple(kpi.id for kpi in chosen), marks,
            scope.where, rule.dimensions,
        ),
        rule,
    )  # fmt: skip
