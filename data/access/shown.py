"""What a scope shows of a relation: which of its columns, amounts and days.

Invariant: a column that is not shown is not there for whoever asks: no KPI that needs it can be computed, no row tells
it, and SQL that names it is refused (`data.access.source.column`).
"""

from dataclasses import replace
from datetime import date
from functools import cache

from data.access.visitor import PERSON
from data.model import PEOPLE, Relation, Scope
from data.schema.loader import facts
from data.store.case_figures import MONEY as OF_CASES


def limited_to(scope: Scope, relation: Relation) -> Relation:
    """The relation as a scope shows it."""
    hidden = _people(scope) | (amounts() if scope.money == "hidden" else frozenset())
    return replace(
        relation,
        columns=relation.columns - hidden,
        own=relation.own - hidden,
        extras=relation.extras if scope.money == "shown" else {},  # nobody knows which of them hold money
        hidden=hidden,
        rounded=amounts() if scope.money == "rounded" else frozenset(),
        first_day=_later(relation.first_day, scope.since),
        data_until=_earlier(relation.data_until, scope.until),
    )


def _people(scope: Scope) -> frozenset[str]:
    """Columns that name people, of whom a scope limited to one person shows no other."""
    return frozenset(PEOPLE) - {PERSON} if PERSON in dict(scope.where) else frozenset()


@cache
def amounts() -> frozenset[str]:
    """Columns of any fact, and of what is derived of them, that hold money."""
    named = frozenset(column.name for fact in facts().values() for column in fact.columns if column.type == "money")
    return named | OF_CASES


def _later(first: date | None, since: date | None) -> date | None:
    return max(first, since) if first is not None and since is not None else first


def _earlier(last: date | None, until: date | None) -> date | None:
    return min(last, until) if last is not None and until is not None else last
