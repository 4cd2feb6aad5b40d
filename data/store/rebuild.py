"""DuckDB made anew from the journal and the originals.

Invariant: the new state grows in a file of its own and takes the old one's place in one transaction: readers see the
old state until the new one is whole. An import keeps its number, its labels and the report it had.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.errors import UserError
from data.message import say
from data.schema.loader import facts
from data.store.codec import mapping_from_json, options_from_json, report_from_json
from data.store.derived import DERIVED
from data.store.fact_tables import BOOKKEEPING, add_columns, ensure_fact_tables, table_of
from data.store.form_rows import FACT, FORMS, TABLE, filled
from data.store.identifiers import listed
from data.store.importing import Job, prepare, publish
from data.store.journal import Known
from data.store.labels import stem
from data.store.ledger import enter_import, enter_part, report_on
from data.store.migrate import migrate
from data.store.originals import Originals
from data.store.part import Part
from data.store.refresh import bump, make_empty, refresh
from data.store.rollups import forget
from data.store.transaction import transaction
from data.store.watched import Progress, unwatched

_MIRRORS = ("merged_people", "process_settings")
"""Tables that mirror what people entered."""
_LEDGER = ("imports", "import_parts", "rejects", "relation_states")


def rebuild(
    cursor: duckdb.DuckDBPyConnection,
    temporary: Path,
    originals: Originals,
    known: dict[int, Known],
    today: date,
    progress: Progress,
    *,
    least_version: int,
) -> None:
    """Make every import again that was done and not undone, then swap. `UserError` where an original is missing."""
    done = {number: told for number, told in known.items() if told.done is not None}
    jobs = {number: _job(number, told, originals) for number, told in done.items() if told.undone is None}
    with _beside(cursor, temporary / f"rebuild-{os.getpid()}.duckdb") as main:
        _prepare(cursor, today)
        for place, (number, told) in enumerate(done.items()):
            progress(say("Import {number}", number=number), place / len(done))
            with contextlib.closing(cursor.cursor()) as own:  # its temporary tables go with it
                own.execute("use rebuilt.main")
                _again(own, number, told, jobs.get(number), originals)
        with transaction(cursor):
            for table in _MIRRORS:
                cursor.execute(f"insert into {table} select * from {main}.{table}")
            _keep_answers(cursor, main)
            refresh(cursor, facts(), today)
        cursor.execute(f"use {main}")
        with transaction(cursor):
            _take_over(cursor)
            forget(cursor)
            bump(cursor, least=least_version)


def without_original(known: Mapping[int, Known], originals: Originals) -> dict[int, Known]:
    """Imports that count and cannot be made again: their originals are gone."""
    return {
        number: told
        for number, told in known.items()
        if told.done is not None
        and told.undone is None
        and not originals.has(told.begin.facts["sha256"], told.begin.facts["extension"])
    }


def _job(number: int, told: Known, originals: Originals) -> Job:
    """The import as the journal tells it. `UserError` where its original is gone."""
    begun = told.begin.facts
    if not originals.has(begun["sha256"], begun["extension"]):
        raise UserError(
            say("The original of import {number}, {file}, is missing.", number=number, file=begun["file"]),
            hint=say("Put it back among the originals, from a backup."),
        )
    labels = {int(place): label for place, label in (told.done.facts["sources"] if told.done else {}).items()}
    return Job(
        number, told.begin.at, begun["file"], Path(begun["file"]), begun["sha256"], begun["extension"],
        tuple(mapping_from_json(mapping) for mapping in begun["mappings"]), options_from_json(begun["options"]), labels,
    )  # fmt: skip


@contextmanager
def _beside(cursor: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """A new database file that the cursor works in; gives the name of the one it came from."""
    path.unlink(missing_ok=True)
    row = cursor.execute("select current_database()").fetchone()
    main = f'"{row[0]}".main' if row else "main"
    cursor.execute("attach '{}' as rebuilt".format(str(path).replace("'", "''")))
    try:
        cursor.execute("use rebuilt.main")
        yield main
    finally:
        cursor.execute(f"use {main}")
        cursor.execute("detach rebuilt")
        path.unlink(missing_ok=True)


def _prepare(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    migrate(cursor)
    with transaction(cursor):
        ensure_fact_tables(cursor)
    with transaction(cursor):
        make_empty(cursor, today)


def _again(cursor: duckdb.DuckDBPyConnection, number: int, told: Known, job: Job | None, originals: Originals) -> None:
    """Publish it again; of one that was undone, only what the ledger says of it."""
    begun = told.begin.facts
    if job is None:
        options = options_from_json(begun["options"])
        enter_import(
            cursor, number, told.begin.at, begun["file"], begun["sha256"], begun["extension"], options, told.undone
        )
        _remember(cursor, number, told)
        return
    with originals.opened(job.sha256, job.extension) as path:
        job = replace(job, path=path)
        ready = prepare(cursor, job, unwatched)
    reports = told.done.facts["reports"] if told.done else []
    with transaction(cursor):
        published = publish(cursor, job, ready, unwatched)
        for made, report in zip(published, reports, strict=False):
            report_on(cursor, made.part, report_from_json(report))


def _remember(cursor: duckdb.DuckDBPyConnection, number: int, told: Known) -> None:
    """The tables of an import that was undone, without what only their rows could say."""
    begun, done = told.begin.facts, told.done.facts if told.done else {}
    mappings = [mapping_from_json(mapping) for mapping in begun["mappings"]]
    for place, report in enumerate(map(report_from_json, done.get("reports", []))):
        mapping = next(mapping for mapping in mappings if mapping.fact == report.fact)
        label = done["sources"][str(place)]
        part = Part(number, place, report.fact, mapping.sheet, label, stem(begun["file"]), mapping, (), {}, ())
        enter_part(cursor, part)
        report_on(cursor, part, report)


def _keep_answers(cursor: duckdb.DuckDBPyConnection, main: str) -> None:
    """The rows of answers to our forms, which no import brings."""
    columns = filled(cursor, f"{main}.")
    if columns:
        add_columns(cursor, facts()[FACT], columns, ())
        cells = listed([*BOOKKEEPING, *sorted(columns)])
        cursor.execute(f"insert into {TABLE} by name select {cells} from {main}.{TABLE} where _import = {FORMS}")


def _take_over(cursor: duckdb.DuckDBPyConnection) -> None:
    """Put the new tables in the place of the old."""
    for table in [*map(table_of, facts().values()), *DERIVED]:
        cursor.execute(f"create or replace table {table} as select * from rebuilt.main.{table}")
    for table in _LEDGER:
        cursor.execute(f"delete from {table}")
        cursor.execute(f"insert into {table} select * from rebuilt.main.{table}")
