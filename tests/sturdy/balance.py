"""Where every row of a file went when it was imported.

Invariant: what is counted is the table as the reader gives it, the rows that are in the fact and those that are kept as
rejected; of the report only its figures are held against them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.errors import UserError
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.read import drop, stage
from data.ingest.width import header_of
from data.model import IngestReport
from data.store.readable import Readable
from data.store.store import Store

Cells = tuple[str | None, ...]


@dataclass(frozen=True)
class Told:
    """What came of one table."""

    table: str
    """Its file and sheet."""
    wrong: str
    """What does not agree; empty: everything does."""
    rows: int
    """Rows of the table."""
    left_out: int
    """Rows that are neither in the fact nor rejected, because another row says the same or more."""


def balances(store: Store, con: duckdb.DuckDBPyConnection, path: Path, *, versioned: bool) -> Iterator[Told]:
    """Import every table of a file as people, named by its first column; nothing of it stays.

    `versioned`: of several rows of a person the one with the highest last column counts.
    """
    for raw in stage(con, path):
        lines = con.execute(f'select line, * exclude (line) from "{raw.table}"').fetchall()
        header = header_of(con, raw)
        drop(con, raw)
        name = f"{path.name} {raw.sheet or ''}"
        mapping = as_people(raw.sheet, header, versioned)
        try:
            place = header.index(mapping.columns[0].source or "")
            yield _balance(store, path, mapping, place, name, [(int(line), tuple(cells)) for line, *cells in lines])
        except UserError as error:
            # The reader took the file: whatever is refused now must be the mapping made up here.
            yield Told(name, f"refused: {error}", len(lines), 0)


def as_people(sheet: str | None, header: Sequence[str], versioned: bool) -> Mapping:
    """The first column that has a name holds people."""
    named = [text for text in header if text.strip()]
    return Mapping("staff", (ColumnMap("employee", named[0]),), sheet=sheet, version=named[-1] if versioned else None)


def _balance(
    store: Store, path: Path, mapping: Mapping, place: int, name: str, lines: Sequence[tuple[int, Cells]]
) -> Told:
    """`place`: of the column that names the person."""

    def look(after: Readable, _reports: tuple[IngestReport, ...]) -> tuple[Counter[int], Counter[int]]:
        return _lines(after, "select _line from fact_staff where _live"), _lines(after, "select line from rejects")

    reports, seen = store.rehearse(path, [mapping], None, look)
    assert seen is not None
    ((report,), (kept, rejected)) = reports, seen
    gone = Counter(line for line, _ in lines) - kept - rejected
    wrong = [
        f"{what}: {found} instead of {expected}"
        for what, found, expected in (
            ("rows_in", report.rows_in, len(lines)),
            ("rows_out", report.rows_out, kept.total()),
            ("rejected", report.rejected, rejected.total()),
            ("duplicates and superseded", report.duplicates + report.superseded, gone.total()),
            ("balance", report.rows_out + report.rejected + report.duplicates + report.superseded, report.rows_in),
            ("rows from nowhere", (kept + rejected - Counter(line for line, _ in lines)).total(), 0),
            ("rows without their like", _unlike(lines, gone, kept, place if mapping.version is not None else None), 0),
        )
        if found != expected
    ]
    return Told(name, "; ".join(wrong), len(lines), gone.total())


def _lines(after: Readable, select: str) -> Counter[int]:
    return Counter(int(line) for (line,) in after.cursor().execute(select).fetchall())


def _unlike(lines: Sequence[tuple[int, Cells]], gone: Counter[int], kept: Counter[int], place: int | None) -> int:
    """Rows left out although no row that is in says the same or, with versions, names the same person at `place`."""

    def like(cells: Cells) -> Cells:
        return tuple(" ".join((cell or "").split()) for cell in (cells if place is None else cells[place : place + 1]))

    there = {like(cells) for line, cells in lines if line in kept}
    return sum(like(cells) not in there for line, cells in lines if line in gone)
