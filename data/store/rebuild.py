"""DuckDB made anew from the journal and the originals.

Invariant: one transaction: readers see the old state until the new one is whole. An import keeps its number, its labels
and the report it had.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from data.errors import UserError
from data.message import say
from data.schema.loader import facts
from data.store.codec import mapping_from_json, options_from_json, report_from_json
from data.store.fact_tables import drop_extras, table_of
from data.store.importing import Job, import_file
from data.store.journal import Known
from data.store.ledger import enter_import, report_on
from data.store.reading import Progress
from data.store.refresh import bump, refresh


def rebuild(
    cursor: duckdb.DuckDBPyConnection,
    known: dict[int, Known],
    original: Callable[[str, str], Path],
    today: date,
    progress: Progress,
    *,
    least_version: int,
) -> None:
    """Empty DuckDB and make every import again that was done and not undone. Part of the caller's transaction."""
    _empty(cursor)
    done = {number: told for number, told in known.items() if told.done is not None}
    for place, (number, told) in enumerate(done.items()):
        progress(say("Import {number}", number=number), place / len(done))
        if told.undone is None:
            _again(cursor, job_of(number, told, original), told, progress)
        else:
            _enter_undone(cursor, number, told)
    refresh(cursor, facts(), today)
    bump(cursor, least=least_version)


def job_of(number: int, told: Known, original: Callable[[str, str], Path]) -> Job:
    """The import as the journal tells it. `UserError` where its original is gone."""
    begun = told.begin.facts
    path = original(begun["sha256"], begun["extension"])
    if not path.exists():
        raise UserError(
            say("The original of import {number}, {file}, is missing.", number=number, file=begun["file"]),
            hint=say("Put it back among the originals, from a backup."),
        )
    labels = {int(place): label for place, label in (told.done.facts["sources"] if told.done else {}).items()}
    return Job(
        number, told.begin.at, begun["file"], path, begun["sha256"], begun["extension"],
        tuple(mapping_from_json(mapping) for mapping in begun["mappings"]), options_from_json(begun["options"]), labels,
    )  # fmt: skip


def _again(cursor: duckdb.DuckDBPyConnection, job: Job, told: Known, progress: Progress) -> None:
    published = import_file(cursor, job, lambda stage, share: None)
    reports = told.done.facts["reports"] if told.done else []
    for made, report in zip(published, reports, strict=False):
        report_on(cursor, made.part, report_from_json(report))


def _enter_undone(cursor: duckdb.DuckDBPyConnection, number: int, told: Known) -> None:
    """Only its line in the ledger."""
    begun = told.begin.facts
    options = options_from_json(begun["options"])
    enter_import(
        cursor, number, told.begin.at, begun["file"], begun["sha256"], begun["extension"], options, told.undone
    )


def _empty(cursor: duckdb.DuckDBPyConnection) -> None:
    for fact in facts().values():
        cursor.execute(f"delete from {table_of(fact)}")
        drop_extras(cursor, fact, set())
    for table in ("imports", "import_parts", "rejects", "relation_states"):
        cursor.execute(f"delete from {table}")


