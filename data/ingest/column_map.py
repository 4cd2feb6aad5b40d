"""What a person (or a guess) says about a table: which fact it is and which column holds what.

Invariant: a mapping names columns by their header text, never by position; headers are compared normalised, so that
«Дата  визита» and «дата визита» are one.
"""

import hashlib
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace

from data.schema.names import normalise


@dataclass(frozen=True)
class ColumnMap:
    """Where one column of the fact comes from."""

    target: str
    """Column of the fact."""
    source: str | None = None
    """Header text as found in the file."""
    expression: str | None = None
    """Or a comparison with a constant over the file's headers: `reopen_count > 0`."""
    format: str | None = None
    """How times or numbers are written («D/M/YYYY», «decimal comma»); None: settled by the whole column."""
    words: MappingOf[str, str] = field(default_factory=dict)
    """Cell word → canonical word, in addition to the schema's."""
    otherwise: str | None = None
    """Canonical word for every other non-empty cell."""
    constant: str | None = None
    """The same value for every row."""
    clock: str | None = None
    """Header of a second column that holds the time of day of a date."""
    confidence: float = 1.0
    """0…1: how sure the guess is."""
    contains: MappingOf[str, str] = field(default_factory=dict)
    """Part of a cell → canonical word, looked for in this order where the whole cell has no meaning."""


@dataclass(frozen=True)
class Unpivot:
    """A wide table whose columns become rows."""

    columns: tuple[str, ...]
    """Headers of the columns that become rows."""
    name_to: str
    """Target column that takes the header."""
    value_to: str
    """Target column that takes the cell."""
    constants: MappingOf[str, str] = field(default_factory=dict)
    """Target column → the same value for every row (survey, audience, scale_min, scale_max)."""


@dataclass(frozen=True)
class Mapping:
    """How one table becomes rows of one fact."""

    fact: str
    """Name of the fact."""
    columns: tuple[ColumnMap, ...]
    """One entry a mapped target column."""
    key: tuple[str, ...] | None = None
    """Target columns that identify a row; None: the schema's."""
    version: str | None = None
    """Header of the column whose highest value wins per key."""
    unpivot: Unpivot | None = None
    """Set where the table is wide."""
    sheet: str | None = None
    """Sheet it belongs to; None: any."""

    def target(self, name: str) -> ColumnMap | None:
        """The entry of a target column, or None where it is not mapped."""
        return next((column for column in self.columns if column.target == name), None)

    @property
    def targets(self) -> frozenset[str]:
        """Target columns that have an entry."""
        return frozenset(column.target for column in self.columns)

    def giving(self, target: str, value: str | None) -> "Mapping":
        """The same with a value given for every row of a dimension that no column fills."""
        entry = self.target(target)
        if not value or (entry is not None and entry.constant is None):
            return self
        others = tuple(column for column in self.columns if column is not entry)
        return replace(self, columns=(*others, ColumnMap(target, constant=value)))

    def without(self, target: str) -> "Mapping":
        """The same without a target column."""
        return replace(self, columns=tuple(column for column in self.columns if column.target != target))

    def adding(self, *columns: ColumnMap) -> "Mapping":
        """The same mapping with entries for target columns that have none yet."""
        fresh = tuple(column for column in columns if column.target not in self.targets)
        return replace(self, columns=self.columns + fresh) if fresh else self


def find_header(header: tuple[str, ...], wanted: str) -> int | None:
    """Position of the column with that header: exactly so, else normalised; None if there is none."""
    if wanted in header:
        return header.index(wanted)
    names = [normalise(name) for name in header]
    name = normalise(wanted)
    return names.index(name) if name and name in names else None


def signature(header: tuple[str, ...]) -> str:
    """A fingerprint of a table's headers, the same in any column order and spelling of spaces and case."""
    names = sorted({name for name in map(normalise, header) if name})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
