"""What is counted of a fact ahead of any question: by day and by month, whole and by each of its dimensions.

Invariant: a rollup holds, for its days and months, exactly what the same aggregates give over the rows themselves; it
is read only where it is known to hold for the data as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Adding = Literal["sum", "min", "max"]
"""How an aggregate of several days follows from those of each."""


RollupState = tuple[str, int, int]
"""Table, version of the data, and how often the table was changed: a statement that reads it holds for these alone."""


@dataclass(frozen=True)
class Ahead:
    """One aggregate that is counted ahead."""

    sql: str
    """Its SQL over the rows, with places for values."""
    identity: str
    """The same with its values written out: who asks for an aggregate finds it by this."""
    adding: Adding | None
    """How days add up; None: they do not (medians, different clients), and it is known of whole months only."""


@dataclass(frozen=True)
class Definition:
    """A rollup as it is wanted: all that is counted of a fact by one of its times."""

    name: str
    """Its own name, a part of its table's."""
    relation: str
    """The fact."""
    time: str | None
    """Time column that places the rows; None: the business date."""
    rows: str
    """SELECT of `day`, the dimensions, what identifies a row and all columns that are counted, of everybody's rows."""
    params: Mapping[str, Any]
    """Values of the places."""
    dimensions: tuple[str, ...]
    """Dimensions it is counted by, each alone."""
    aggregates: tuple[Ahead, ...]
    """What is counted, in the order of the columns."""
    moving: tuple[str, ...]
    """SQL of what can change of a row that stays the same: what hangs on the present day, on staff, on merged names."""
    structure: str
    """Tells this definition from any other that would count otherwise, whatever the present day."""

    @property
    def table(self) -> str:
        """Its table of days."""
        return f"rollup_{self.name}"

    @property
    def months(self) -> str:
        """Its table of months."""
        return f"{self.table}_months"

    @property
    def stamp(self) -> str:
        """The same with the present day in it: what it counts, to the value."""
        return "\n".join((self.structure, *(ahead.identity for ahead in self.aggregates)))


@dataclass(frozen=True)
class Rollup:
    """A rollup that stands ready."""

    table: str
    """Its table of days."""
    months: str
    """Its table of months."""
    state: RollupState
    """The state in which it is ready."""
    time: str | None
    """Time column that placed the rows; None: the business date."""
    dimensions: frozenset[str]
    """Dimensions it can be sliced or filtered by, one at a time."""
    columns: Mapping[str, tuple[str, Adding | None]]
    """Identity of an aggregate → its column, and how days of it add up."""
