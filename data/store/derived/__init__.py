"""Relations computed when something is published, before any filter or scope.

Invariant: a derived relation is a pure function of the live rows of its facts and the day; it is made anew, whole, in
the transaction that changed them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from data.store.derived import ad_costs, ad_days, shift_days, staff_days, staff_posts, visits


@dataclass(frozen=True)
class Derived:
    """A relation computed from facts."""

    name: str
    """Public name, also its table."""
    facts: tuple[str, ...]
    """Facts it is made from: it is remade when one of them changes."""
    make: Callable[[duckdb.DuckDBPyConnection, date], None]
    """Fills its table; the day is today."""
    computed: frozenset[str]
    """Columns it always has values in; others it has where one of its facts has them."""
    define: Callable[[duckdb.DuckDBPyConnection], None] | None = None
    """Makes its view, where it is a view of its fact; else it is a table."""
    ahead: bool = False
    """It is made further than its last day; what lies beyond is not «upcoming»."""


DERIVED: Mapping[str, Derived] = {
    made.name: made
    for made in (
        Derived("visits", ("orders",), visits.make, visits.COMPUTED, visits.define),
        Derived("staff_posts", ("staff",), staff_posts.make, staff_posts.COMPUTED),
        Derived("staff_days", ("staff",), staff_days.make, staff_days.COMPUTED, ahead=True),
        Derived("shift_days", ("shifts", "orders"), shift_days.make, shift_days.COMPUTED),
        Derived("ad_days", ("ads",), ad_days.make, ad_days.COMPUTED),
        Derived("ad_costs", ("ads", "expenses"), ad_costs.make, ad_costs.COMPUTED),
    )
}
"""In the order in which they are made: each may read those before it."""


def affected(facts: Iterable[str]) -> tuple[Derived, ...]:
    """What must be made anew when these facts changed."""
    changed = set(facts)
    return tuple(made for made in DERIVED.values() if changed & set(made.facts))
