"""The temp table of cells that every reader fills, before rows are left out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data.ingest.read.characters import SPACES
from data.ingest.read.native import Native
from data.ingest.read.table import cells_of


@dataclass(frozen=True)
class Cells:
    """A temp table with columns c0…; no row of it is ever deleted, so that row ids stay."""

    name: str
    """The RawTable's name; the cells themselves stand in `table`."""
    width: int
    """Number of columns."""
    line: str
    """SQL of the line number: the column `line`, or computed from `rowid`."""
    typed: Mapping[int, Native] = field(default_factory=dict)
    """Columns typed while they were read; all others are text."""
    verbatim: bool = False
    """Cells may begin and end with white space, or hold nothing else."""

    @property
    def table(self) -> str:
        """The temp table."""
        return cells_of(self.name)

    @property
    def columns(self) -> str:
        """c0, c1, … as SQL."""
        return ", ".join(f"c{i}" for i in range(self.width))

    @property
    def texts(self) -> str:
        """The same, each as text without white space around it; NULL where nothing is left."""
        return ", ".join(map(self.text, range(self.width)))

    def text(self, column: int) -> str:
        """One of them."""
        if self.verbatim:
            return f"nullif(trim(c{column}, '{SPACES}'), '')"
        return f"cast(c{column} as varchar)" if column in self.typed else f"c{column}"

    def count(self, con: duckdb.DuckDBPyConnection) -> int:
        """Number of rows."""
        return number(con, f'select count(*) from "{self.table}"')


def number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one whole number a query answers with."""
    row = con.execute(sql).fetchone()
    assert row is not None, "an aggregate always has one row"
    return int(row[0])


def literal(path: Path) -> str:
    """The path for DuckDB's readers, with the signs of patterns taken literally."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
