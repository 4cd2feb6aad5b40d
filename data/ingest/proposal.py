"""What the mapping screen shows before anything is published.

Invariant: a proposal is computed from the whole table and changes nothing; `certain` means that publishing it needs no
answer from a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.ingest.clean.cells import cells_of
from data.ingest.clean.reading import Evidence, Session
from data.ingest.clean.remarks import column_remarks
from data.ingest.clean.settle import Settled, settle
from data.ingest.column_map import ColumnMap, Mapping, signature
from data.ingest.column_preview import ColumnPreview, column_previews
from data.ingest.headers import Candidate, SourceColumn, candidates, is_clear
from data.ingest.read import RawTable, drop, stage
from data.ingest.read.table import UnreadSheet
from data.ingest.read.tiers import BETWEEN
from data.ingest.shape import shape_of
from data.ingest.sources import SourceFormat, SourceTable, source_format
from data.ingest.unpivot import unpivoted
from data.ingest.wide import scale_question, wide_candidate
from data.ingest.width import header_of
from data.message import Message, say
from data.model import Finding
from data.schema.loader import fact as fact_named

Remembered = Callable[[str], tuple[Mapping, ...] | None]
JUDGED = 120
"""Cells of a column whose look is held against the types of the fact's columns."""
_RECOGNISED = 0.3
"""Score below which no fact is proposed at all."""


@dataclass(frozen=True)
class Proposal:
    """One table of a file and what it seems to be."""

    file: str
    """File name."""
    sheet: str | None
    """Sheet of a workbook."""
    header: tuple[str, ...]
    """Headers as found."""
    rows: int
    """Records."""
    mapping: Mapping | None
    """The best guess; None: unrecognised."""
    candidates: tuple[tuple[str, float], ...]
    """Facts with confidence, best first."""
    certain: bool
    """May be published without asking."""
    questions: tuple[Message, ...]
    """What must be decided."""
    preview: tuple[ColumnPreview, ...]
    """One entry a source column."""
    findings: tuple[Finding, ...]
    """What was seen so far."""
    remembered: bool
    """The mapping is one a person confirmed before."""
    unread: tuple[UnreadSheet, ...] = ()
    """Sheets of the same workbook that gave no table; told on its first table."""
    offered: bool = False
    """May be left unloaded: it is beside the purpose of its file."""

    @property
    def undecided(self) -> bool:
        """Whether a column cannot be read before a person answers."""
        return any(column.undecided for column in self.preview)


def nothing_remembered(_signature: str) -> tuple[Mapping, ...] | None:
    """The memory of a workspace that has none."""
    return None


def propose(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    fact: str | None = None,
    sheet: str | None = None,
    remembered: Remembered = nothing_remembered,
    account: str | None = None,
) -> tuple[Proposal, ...]:
    """One proposal a table of the file. `UnreadableFile` where it is no table at all.

    `fact` is not said of a table beside the purpose of its file unless that is the one asked for.
    """
    proposals = []
    for raw in stage(con, path, sheet=sheet):
        try:
            meant = fact if not raw.offered or sheet is not None else None
            proposal = propose_table(con, raw, fact=meant, remembered=remembered, account=account)
            proposals.append(replace(proposal, unread=raw.unread))
        finally:
            drop(con, raw)
    return tuple(proposals)


def preview(con: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping, sheet: str | None = None) -> Proposal:
    """The table read by a mapping a person corrected. `MappingError` where it does not fit."""
    tables = stage(con, path, sheet=sheet or mapping.sheet)
    try:
        return _with_preview(Session(con), tables[0], mapping, ((mapping.fact, 1.0),), (), clear=True)
    finally:
        for raw in tables:
            drop(con, raw)


