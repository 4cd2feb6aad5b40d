"""A file into the workspace: whole, or not at all.

Invariant: original kept → journal «begin» → one DuckDB transaction → journal «done»; whatever ends it early leaves the
previous state and a journal «failed».
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from data.errors import UnrecognisedTable, UserError
from data.ingest.column_map import Mapping as TableMapping
from data.ingest.staged import ImportOptions, Staged
from data.message import say
from data.model import IngestReport
from data.store import reading
from data.store.fact_tables import add_columns
from data.store.labels import stem
from data.store.ledger import enter_import
from data.store.part import Part
from data.store.publish import Published, publish_part
from data.store.reading import Table
from data.store.sources import Resolved, resolve
from data.store.watched import Progress


@dataclass(frozen=True)
class Job:
    """One file to be imported: everything a replay needs."""

    import_id: int
    """Number it gets."""
    at: datetime
    """When it was started."""
    file: str
    """Its name, as the person knows it."""
    path: Path
    """Where its content is."""
    sha256: str
    """Hash of its content."""
    extension: str
    """Ending of its name, with the point."""
    mappings: tuple[TableMapping, ...]
    """One a table."""
    options: ImportOptions
    """What was given with it."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Part → source label, where it was settled before (a replay)."""
    tables: tuple[Table, ...] = ()
    """Its tables, where they were staged already to recognise them."""


@dataclass(frozen=True)
class Ready:
    """A table that is cleaned and knows its source."""

    staged: Staged
    """Its typed rows."""
    part: Part
    """What a replay needs."""


def prepare(cursor: duckdb.DuckDBPyConnection, job: Job, progress: Progress) -> tuple[Ready, ...]:
    """Read and clean every table of the file, before any transaction: nothing of the store is touched.

    Inside one, rows of a temporary table have no place of their own yet, and line numbers come from places.
    """
    if not job.tables:
        progress(say("Reading the file"), 0.05, 0.3)
    tables = job.tables or reading.tables(cursor, job.path, job.mappings, job.file)
    if not tables:
        raise UnrecognisedTable(say("{file} has no table that the mapping describes.", file=job.file))
    ready = tuple(_clean(cursor, job, tables, place, progress) for place in range(len(tables)))
    if any(table.raw.typed and made.staged.rejected for table, made in zip(tables, ready, strict=True)):
        # Rows that are not loaded are kept as they stand in the file.
        again = reading.as_text(cursor, job.path, tables, job.mappings, job.file)
        return prepare(cursor, replace(job, tables=again), progress)
    return ready


def publish(
    cursor: duckdb.DuckDBPyConnection, job: Job, ready: Sequence[Ready], progress: Progress
) -> tuple[Published, ...]:
    """Publish what is ready. Runs inside the caller's transaction."""
    enter_import(cursor, job.import_id, job.at, job.file, job.sha256, job.extension, job.options)
    # DuckDB cannot alter a table that this transaction has written to: all columns come before all rows.
    for table in ready:
        add_columns(cursor, table.staged.fact, table.staged.columns, table.staged.extras.values())
    published = []
    for place, table in enumerate(ready):
        share = 0.55 + 0.25 * place / len(ready)
        progress(say("Publishing {fact}", fact=table.staged.fact.name), share, share + 0.25 / len(ready))
        published.append(publish_part(cursor, table.staged, table.part, file=job.file, options=job.options))
    return tuple(published)


def _clean(
    cursor: duckdb.DuckDBPyConnection, job: Job, tables: Sequence[Table], place: int, progress: Progress
) -> Ready:
    progress(say("Cleaning {fact}", fact=tables[place].mapping.fact), 0.3 + 0.25 * place / len(tables))
    staged = reading.clean(cursor, tables[place], job.options)
    resolved = _label(cursor, job, staged, tables, place)
    raw, mapping = tables[place].raw, tables[place].mapping
    part = Part(
        job.import_id, place, staged.fact.name, raw.sheet, resolved.label, stem(job.file), mapping, staged.columns,
        staged.extras, raw.header,
    )  # fmt: skip
    return Ready(replace(staged, findings=(*staged.findings, *resolved.findings)), part)


def _label(
    cursor: duckdb.DuckDBPyConnection, job: Job, staged: Staged, tables: Sequence[Table], place: int
) -> Resolved:
    """The label settled before, the one a person chose, or what the rows say."""
    if place in job.labels:
        return Resolved(job.labels[place])
    alike = sum(table.mapping.fact == staged.fact.name for table in tables) > 1
    sheet = tables[place].raw.sheet if alike else None
    if job.options.source:
        return Resolved(f"{job.options.source} · {sheet}" if sheet else job.options.source)
    return resolve(cursor, staged, job.file, sheet)


def reports_of(published: Sequence[Published]) -> tuple[IngestReport, ...]:
    """What to tell the person."""
    return tuple(made.report for made in published)


def reason_of(error: BaseException) -> str:
    """Why an import failed, for the journal."""
    return str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
