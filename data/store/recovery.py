"""What a crash left open, resolved when the workspace is opened.

Invariant: after this, journal and ledger tell the same imports; which of them count is the journal's word, and an
import that DuckDB had committed is never lost.
"""

from collections.abc import Mapping
from datetime import datetime

import duckdb

from data.message import Message, say
from data.store.codec import mapping_to_json, options_to_json, report_to_json
from data.store.journal import Journal, Known, imports_of
from data.store.ledger import LedgerEntry, entries


def resolve_open(journal: Journal, ledger: Mapping[int, LedgerEntry], now: datetime) -> tuple[Message, ...]:
    """Close what was begun and not closed; write down what only DuckDB knows. Says what was found."""
    notes: list[Message] = []
    known = imports_of(journal)
    for number, told in known.items():
        if not told.closed:
            notes.append(_close(journal, number, told, ledger.get(number), now))
    for number, entry in sorted(ledger.items()):
        if number not in known:
            _write_down(journal, entry)
        elif entry.undone_at is not None and known[number].undone is None:
            journal.append("undone", number, entry.undone_at)
    return tuple(notes)


def close_dead(journal: Journal, cursor: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Write down what became of what a process began that is gone: within the turn to write nobody else is at it."""
    resolve_open(journal, {entry.import_id: entry for entry in entries(cursor)}, now)


def must_rebuild(journal: Journal, ledger: Mapping[int, LedgerEntry]) -> bool:
    """DuckDB lacks something the journal knows to be done, or to be undone."""
    return any(
        told.done is not None and (number not in ledger or (told.undone is not None and not ledger[number].undone))
        for number, told in imports_of(journal).items()
    )


def unwanted_originals(journal: Journal) -> set[str]:
    """Hashes of files that imports were begun with, and none was made from."""
    begun, made = set[str](), set[str]()
    for told in imports_of(journal).values():
        (made if told.done is not None else begun).add(told.begin.facts["sha256"])
    return begun - made


def done_facts(entry: LedgerEntry) -> dict[str, object]:
    """What the journal keeps of an import that was done."""
    return {
        "sources": {str(part.number): part.source for part in entry.parts},
        "reports": [report_to_json(report) for report in entry.reports],
    }


def _close(journal: Journal, number: int, told: Known, entry: LedgerEntry | None, now: datetime) -> Message:
    file = told.begin.facts["file"]
    if entry is not None:
        journal.append("done", number, now, **done_facts(entry))
        return say("The import of {file} was interrupted after it was complete: it is loaded.", file=file)
    journal.append("failed", number, now, reason="interrupted")
    return say("The import of {file} was interrupted: nothing of it was loaded. Import it again.", file=file)


def _write_down(journal: Journal, entry: LedgerEntry) -> None:
    """An import that only DuckDB knows (the journal was lost)."""
    journal.append(
        "begin", entry.import_id, entry.at, file=entry.file, sha256=entry.sha256, extension=entry.extension,
        options=options_to_json(entry.options), mappings=[mapping_to_json(part.mapping) for part in entry.parts],
    )  # fmt: skip
    journal.append("done", entry.import_id, entry.at, **done_facts(entry))
    if entry.undone_at is not None:
        journal.append("undone", entry.import_id, entry.undone_at)
