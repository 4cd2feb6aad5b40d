"""The table as it stands in the file: text cells in DuckDB, before any meaning is given to them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from data.ingest.read.native import Native
from data.model import Finding


@dataclass(frozen=True)
class UnreadSheet:
    """A sheet of a workbook that gave no table."""

    name: str
    """Its name."""
    hidden: bool
    """It is hidden and was left alone; otherwise it holds no table: it is empty, a chart, or a header without rows."""


@dataclass(frozen=True)
class RawTable:
    """One table of one file."""

    table: str
    """TEMP relation in the connection it was staged with: c0…cn VARCHAR (trimmed; NULL where empty) and `line` BIGINT,
    1-based in the file or sheet. It may be a view over a temp table, with `line` computed from the row id: as fast to
    read as a table, not to be written to. `drop` removes it."""
    file: str
    """File name without its folder."""
    sheet: str | None
    """Sheet of a workbook; None for files that have none."""
    header: tuple[str, ...]
    """Header texts as found, one a column ("" if blank; never renamed); empty if there is no header row."""
    rows: int
    """Records, without title, blank and total rows."""
    findings: tuple[Finding, ...]
    """What was seen, skipped and repaired (step "read")."""
    records_header: bool
    """False: no header row was recognised and the first row is data."""
    typed: Mapping[int, Native] = field(default_factory=dict)
    """Columns that hold values, not text: the reader was told what they would be, and every cell is."""
    unread: tuple[UnreadSheet, ...] = ()
    """Sheets of the same workbook that gave no table; told on its first table."""
    offered: bool = False
    """May be left unloaded: it is beside the purpose of its file (money received, in a statement of expenses)."""
    fan_out: tuple[int, int] | None = None
    """Records → rows, where a list within each record became rows."""


def new_name() -> str:
    """A name for a temporary relation that no other has."""
    return f"raw_{uuid.uuid4().hex}"


def cells_of(table: str) -> str:
    """The temp table of cells beneath the relation `table`."""
    return f"{table}_cells"


def drop(con: duckdb.DuckDBPyConnection, raw: RawTable) -> None:
    """Free what `stage` made for this table."""
    con.execute(f'drop view if exists "{raw.table}"')
    con.execute(f'drop table if exists "{cells_of(raw.table)}"')
