"""What is counted of rows: the aggregates of one scan, as SQL or for whoever counts them otherwise.

Invariant: an aggregate means the same to all who answer it; its row-level parts are SQL of the scan's columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data.expression import Node

Function = Literal["count", "distinct", "sum", "median", "minimum", "maximum"]
_ZERO: frozenset[Function] = frozenset({"count", "distinct", "sum"})


@dataclass(frozen=True)
class Aggregate:
    """One number of a group of rows."""

    function: Function
    """What is made of the values."""
    value: str = ""
    """SQL of the row's value; empty where rows are counted."""
    conditions: tuple[str, ...] = ()
    """SQL conditions: a row counts where all hold."""
    unit_key: str | None = None
    """SQL of the key that is counted once, where a key can have several rows."""

    @property
    def is_zero(self) -> bool:
        """Whether it is 0 where a loaded period has no rows (counts and sums); else it is unknown."""
        return self.function in _ZERO

    @property
    def adds_up(self) -> bool:
        """Whether that of all rows is the sum of its members': no key or thing is counted by two of them."""
        return self.function in ("count", "sum") and self.unit_key is None

    @property
    def sql(self) -> str:
        """The aggregate as SQL."""
        return self._computed() if self._is_once else _SQL[self.function].format(self._counted()) + self._filter()

    @property
    def _is_once(self) -> bool:
        return self.function == "median" and self.unit_key is not None

    def _counted(self) -> str:
        if self.function != "count":
            return self.value
        return f"distinct {self.unit_key}" if self.unit_key else "*"

    def _computed(self) -> str:
        """The median of values that are the key's, however many rows it has."""
        once = f"list(distinct {{'key': {self.unit_key}, 'value': ({self.value})::double}})" + self._filter()
        return f"list_median(list_transform({once}, lambda unit: unit.value))"

    def _filter(self) -> str:
        return f" filter (where {' and '.join(self.conditions)})" if self.conditions else ""


_SQL: Mapping[Function, str] = {
    "count": "count({})",
    "distinct": "count(distinct {})",
    "sum": "sum({})",
    "median": "median(({})::double)",
    "minimum": "min({})",
    "maximum": "max({})",
}


@dataclass
class Aggregates:
    """The aggregate columns of one scan; equal ones are computed once."""

    prefix: str
    """First letters of the columns' names."""
    columns: dict[Aggregate, str] = field(default_factory=dict)
    """Aggregate → column name."""

    def place(self, aggregate: Aggregate) -> str:
        """The column that holds this aggregate."""
        return self.columns.setdefault(aggregate, f"{self.prefix}{len(self.columns)}")


@dataclass(frozen=True)
class Measure:
    """One value definition over the aggregate columns of its scan."""

    value: Node
    """Arithmetic over those columns."""
    rows: str
    """Column: rows the definition selects."""
    used: str
    """Column: those of them whose cells are known."""
    eligible: str
    """Column: rows selected, or not known whether."""