def propose_table(
    con: duckdb.DuckDBPyConnection,
    raw: RawTable,
    *,
    fact: str | None = None,
    remembered: Remembered = nothing_remembered,
    account: str | None = None,
    evidence: Evidence | None = None,
) -> Proposal:
    """The proposal of one staged table. `evidence` takes what was counted, for its cleaning."""
    session = Session(con, evidence=evidence if evidence is not None else {}, typed=raw.typed)
    known = SourceTable(raw.file, raw.sheet, raw.header, _first_cells(session, raw))
    format_ = source_format(known)
    mapping = remembered_mapping(raw.header, raw.sheet, remembered, fact)
    if mapping is not None:
        mapping, questions = _completed(format_, known, _renewed(format_, mapping, account))
        return replace(
            _with_preview(session, raw, mapping, ((mapping.fact, 1.0),), questions, clear=True), remembered=True
        )
    if raw.offered and fact is None:
        return _offered(session, raw)
    columns = _source_columns(session, raw)
    found = _candidates(columns, raw, fact)
    listed = tuple((one.mapping.fact, one.score) for one in found)
    if format_ is not None and fact in (None, format_.fact):
        suggested = candidates(columns, format_.fact)[0].mapping.giving("account", account)
        mapping, questions = _completed(format_, known, format_.maps(known, suggested))
        listed = ((format_.fact, 1.0), *(one for one in listed if one[0] != format_.fact))
        return _with_preview(session, raw, mapping, listed, questions, clear=True)
    if not found or not raw.header or (found[0].score < _RECOGNISED and fact is None):
        return _unrecognised(session, raw, listed)
    best = _done_by_default(found[0].mapping).giving("account", account)
    return _with_preview(session, raw, best, listed, _doubts(found, fact), clear=bool(fact) or is_clear(found))


def remembered_mapping(
    header: tuple[str, ...], sheet: str | None, remembered: Remembered, fact: str | None
) -> Mapping | None:
    """The mapping of the same headers; the sheet may be called otherwise («Октябрь», «Ноябрь»)."""
    known = remembered(signature(header)) if header else None
    fitting = [mapping for mapping in known or () if fact in (None, mapping.fact)]
    same = [mapping for mapping in fitting if mapping.sheet in (None, sheet)]
    best = next(iter(same or fitting), None)
    return replace(best, sheet=sheet) if best is not None else None


def _renewed(format_: SourceFormat | None, mapping: Mapping, account: str | None) -> Mapping:
    """A remembered mapping without the account that an earlier file's name gave."""
    entry = mapping.target("account")
    if format_ is not None and entry is not None and entry.constant is not None:
        mapping = mapping.without("account")
    return mapping.giving("account", account)


def _completed(
    format_: SourceFormat | None, table: SourceTable, mapping: Mapping
) -> tuple[Mapping, tuple[Message, ...]]:
    if format_ is None or format_.fact != mapping.fact:
        return mapping, ()
    return format_.completes(table, mapping)


def _first_cells(session: Session, raw: RawTable) -> dict[str, tuple[str, ...]]:
    """Header → the cells of the first rows."""
    texts = ", ".join(f"cast(c{place} as varchar)" for place in range(len(raw.header)))
    rows = session.rows(f"select {texts} from {raw.table} limit {JUDGED}") if texts else []
    return {
        name: tuple(row[place] for row in rows if row[place]) for place, name in reversed(list(enumerate(raw.header)))
    }


def _source_columns(session: Session, raw: RawTable) -> tuple[SourceColumn, ...]:
    header = header_of(session.con, raw)
    cells = cells_of(session, raw.table, header, range(len(header)))
    samples = {place: one.sample[:JUDGED] for place, one in cells.items()}
    tails = _tails(header)
    return tuple(
        SourceColumn(place, header[place], cells, shape_of(cells), tails[place]) for place, cells in samples.items()
    )


def _tails(header: Sequence[str]) -> list[str]:
    """The lowest names of headers of several rows, where they tell their columns apart."""
    lowest = [text.rpartition(BETWEEN)[2] for text in header]
    return [last if last != text and lowest.count(last) == 1 else "" for text, last in zip(header, lowest, strict=True)]


