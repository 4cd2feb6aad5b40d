"""From a file to typed rows: stage, propose, preview, clean.

Invariant: proposing and previewing change nothing and never guess silently: what the whole column does not settle is a
question. Cleaning applies one mapping to one table and reports every row and cell it did not take as it stood.
"""

from dataclasses import replace
from datetime import date

import duckdb

from data.errors import MappingError
from data.ingest.check import Checked, check
from data.ingest.clean.cells import cells_of
from data.ingest.clean.cleaned import build
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Evidence, Reading, Session
from data.ingest.clean.remarks import remarks
from data.ingest.clean.settle import Settled, settle
from data.ingest.clean.times import settle_time
from data.ingest.column_map import Mapping, find_header
from data.ingest.column_preview import ColumnPreview
from data.ingest.proposal import Proposal, preview, propose, propose_table
from data.ingest.read import RawTable
from data.ingest.staged import ImportOptions, Staged
from data.ingest.unpivot import unpivoted
from data.ingest.width import header_of
from data.message import Message, say
from data.schema.loader import fact as fact_named

__all__ = [
    "ColumnPreview",
    "ImportOptions",
    "Proposal",
    "Staged",
    "clean",
    "preview",
    "propose",
    "propose_table",
]


def clean(
    con: duckdb.DuckDBPyConnection,
    raw: RawTable,
    mapping: Mapping,
    options: ImportOptions,
    evidence: Evidence | None = None,
) -> Staged:
    """One table typed by one mapping. `evidence`: what its proposal counted, where it was proposed while staged.

    `MappingError`: the mapping does not fit the table, or a column's order of day and month (or its decimal mark) is
    neither given nor proven by its cells.
    """
    session = Session(con, evidence=_of_staged(evidence), typed=raw.typed)
    fact = fact_named(mapping.fact)
    mapping = mapping.giving("account", options.account).giving("branch", options.branch)
    wide = unpivoted(session, raw, mapping) if mapping.unpivot is not None else None
    table, header, applied = (
        (wide.table, wide.header, wide.mapping) if wide else (raw.table, header_of(con, raw), mapping)
    )
    settled = settle(session, table, header, fact, applied)
    _refuse_undecided(settled)
    version = _version(session, table, header, mapping.version)
    cleaned = build(session, table, header, fact, settled, version)
    key = mapping.key or fact.key
    sources = {one.column.name: one.source.source for one in settled if one.source.source is not None}
    by_version = key if version is not None and set(key) <= set(cleaned.columns) else ()
    checked = check(Checked(session, fact, cleaned, header, sources, by_version, options.today or date.today()))
    seen = (*raw.findings, *(wide.findings if wide else ()), *remarks(session, settled, cleaned), *checked)
    if wide is not None:
        session.run(f"drop table {wide.table}")
    return Staged(
        fact=fact, table=cleaned.table, columns=cleaned.columns, extras=cleaned.extras,
        rejects=cleaned.rejects, rows_in=cleaned.rows_in, rejected=cleaned.rejected,
        fan_out=wide.fan_out if wide else raw.fan_out, findings=seen,
        mapping=_as_applied(mapping, settled, wide is not None),
        steps=("read", "headers", *(("unpivot",) if wide else ()), "clean", "check"), key=key,
    )  # fmt: skip


def _of_staged(evidence: Evidence | None) -> Evidence:
    """A copy: what is counted in the tables made from here on holds for this cleaning only."""
    return dict(evidence or {})


def _refuse_undecided(settled: tuple[Settled, ...]) -> None:
    """Unknown words may be left empty; an order of day and month, a decimal mark or a unit may not be guessed."""
    for one in settled:
        if one.reading.question is not None and not one.reading.unknown:
            raise MappingError(one.reading.question, hint=_answer(one))


def _answer(one: Settled) -> Message:
    choices = " / ".join(one.reading.choices) or "…"
    return say(
        "Say it in the mapping: {column} = {{ column = …, format = {choices} }}.",
        column=one.column.name, choices=f'"{choices}"',
    )  # fmt: skip


def _version(session: Session, table: str, header: tuple[str, ...], version: str | None) -> Reading | None:
    """The version column as numbers, times as seconds since 1970."""
    if version is None:
        return None
    place = find_header(header, version)
    if place is None:
        raise MappingError(say("{key}: the table has no column «{header}».", key="version", header=version))
    cells = cells_of(session, table, header, [place])[place]
    number = settle_number(session, cells, "number")
    if not number.unreadable:
        return number
    time = settle_time(session, cells, "time")
    return replace(time, sql=f"epoch({time.sql})")


def _as_applied(mapping: Mapping, settled: tuple[Settled, ...], wide: bool) -> Mapping:
    """The mapping with headers and expressions told apart."""
    return mapping if wide else replace(mapping, columns=tuple(one.source for one in settled))
