"""Settles how every mapped column of a staged table is read.

Invariant: each reading was held against every row of its column; dates that prove no order by themselves take the order
the table's other dates prove, and only if those agree.
"""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.errors import ExpressionError, MappingError, did_you_mean
from data.expression import Name, names, parse
from data.ingest.clean import durations, numbers, times
from data.ingest.clean.cells import cells_of
from data.ingest.clean.computed import computed, constant
from data.ingest.clean.date_order import DAY_FIRST, MONTH_FIRST
from data.ingest.clean.missing import counted
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.words import settle_words
from data.ingest.column_map import ColumnMap, Mapping, find_header
from data.message import say
from data.model import Column, Fact

TIME_UNITS = ("hours", "minutes", "seconds")


@dataclass(frozen=True)
class Settled:
    """One target column and how it is read."""

    column: Column
    """Column of the fact."""
    source: ColumnMap
    """The mapping's entry, with header or expression told apart."""
    reading: Reading
    """How it is read."""
    clock: Cells | None = None
    """The cells of a second column that holds the time of day."""

    @property
    def cells(self) -> Cells | None:
        """The cells it comes from, counted; None for constants and expressions."""
        return self.reading.cells

    @property
    def value(self) -> str:
        """SQL of the typed value, with the time of day of a second column."""
        return times.with_clock(self.reading.sql, self.clock) if self.clock is not None else self.reading.sql


def settle(session: Session, table: str, header: tuple[str, ...], fact: Fact, mapping: Mapping) -> tuple[Settled, ...]:
    """Every mapped column settled, in the mapping's order. `MappingError` where an entry fits nothing."""
    entries = [resolved(entry, header) for entry in mapping.columns]
    cells = cells_of(session, table, header, _positions(entries, header))
    settled = tuple(_one(session, header, cells, column_of(fact, entry.target), entry) for entry in entries)
    return _with_sibling_order(session, settled)


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


def _positions(entries: Sequence[ColumnMap], header: tuple[str, ...]) -> list[int]:
    found: list[int | None] = []
    for entry in entries:
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
        return Settled(column, entry, computed(session, column, entry.expression, header, by_name))
    place = find_header(header, entry.source or "")
    if place is None:
        raise MappingError(say("{key} needs exactly one of column, expression and constant.", key=entry.target))
    reading = _read(session, cells[place], column, entry)
    clock = find_header(header, entry.clock) if entry.clock is not None and column.type == "time" else None
    return Settled(column, entry, reading, cells[clock] if clock is not None else None)


def _read(session: Session, cells: Cells, column: Column, entry: ColumnMap, sibling: str | None = None) -> Reading:
    """The reading of one column's cells by the type of its target."""
    match column.type:
        case "time" | "date":
            return times.settle_time(session, cells, column.type, entry.format, sibling)
        case "number" | "money" if column.unit in TIME_UNITS:
            return durations.settle_duration(session, cells, str(column.unit), column.type, entry.format)
        case "number" | "money":
            return numbers.settle_number(session, cells, column.type, entry.format)
        case "word" | "boolean":
            return settle_words(session, cells, column, entry.words, entry.otherwise)
    return _text(session, counted(session, cells), entry)


def _text(session: Session, cells: Cells, entry: ColumnMap) -> Reading:
    """Text as it stands; where the mapping gives words («филиал 1» = «Центр»), those instead."""
    if not entry.words:
        return Reading(cells.sql, cells)
    keys = session.params.place([word.casefold() for word in entry.words])
    values = session.params.place(list(entry.words.values()))
    said = f"map({keys}::varchar[], {values}::varchar[])[lower({cells.sql})]"
    return Reading(f"coalesce({said}, {cells.sql})", cells)


def _with_sibling_order(session: Session, settled: tuple[Settled, ...]) -> tuple[Settled, ...]:
    orders = {
        times.order_of(one.reading.format)
        for one in settled
        if one.column.type in ("time", "date") and one.reading.format and one.reading.question is None
    } & {DAY_FIRST, MONTH_FIRST}
    if len(orders) != 1:
        return settled
    (order,) = orders
    return tuple(_ordered(session, one, order) for one in settled)


def _ordered(session: Session, one: Settled, order: str) -> Settled:
    if one.reading.question is None or one.cells is None or one.column.type not in ("time", "date"):
        return one
    return replace(one, reading=_read(session, one.cells, one.column, one.source, order))