def _candidates(columns: tuple[SourceColumn, ...], raw: RawTable, fact: str | None) -> tuple[Candidate, ...]:
    wide = wide_candidate(columns, (raw.file, raw.sheet or "", *raw.header), fact)
    found = candidates(columns, fact)
    if wide is None or (found and found[0].score >= wide.score and found[0].dated):
        return found
    return (wide, *(one for one in found if one.mapping.fact != wide.mapping.fact))


def _done_by_default(mapping: Mapping) -> Mapping:
    """A list of jobs without a status is mostly one of done jobs: proposed as such, and asked."""
    targets = mapping.targets
    if mapping.fact != "orders" or targets & {"status", "finished_at"}:
        return mapping
    return mapping.adding(ColumnMap("status", constant="done", confidence=0.5))


def _doubts(found: tuple[Candidate, ...], fact: str | None) -> tuple[Message, ...]:
    best = found[0]
    doubts = []
    if fact is None and not is_clear(found) and len(found) > 1:
        first, second = (say(fact_named(one.mapping.fact).title) for one in found[:2])
        doubts.append(say("Is this table «{first}» or «{second}»?", first=first, second=second))
    if not best.dated:
        doubts.append(say("Which column has the date of the rows?"))
    return tuple(doubts)


def _unrecognised(session: Session, raw: RawTable, listed: tuple[tuple[str, float], ...]) -> Proposal:
    if raw.header:
        question = say("No column of this table is known by its header. What do its rows hold?")
    else:
        question = say("The table has no header row, so its columns must be named. What do its rows hold?")
    shown = column_previews(session, raw, None, ())
    return Proposal(
        raw.file, raw.sheet, raw.header, raw.rows, None, listed, False, (question,), shown, raw.findings, False
    )


def _offered(session: Session, raw: RawTable) -> Proposal:
    """Rows beside the purpose of their file: shown, and loaded only if a person says what they are."""
    question = say("These rows are not loaded unless you say what they are.")
    shown = column_previews(session, raw, None, ())
    found = Proposal(
        raw.file, raw.sheet, raw.header, raw.rows, None, (), False, (question,), shown, raw.findings, False
    )
    return replace(found, offered=True)


def _with_preview(
    session: Session,
    raw: RawTable,
    mapping: Mapping,
    listed: tuple[tuple[str, float], ...],
    doubts: tuple[Message, ...],
    clear: bool,
) -> Proposal:
    mapping = replace(mapping, sheet=raw.sheet) if raw.sheet and mapping.sheet is None else mapping
    wide = unpivoted(session, raw, mapping) if mapping.unpivot is not None else None
    table, header, applied = (
        (wide.table, wide.header, wide.mapping) if wide else (raw.table, header_of(session.con, raw), mapping)
    )
    settled = settle(session, table, header, fact_named(mapping.fact), applied)
    asked = (*doubts, *_questions(mapping, settled))
    findings = (
        *raw.findings,
        *(wide.findings if wide else ()),
        *column_remarks(settled, wide.fan_out[1] if wide else raw.rows),
    )
    shown = column_previews(session, raw, mapping, settled)
    if wide is not None:
        session.run(f"drop table {wide.table}")
    return Proposal(
        raw.file, raw.sheet, raw.header, raw.rows, mapping, listed, clear and not asked, asked, shown, findings, False
    )


def _questions(mapping: Mapping, settled: tuple[Settled, ...]) -> tuple[Message, ...]:
    asked = [one.reading.question for one in settled if one.reading.question is not None]
    status = mapping.target("status")
    if mapping.fact == "orders" and (status is None or (status.constant and status.confidence < 1)):
        asked.insert(0, say("No column says which orders are done. Are all of them?"))
    if (scale := scale_question(mapping)) is not None:
        asked.insert(0, scale)
    return tuple(asked)
