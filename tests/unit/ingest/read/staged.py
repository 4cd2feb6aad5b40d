"""A staged table with its rows at hand, and the fixtures that make one."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from data.ingest.read import RawTable
from data.model import Finding


@dataclass(frozen=True)
class Staged:
    """A staged table with its rows at hand."""

    raw: RawTable
    """What `stage` returned."""
    rows: list[tuple[str | None, ...]]
    """Cells in the order of the file."""
    lines: list[int]
    """Line of each row."""

    def has(self, rule: str) -> bool:
        """Whether there is a finding of that rule."""
        return any(finding.rule == rule for finding in self.raw.findings)

    def finding(self, rule: str) -> Finding:
        """The finding of that rule."""
        return next(finding for finding in self.raw.findings if finding.rule == rule)


Tables = Callable[..., list[Staged]]
"""Path and sheet → every table."""

Text = Callable[..., Staged]
"""Content of a text file and its encoding → the table."""


def fetch(con: duckdb.DuckDBPyConnection, raw: RawTable) -> Staged:
    """The table with its rows."""
    rows = con.execute(f'select * from "{raw.table}" order by line').fetchall()
    assert len(rows) == raw.rows
    return Staged(raw, [row[:-1] for row in rows], [row[-1] for row in rows])
