"""The way of one file from the person's folder to the journal's «done».

Invariant: a failure at any point, an interrupt included, leaves the data as it was and the journal says «failed»; a dry
run leaves nothing at all.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb

from data.ingest.column_map import Mapping
from data.ingest.read.filekind import require_file
from data.ingest.staged import ImportOptions
from data.message import say
from data.model import Finding, IngestReport
from data.store.clock import Clock
from data.store.codec import mapping_to_json, options_to_json, report_to_json, same_mapping
from data.store.connection import Connection
from data.store.elsewhere import ask_of_file, ask_of_rows
from data.store.importing import Job, prepare, publish, reason_of, reports_of
from data.store.keeping import kept_meanwhile
from data.store.ledger import LedgerEntry, entries, report_on
from data.store.publish import Published
from data.store.readable import Readable, Uncommitted
from data.store.reading import Remembered, recognise
from data.store.recovery import close_dead, done_facts
from data.store.refresh import bump, refresh
from data.store.staff_conflicts import conflicts
from data.store.transaction import transaction
from data.store.watched import Progress
from data.store.workspace import Original, extension_of, sha256_of

Settle = Callable[[Job], Job]
"""Fills in the mappings of a job."""

Look = Callable[[Readable, tuple[IngestReport, ...]], None]
"""Shown the workspace as it would be, and the reports, before a rehearsal is rolled back."""


class Publishing:
    """One file at a time, on one cursor."""

    def __init__(
        self, connection: Connection, cursor: duckdb.DuckDBPyConnection, clock: Clock, remembered: Remembered
    ) -> None:
        self._originals = connection.originals
        self._journal = connection.journal
        self._cursor = cursor
        self._clock = clock
        self._remembered = remembered

    def publish(
        self, path: Path, mappings: Sequence[Mapping] | None, options: ImportOptions, progress: Progress
    ) -> tuple[IngestReport, ...]:
        """Import the file, unless it is there already."""
        return self._import(self._job(path, mappings, options), _settle(self, mappings, progress), progress)

    def rehearse(
        self, path: Path, mappings: Sequence[Mapping] | None, options: ImportOptions, look: Look, progress: Progress
    ) -> tuple[IngestReport, ...]:
        """What importing the file would report; `look` is shown the result, unless the file is there already."""
        job, settle = self._job(path, mappings, options), _settle(self, mappings, progress)
        job = settle(replace(job, sha256=sha256_of(job.path)))
        earlier = self._earlier(job)
        if earlier is not None:
            return _nothing_new(earlier)
        self._ask(job)
        reports = reports_of(self._publish(replace(job, import_id=self._journal.next_import()), progress, look))
        return tuple(replace(report, import_id=None) for report in reports)

    def _job(self, path: Path, mappings: Sequence[Mapping] | None, options: ImportOptions) -> Job:
        require_file(path)
        return Job(0, self._clock(), path.name, path, "", extension_of(path.name), tuple(mappings or ()), options)

    def _recognise(self, job: Job, progress: Progress) -> Job:
        """The tables the file explains itself."""
        progress(say("Reading the file"), 0.0, 0.3)
        tables = recognise(self._cursor, job.path, job.file, job.options, self._remembered)
        return replace(job, mappings=tuple(table.mapping for table in tables), tables=tables)

    def _import(self, job: Job, settle: Settle, progress: Progress) -> tuple[IngestReport, ...]:
        with kept_meanwhile(self._originals.arriving, job.path) as wait:
            settled = settle(job)
            original, unchanged = wait(lambda: progress(say("Copying the file"), 0.3 if settled.tables else 0.0))
        try:
            job = _copied(settled if unchanged else job, original)
            return self._once(job if unchanged else settle(job), progress)
        finally:
            original.path.unlink(missing_ok=True)

    def _once(self, job: Job, progress: Progress) -> tuple[IngestReport, ...]:
        """Unless the same file counts already."""
        earlier = self._earlier(job)
        if earlier is not None:
            return _nothing_new(earlier)
        self._ask(job)
        done = False
        try:
            reports = self._journalled(job, progress)
            done = True
            return reports
        finally:
            if not done:
                self._forget_original(job)
            self._originals.let_go(job.sha256, job.extension)

    def _journalled(self, job: Job, progress: Progress) -> tuple[IngestReport, ...]:
        """Between «begin» and «done» or «failed»; only now the copy is an original."""
        close_dead(self._journal, self._cursor, self._clock())
        job = replace(job, import_id=self._journal.next_import())
        self._journal.append(
            "begin", job.import_id, job.at, file=job.file, sha256=job.sha256, extension=job.extension,
            options=options_to_json(job.options), mappings=[mapping_to_json(mapping) for mapping in job.mappings],
        )  # fmt: skip
        try:
            job = replace(job, path=self._originals.adopt(job.path, job.sha256, job.extension))
            published = self._publish(job, progress)
        except BaseException as error:
            if (made := self._close(job, error)) is not None:
                return made.reports
            raise
        self._journal.append("done", job.import_id, self._clock(), **_done(published))
        return reports_of(published)

    def _close(self, job: Job, error: BaseException) -> LedgerEntry | None:
        """«failed», unless the interrupt came after the commit: then the import, which stands.

        Where nobody can tell, the next opening does.
        """
        with contextlib.suppress(duckdb.Error):
            made = next((entry for entry in entries(self._cursor) if entry.import_id == job.import_id), None)
            if made is not None:
                self._journal.append("done", job.import_id, self._clock(), **done_facts(made))
            else:
                self._journal.append("failed", job.import_id, self._clock(), reason=reason_of(error))
            return made
        return None

    def _publish(self, job: Job, progress: Progress, look: Look | None = None) -> tuple[Published, ...]:
        """In one transaction; one that is only looked at is rolled back."""
        with self._settled_meanwhile(job if look is None else None) as wait_for_disk:
            return self._transact(job, progress, wait_for_disk, look)

    @contextlib.contextmanager
    def _settled_meanwhile(self, job: Job | None) -> Iterator[Callable[[], None]]:
        """The copy of the original becomes durable while its rows are read; gives what waits for it."""
        with ThreadPoolExecutor(1, "original") as pool:
            settled = pool.submit(self._originals.settle, job.path, job.sha256) if job is not None else None
            yield lambda: settled.result() if settled is not None else None

    def _transact(
        self, job: Job, progress: Progress, wait_for_disk: Callable[[], None], look: Look | None
    ) -> tuple[Published, ...]:
        ready = prepare(self._cursor, job, progress)
        with transaction(self._cursor, keep=look is None):
            published = publish(self._cursor, job, ready, progress)
            for made in () if job.options.again else published:
                ask_of_rows(self._cursor, made.part, job.file)
            progress(say("Counting what changed"), 0.8)
            self._refresh(published)
            published = tuple(_with_conflicts(self._cursor, made) for made in published)
            bump(self._cursor)
            if look is not None:
                progress(say("Computing the KPIs anew"), 0.9)
                look(Uncommitted(self._cursor, self._clock().date()), reports_of(published))
            progress(say("Saving"), 0.95)
            wait_for_disk()
        return published

    def _refresh(self, published: tuple[Published, ...]) -> None:
        """States and derived relations."""
        facts = [one.part.fact for one in published]
        refresh(self._cursor, facts, self._clock().date(), single=_single(published))

    def _earlier(self, job: Job) -> LedgerEntry | None:
        """The import of the same file, read in the same way, that still counts."""
        return next((entry for entry in entries(self._cursor) if not entry.undone and _same(entry, job)), None)

    def _ask(self, job: Job) -> None:
        """Whether the file counts already under another name."""
        if not job.options.again:
            ask_of_file(entries(self._cursor), job.file, job.sha256, job.mappings, job.options)

    def _forget_original(self, job: Job) -> None:
        """No import came of it: do not keep it, unless another import has the same content."""
        if all(entry.sha256 != job.sha256 for entry in entries(self._cursor)):
            self._originals.forget(job.sha256, job.extension)


def _copied(job: Job, original: Original) -> Job:
    """The job with the copy of its file."""
    return replace(job, path=original.path, sha256=original.sha256)


def _settle(publishing: Publishing, mappings: Sequence[Mapping] | None, progress: Progress) -> Settle:
    """Without mappings the file must explain itself."""
    return (lambda job: publishing._recognise(job, progress)) if mappings is None else lambda job: job


def _same(entry: LedgerEntry, job: Job) -> bool:
    """Hash, mappings and what was given are the same."""
    alike = entry.sha256 == job.sha256 and _meant(entry.options) == _meant(job.options)
    read = [part.mapping for part in entry.parts]
    return alike and all(any(same_mapping(mapping, other) for other in read) for mapping in job.mappings)


def _meant(options: ImportOptions) -> ImportOptions:
    """What of the options makes an import another one."""
    return replace(options, today=None, again=False)


def _nothing_new(entry: LedgerEntry) -> tuple[IngestReport, ...]:
    """What the same file again does: nothing."""
    return tuple(_unchanged(report, entry.import_id) for report in entry.reports)


def _unchanged(report: IngestReport, earlier: int) -> IngestReport:
    known = report.rows_in - report.rejected - report.superseded
    message = say("The same file was already loaded, as import {number}: nothing changed.", number=earlier)
    finding = Finding("publish", "info", None, "same_file", report.rows_in, (), message)
    return replace(
        report, rows_out=0, duplicates=known, replaced=0, period=None, import_id=None, steps=("read",),
        findings=(finding,), changed=0, same=known,
    )  # fmt: skip


def _with_conflicts(cursor: duckdb.DuckDBPyConnection, made: Published) -> Published:
    """What staff tables disagree about, once the posts are made."""
    if made.part.fact != "staff":
        return made
    report = replace(made.report, findings=(*made.report.findings, *conflicts(cursor)))
    report_on(cursor, made.part, report)
    return replace(made, report=report)


def _single(published: tuple[Published, ...]) -> set[str]:
    """Facts that got one table, and of one row a key."""
    facts = [made.part.fact for made in published]
    return {made.part.fact for made in published if made.single and facts.count(made.part.fact) == 1}


def _done(published: tuple[Published, ...]) -> dict[str, object]:
    return {
        "sources": {str(made.part.number): made.part.source for made in published},
        "reports": [report_to_json(made.report) for made in published],
    }
