"""How one column's cells become typed values, and the cells they are made from.

Invariant: a reading never changes the meaning of a cell it is unsure of: such a cell becomes NULL, is counted, and up
to five examples of it are kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from data.expression import Params
from data.ingest.read.native import Native
from data.message import Message
from data.model import Finding

EXAMPLES = 5
"""Cells quoted in a finding."""
Evidence = dict[str, list[tuple[Any, ...]]]
"""SELECT over a staged table, its values written out → its rows."""
_PLACE = re.compile(r"\$(v\d+)\b")


@dataclass(frozen=True)
class Cells:
    """The cells of one staged column."""

    table: str
    """Staged table."""
    column: str
    """Its column there (c0, c1, …)."""
    header: str
    """Header as found."""
    sql: str
    """Expression over the table: the cell, NULL where it holds a word for «missing»."""
    filled: int
    """Cells that are not empty and not such a word."""
    sample: tuple[str, ...] = ()
    """Some of its cells, to choose the first hypothesis by."""
    missing: int = 0
    """Cells that hold a word for «missing», as far as they were counted."""
    native: Native | None = None
    """Set where the reader typed the column: it holds values, and no cell was unreadable."""

    @property
    def example(self) -> str:
        """One of them, to speak of."""
        return self.sample[0] if self.sample else ""


@dataclass(frozen=True)
class Reading:
    """Typed values of one target column."""

    sql: str
    """Expression over the staged table; its places are in the statement's Params."""
    cells: Cells | None = None
    """The cells it reads, counted; None for constants and expressions."""
    format: str | None = None
    """How the cells are written, in the words a mapping uses; None for texts and words."""
    unit: str | None = None
    """What amounts, durations or shares are counted in, in the words a mapping uses; None where nothing says so."""
    unreadable: int = 0
    """Cells that hold something but give no value."""
    examples: tuple[str, ...] = ()
    """Up to five of them."""
    question: Message | None = None
    """What a person must decide before the column can be trusted."""
    choices: tuple[str, ...] = ()
    """Formats that would answer it."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Words nobody has given a meaning, with their counts, most frequent first."""
    findings: tuple[Finding, ...] = ()
    """What was seen and done."""


@dataclass
class Session:
    """One settling of one table: the connection and the values its expressions refer to."""

    con: duckdb.DuckDBPyConnection
    """Cursor the staged tables live on."""
    params: Params = field(default_factory=lambda: Params("v"))
    """Values of the places in every expression made for this table."""
    evidence: Evidence = field(default_factory=dict)
    """What was counted in the staged table before: it never changes, so a count is taken once."""
    typed: Mapping[int, Native] = field(default_factory=dict)
    """Columns of the staged table that the reader typed."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a SELECT over the made expressions."""
        places = self.places(sql)
        asked = _PLACE.sub(lambda place: repr(places[place[1]]), sql)
        if asked not in self.evidence:
            self.evidence[asked] = self.con.execute(sql, places).fetchall()
        return self.evidence[asked]

    def row(self, sql: str) -> tuple[Any, ...]:
        """The first row."""
        return self.rows(sql)[0]

    def counts(self, sql: str) -> tuple[int, ...]:
        """The first row of a SELECT of counts; `count_if` over nothing known is 0, not NULL."""
        return tuple(int(value or 0) for value in self.row(sql))

    def run(self, sql: str) -> None:
        """A statement without a result."""
        self.con.execute(sql, self.places(sql))

    def places(self, sql: str) -> Mapping[str, Any]:
        """Only the values a statement names; DuckDB refuses others."""
        named = set(_PLACE.findall(sql))
        return {name: value for name, value in self.params.values.items() if name in named}

    def examples(self, cells: Cells, value: str) -> tuple[str, ...]:
        """Distinct cells that the expression `value` cannot read, in file order."""
        found = self.rows(
            f"select {cells.column} from {cells.table} where ({cells.sql}) is not null and ({value}) is null "
            f"group by 1 order by min(line) limit {EXAMPLES}"
        )
        return tuple(str(cell) for (cell,) in found)

    def with_unreadable(self, cells: Cells, reading: Reading) -> Reading:
        """The reading with the cells it gives no value for counted, and some of them quoted."""
        (read,) = self.counts(f"select count({reading.sql}) from {cells.table}")
        unreadable = cells.filled - read
        return (
            replace(reading, unreadable=unreadable, examples=self.examples(cells, reading.sql))
            if unreadable
            else reading
        )
