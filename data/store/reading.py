"""What ingest hands to the store.

Invariant: the store never opens a file of a person itself; it asks ingest to stage and clean it on the same cursor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from data.errors import UnrecognisedTable
from data.ingest import pipeline, read
from data.ingest.clean.reading import Evidence
from data.ingest.column_map import Mapping, find_header
from data.ingest.expected import Expectation, given, likeliest
from data.ingest.read.findings import sheets_left
from data.ingest.read.table import RawTable
from data.ingest.staged import ImportOptions, Staged
from data.message import say

Remembered = Callable[[str], tuple[Mapping, ...] | None]
"""Header signature → the mappings a person settled for it."""


@dataclass(frozen=True)
class Table:
    """A table of a file with the mapping that reads it."""

    raw: RawTable
    """As the reader saw it."""
    mapping: Mapping
    """How its columns are read."""
    evidence: Evidence = field(default_factory=dict)
    """What was counted to recognise it."""


def recognise(
    cursor: duckdb.DuckDBPyConnection, path: Path, file: str, options: ImportOptions, remembered: Remembered
) -> tuple[Table, ...]:
    """The tables of a file nobody told about. `UnrecognisedTable` where a person must decide."""
    expectation = Expectation(likeliest(file, remembered))
    raws = _staged(cursor, path, file, expectation)
    counted, proposals = _proposed(cursor, raws, options, remembered)
    if raws[0].typed and not expectation.met(proposals[0].mapping):
        raws = _as_text(cursor, path, file, raws)
        counted, proposals = _proposed(cursor, raws, options, remembered)
    doubtful = [proposal for proposal in proposals if proposal.mapping is not None and not proposal.certain]
    found = [
        Table(raw, proposal.mapping, evidence)
        for raw, proposal, evidence in zip(raws, proposals, counted, strict=True)
        if proposal.mapping is not None
    ]
    if doubtful or not found:
        questions = [question for proposal in doubtful or proposals for question in proposal.questions]
        raise UnrecognisedTable(
            say("What {file} holds must be told by a person.", file=file), questions[0] if questions else None
        )
    return _with_unloaded(raws, tuple(found))


def _proposed(
    cursor: duckdb.DuckDBPyConnection, raws: tuple[RawTable, ...], options: ImportOptions, remembered: Remembered
) -> tuple[list[Evidence], list[pipeline.Proposal]]:
    """What each table seems to be, and what was counted to tell."""
    counted: list[Evidence] = [{} for _ in raws]
    proposals = [
        pipeline.propose_table(cursor, raw, remembered=remembered, account=options.account, evidence=evidence)
        for raw, evidence in zip(raws, counted, strict=True)
    ]
    return counted, proposals


def tables(cursor: duckdb.DuckDBPyConnection, path: Path, mappings: Sequence[Mapping], file: str) -> tuple[Table, ...]:
    """The file's tables that a mapping reads; a table may be read by several. `file`: its name for people."""
    told = Expectation(given(mappings[0])) if len(mappings) == 1 else None
    return _tables(_staged(cursor, path, file, told, _sheets(mappings)), mappings)


def as_text(
    cursor: duckdb.DuckDBPyConnection, path: Path, read: Sequence[Table], mappings: Sequence[Mapping], file: str
) -> tuple[Table, ...]:
    """The same tables with every cell as it stands in the file."""
    return _tables(_as_text(cursor, path, file, [table.raw for table in read]), mappings)


def _sheets(mappings: Sequence[Mapping]) -> tuple[str, ...]:
    """The sheets that mappings name: a person asked for them, hidden or not."""
    return tuple(mapping.sheet for mapping in mappings if mapping.sheet is not None)


def _tables(raws: tuple[RawTable, ...], mappings: Sequence[Mapping]) -> tuple[Table, ...]:
    meant = tuple(Table(raw, mapping) for mapping in mappings for raw in _meant(raws, mapping))
    return _with_unloaded(raws, meant)


def _with_unloaded(raws: Sequence[RawTable], meant: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables; the first of them tells which sheets of the workbook nobody asked to load."""
    taken = {table.raw.sheet for table in meant}
    left = [raw.sheet for raw in raws if raw.sheet is not None and raw.sheet not in taken]
    if not left or not meant:
        return meant
    first = meant[0]
    told = (*first.raw.findings, sheets_left(left))
    return (replace(first, raw=replace(first.raw, findings=told)), *meant[1:])


def clean(cursor: duckdb.DuckDBPyConnection, table: Table, options: ImportOptions) -> Staged:
    """The table, typed."""
    return pipeline.clean(cursor, table.raw, table.mapping, options, table.evidence)


def _staged(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    file: str,
    told: Expectation | None = None,
    hidden: tuple[str, ...] = (),
) -> tuple[RawTable, ...]:
    """The tables under the name people know the file by: an original is named by its hash."""
    return tuple(replace(raw, file=file) for raw in read.stage(cursor, path, told=told, hidden=hidden))


def _as_text(
    cursor: duckdb.DuckDBPyConnection, path: Path, file: str, before: Sequence[RawTable]
) -> tuple[RawTable, ...]:
    for raw in before:
        read.drop(cursor, raw)
    return _staged(cursor, path, file)


def _meant(raws: tuple[RawTable, ...], mapping: Mapping) -> list[RawTable]:
    """The sheet a mapping names; without one, every table that has its columns."""
    if len(raws) == 1:
        return list(raws)
    if mapping.sheet is not None:
        return [raw for raw in raws if raw.sheet == mapping.sheet]
    sources = [column.source for column in mapping.columns if column.source is not None]
    fitting = [raw for raw in raws if all(find_header(raw.header, source) is not None for source in sources)]
    return fitting or list(raws[:1])
