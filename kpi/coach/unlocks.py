"""Which missing column would make which KPIs computable.

Invariant: a column is said to unlock a KPI only where it is all that KPI lacks, alone or with the columns named beside
it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.evaluate import Availability

Columns = tuple[tuple[str, str], ...]
"""(fact, column), sorted."""


@dataclass(frozen=True)
class Unlock:
    """What loading some columns would bring."""

    columns: Columns
    """What would have to be loaded."""
    kpis: tuple[str, ...]
    """What could be computed then that cannot be now, by the KPIs' order."""


def unlocks(found: Iterable[Availability]) -> tuple[Unlock, ...]:
    """What would be gained, the most for the fewest columns first."""
    lacking = {one.kpi.id: frozenset(one.missing) for one in found if not one.computable and one.missing}
    gained = [
        Unlock(tuple(sorted(columns)), tuple(kpi for kpi, missing in lacking.items() if missing <= columns))
        for columns in dict.fromkeys(lacking.values())
    ]
    return tuple(sorted(gained, key=lambda one: (-len(one.kpis) / len(one.columns), one.columns)))
