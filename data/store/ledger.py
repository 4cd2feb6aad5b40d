"""The ledger of imports in DuckDB.

Invariant: a row of the ledger is written in the transaction that publishes its rows, so it is there exactly when they
are.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from data.errors import UnknownName, UserError
from data.ingest.staged import ImportOptions
from data.message import say
from data.model import IngestReport
from data.store.codec import (
    mapping_from_json,
    mapping_to_json,
    options_from_json,
    options_to_json,
    report_from_json,
    report_to_json,
)
from data.store.part import Part


@dataclass(frozen=True)
class LedgerEntry:
    """One import."""

    import_id: int
    """Its number."""
    at: datetime
    """When it was published."""
    file: str
    """Name of the file."""
    sha256: str
    """Hash of its content."""
    extension: str
    """Ending of its name, with the point: how the original is kept."""
    options: ImportOptions
    """What was given with it."""
    parts: tuple[Part, ...]
    """Its tables."""
    reports: tuple[IngestReport, ...]
    """What each became."""
    undone_at: datetime | None
    """When it was taken back; None: it counts."""

    @property
    def undone(self) -> bool:
        """It was taken back."""
        return self.undone_at is not None

    @property
    def facts(self) -> tuple[str, ...]:
        """Facts it was published to."""
        return tuple(dict.fromkeys(part.fact for part in self.parts))

    @property
    def rows_in(self) -> int:
        """Records it held."""
        return sum(report.rows_in for report in self.reports)

    @property
    def rows_out(self) -> int:
        """Rows that were added or changed by it."""
        return sum(report.rows_out for report in self.reports)

    @property
    def sources(self) -> tuple[str, ...]:
        """Labels of the sources its tables are versions of."""
        return tuple(dict.fromkeys(part.source for part in self.parts))

    @property
    def rejected(self) -> int:
        """Rows not loaded."""
        return sum(report.rejected for report in self.reports)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last business date of what it added."""
        periods = [report.period for report in self.reports if report.period]
        return (min(p[0] for p in periods), max(p[1] for p in periods)) if periods else None


def enter_import(
    cursor: duckdb.DuckDBPyConnection, number: int, at: datetime, file: str, sha256: str, extension: str,
    options: ImportOptions, undone_at: datetime | None = None,
) -> None:  # fmt: skip
    """Write an import; its tables follow."""
    cursor.execute(
        "insert into imports values (?, ?, ?, ?, ?, ?, ?)",
        [number, at, file, sha256, extension, _json(options_to_json(options)), undone_at],
    )


def enter_part(cursor: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Write one table; its report follows when it is known."""
    first, last = part.replaces or (None, None)
    cursor.execute(
        "insert into import_parts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')",
        [part.import_id, part.number, part.fact, part.sheet, part.source, part.stem,
         _json(mapping_to_json(part.mapping)), _json(part.columns), _json(dict(part.extras)), _json(part.header),
         first, last],
    )  # fmt: skip


def report_on(cursor: duckdb.DuckDBPyConnection, part: Part, report: IngestReport) -> None:
    """Write what a table became."""
    cursor.execute(
        "update import_parts set report = ? where import = ? and part = ?",
        [_json(report_to_json(report)), part.import_id, part.number],
    )


def entries(cursor: duckdb.DuckDBPyConnection) -> tuple[LedgerEntry, ...]:
    """Every import, the latest first, undone ones included."""
    parts: dict[int, list[tuple[Part, IngestReport]]] = {}
    for row in cursor.execute("select * from import_parts order by import, part").fetchall():
        parts.setdefault(row[0], []).append((_part(row), report_from_json(json.loads(row[12]))))
    rows = cursor.execute("select * from imports order by import desc").fetchall()
    return tuple(_entry(row, parts.get(row[0], [])) for row in rows)


def _entry(row: tuple[Any, ...], parts: list[tuple[Part, IngestReport]]) -> LedgerEntry:
    number, at, file, sha256, extension, options, undone_at = row
    return LedgerEntry(
        number, at, file, sha256, extension, options_from_json(json.loads(options)),
        tuple(part for part, _ in parts), tuple(report for _, report in parts), undone_at,
    )  # fmt: skip


def _part(row: tuple[Any, ...]) -> Part:
    number, place, fact, sheet, source, stem, mapping, columns, extras, header, first, last, _ = row
    return Part(
        number, place, fact, sheet, source, stem, mapping_from_json(json.loads(mapping)), tuple(json.loads(columns)),
        json.loads(extras), tuple(json.loads(header)), (first, last) if first else None,
    )  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def entry_of(cursor: duckdb.DuckDBPyConnection, import_id: int) -> LedgerEntry:
    """An import. `UnknownName` if there is none of that number."""
    found = next((entry for entry in entries(cursor) if entry.import_id == import_id), None)
    if found is None:
        raise UnknownName(say("There is no import {number}.", number=import_id))
    return found


def standing_entry(cursor: duckdb.DuckDBPyConnection, import_id: int) -> LedgerEntry:
    """An import that was not taken back yet."""
    entry = entry_of(cursor, import_id)
    if entry.undone:
        raise UserError(say("Import {number} was already taken back.", number=import_id))
    return entry
