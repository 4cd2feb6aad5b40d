"""Relations computed of what is published, before any filter or scope.

Invariant: a derived relation is a pure function of the live rows of its facts and the day; it is made anew, whole, in
the transaction that changed them, or emptied there and made when it is first read (data/store/owed.py).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from data.store.derived import ad_costs, ad_days, cases, hires, places, shift_days, staff_days, staff_posts, visits


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
    later: "Later | None" = None
    """How it is left to be made when it is first read; None: it is made at once."""
    ahead: bool = False
    """It is made further than its last day; what lies beyond is not «upcoming»."""
    until_latest: bool = False
    """It goes as far as the latest of its facts; else as its first does."""


@dataclass(frozen=True)
class Later:
    """A relation that costs too much to be made before anybody asks for it."""

    empty: Callable[[duckdb.DuckDBPyConnection], None]
    """Makes its table without rows."""
    rows: Callable[[duckdb.DuckDBPyConnection], str]
    """SQL of the rows it will have, by which they are counted."""
    make_own: Callable[[duckdb.DuckDBPyConnection], None]
    """Makes it for one cursor alone."""


DERIVED: Mapping[str, Derived] = {
    made.name: made
    for made in (
        Derived("visits", ("orders",), visits.make, visits.COMPUTED, Later(visits.empty, visits.rows, visits.make_own)),
        Derived("staff_posts", ("staff",), staff_posts.make, staff_posts.COMPUTED),
        Derived("staff_days", ("staff",), staff_days.make, staff_days.COMPUTED, ahead=True),
        Derived("shift_days", ("shifts", "orders"), shift_days.make, shift_days.COMPUTED),
        Derived("ad_days", ("ads",), ad_days.make, ad_days.COMPUTED),
        Derived("ad_costs", ("ads", "expenses"), ad_costs.make, ad_costs.COMPUTED, until_latest=True),
        Derived("cases", ("events", "staff"), cases.make, cases.COMPUTED),
        Derived("hires", ("applicants", "vacancies"), hires.make, hires.COMPUTED),
        Derived("places", ("vacancies", "applicants"), places.make, places.COMPUTED, until_latest=True),
    )
}
"""In the order in which they are made: each may read those before it."""


def affected(facts: Iterable[str]) -> tuple[Derived, ...]:
    """What must be made anew when these facts changed."""
    changed = set(facts)
    return tuple(made for made in DERIVED.values() if changed & set(made.facts))
