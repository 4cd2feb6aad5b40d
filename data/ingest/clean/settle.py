"""Settles how every mapped column of a staged table is read.

Invariant: each reading was held against every row of its column; dates that prove no order by themselves take the order
the table's other dates prove, and only if those agree.
"""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import replace

from data.errors import ExpressionError, MappingError, did_you_mean
from data.expression import Name, names, parse
from data.ingest.clean import times
from data.ingest.clean.agreement import agreed
from data.ingest.clean.cells import cells_of
from data.ingest.clean.computed import computed, constant
from data.ingest.clean.measured import settle_measured
from data.ingest.clean.missing import counted
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.settled import Settled
from data.ingest.clean.units import saying, unit_named, without_units
from data.ingest.clean.words import settle_words
from data.ingest.column_map import ColumnMap, Mapping, find_header
from data.message import say
from data.model import Column, Fact

__all__ = ["Settled", "column_of", "resolved", "settle"]


def settle(session: Session, table: str, header: tuple[str, ...], fact: Fact, mapping: Mapping) -> tuple[Settled, ...]:
    """Every mapped column settled, in the mapping's order. `MappingError` where an entry fits nothing."""
    entries = [resolved(entry, header) for entry in mapping.columns]
    cells = cells_of(session, table, header, _positions(fact, entries, header))
    settled = tuple(_one(session, header, cells, column_of(fact, entry.target), entry) for entry in entries)
    return agreed(settled, lambda one, format_, order: replace(one, reading=_again(session, one, format_, order)))


def column_of(fact: Fact, name: str) -> Column:
    """The fact's column. `MappingError`, with the closest names, if there is none."""
    known = [column.name for column in fact.columns]
    if name not in known:
        raise MappingError(
            say("{fact} has no column {name}.", fact=fact.name, name=name), hint=did_you_mean(name, known)
        )
    return fact.column(name)


def resolved(entry: ColumnMap, header: tuple[str, ...]) -> ColumnMap:
    """The entry with its text told apart: a header of this table, else an expression over its headers."""
    if entry.clock is not None and find_header(header, entry.clock) is None:
        raise _no_header(entry.target, entry.clock, header)
    text = entry.source
    if text is None or find_header(header, text) is not None:
        return entry
    try:
        tree = parse(text)
    except ExpressionError:
        raise _no_header(entry.target, text, header) from None
    if isinstance(tree, Name):
        raise _no_header(entry.target, text, header)
    return replace(entry, source=None, expression=text)


def _no_header(target: str, text: str, header: tuple[str, ...]) -> MappingError:
    return MappingError(
        say("{key}: the table has no column «{header}».", key=target, header=text),
        hint=did_you_mean(text, [name for name in header if name]),
    )


def _positions(fact: Fact, entries: Sequence[ColumnMap], header: tuple[str, ...]) -> list[int]:
    found: list[int | None] = []
    for entry in entries:
        if entry.source is not None and (place := find_header(header, entry.source)) is not None:
            found += _beside(column_of(fact, entry.target), header, place)
        found += [find_header(header, text) for text in (entry.source, entry.clock) if text is not None]
        if entry.expression is not None:
            found += [find_header(header, name) for name in names(parse(entry.expression))]
    return [place for place in found if place is not None]


def _one(
    session: Session,
    header: tuple[str, ...],
    cells: MappingOf[int, Cells],
    column: Column,
    entry: ColumnMap,
) -> Settled:
    if entry.constant is not None:
        return Settled(column, entry, constant(session, column, entry.constant))
    if entry.expression is not None:
        by_name = {header[place]: found for place, found in cells.items()}
        return Settled(column, entry, computed(session, column, entry.expression, header, by_name, entry.words))
    place = find_header(header, entry.source or "")
    if place is None:
        raise MappingError(say("{key} needs exactly one of column, expression and constant.", key=entry.target))
    beside = [cells[other] for other in _beside(column, header, place)]
    reading = _read(session, cells[place], column, entry, beside=beside)
    clock = find_header(header, entry.clock) if entry.clock is not None and column.type == "time" else None
    return Settled(column, entry, reading, cells[clock] if clock is not None else None)


def _beside(column: Column, header: tuple[str, ...], place: int) -> list[int]:
    """Columns of amounts whose header says the same with a unit: «price_rub» beside «price»."""
    name = without_units(header[place])
    if column.type != "money" or not name or unit_named(header[place], column):
        return []
    return [
        other
        for other, text in enumerate(header)
        if other != place and unit_named(text, column) and without_units(text) == name
    ]


def _read(
    session: Session,
    cells: Cells,
    column: Column,
    entry: ColumnMap,
    sibling: str | None = None,
    beside: Sequence[Cells] = (),
) -> Reading:
    """The reading of one column's cells by the type of its target."""
    match column.type:
        case "word" | "boolean" | "text" if cells.native is not None:
            return Reading(cells.sql, cells)
        case "time" | "date":
            return times.settle_time(session, cells, column.type, entry.format, sibling)
        case "number" | "money":
            return settle_measured(session, cells, column, entry.format, beside)
        case "word" | "boolean":
            return settle_words(session, cells, column, entry)
    return _text(session, counted(session, cells), entry)


def _text(session: Session, cells: Cells, entry: ColumnMap) -> Reading:
    """Text as it stands; where the mapping gives words («филиал 1» = «Центр»), those instead."""
    if not entry.words:
        return Reading(cells.sql, cells)
    keys = session.params.place([word.casefold() for word in entry.words])
    values = session.params.place(list(entry.words.values()))
    said = f"map({keys}::varchar[], {values}::varchar[])[lower({cells.sql})]"
    return Reading(f"coalesce({said}, {cells.sql})", cells)


def _again(session: Session, one: Settled, format_: str | None, order: str | None) -> Reading:
    """The column read again by what other columns prove."""
    if one.cells is None:
        return one.reading
    entry = replace(one.source, format=saying(one.source.format, format_)) if format_ else one.source
    return _read(session, one.cells, one.column, entry, order)
