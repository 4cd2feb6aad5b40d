"""One mapped column and how it is read."""

from dataclasses import dataclass

from data.ingest.clean import times
from data.ingest.clean.reading import Cells, Reading
from data.ingest.column_map import ColumnMap
from data.model import Column


@dataclass(frozen=True)
class Settled:
    """One target column and how it is read."""

    column: Column
    """Column of the fact."""
    source: ColumnMap
    """The mapping's entry, with header or expression told apart."""
    reading: Reading
    """How it is read."""
    clock: Cells | None = None
    """The cells of a second column that holds the time of day."""

    @property
    def cells(self) -> Cells | None:
        """The cells it comes from, counted; None for constants and expressions."""
        return self.reading.cells

    @property
    def value(self) -> str:
        """SQL of the typed value, with the time of day of a second column."""
        return times.with_clock(self.reading.sql, self.clock) if self.clock is not None else self.reading.sql
