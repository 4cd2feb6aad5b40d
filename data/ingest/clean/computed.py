"""Columns that are not cells: constants and comparisons over other columns.

Invariant: the text of a constant or comparison reaches DuckDB only as parameters and as identifiers of staged columns.
"""

from collections.abc import Mapping

from data.errors import MappingError, did_you_mean
from data.expression import parse, to_sql
from data.ingest.clean import times
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.words import meanings
from data.message import say
from data.model import Column
from data.schema.names import normalise, normalise_word

SQL_TYPES = {
    "text": "varchar", "word": "varchar", "number": "double", "money": "decimal(18,4)",
    "time": "timestamp", "date": "date", "boolean": "boolean",
}  # fmt: skip
"""Column type → DuckDB type."""


def constant(session: Session, column: Column, value: str) -> Reading:
    """The same value for every row. `MappingError` if it is no value of the column."""
    typed = _constant(session, column, value)
    (read,) = session.row(f"select {typed}")
    if read is None:
        raise MappingError(say("{key} cannot be «{value}».", key=column.name, value=value))
    return Reading(typed)


def _constant(session: Session, column: Column, value: str) -> str:
    if column.type in ("word", "boolean"):
        value = meanings(column, {}).get(normalise_word(value), "")
        return (
            f"nullif(cast({session.params.place(value)} as varchar), '')::{SQL_TYPES[column.type]}" if value else "null"
        )
    place = f"cast({session.params.place(value)} as varchar)"
    if column.type in ("time", "date"):
        return f"cast({times.single(place)} as {SQL_TYPES[column.type]})"
    if column.type in ("number", "money"):
        return f"try_cast(replace({place}, ',', '.') as {SQL_TYPES[column.type]})"
    return place


def computed(
    session: Session, column: Column, expression: str, header: tuple[str, ...], cells: Mapping[str, Cells]
) -> Reading:
    """The value of an expression over the table's headers. `MappingError` names a header that does not exist."""
    by_name = {normalise(name): one for name, one in cells.items()}

    def column_sql(name: str) -> str:
        if normalise(name) not in by_name:
            raise MappingError(
                say("{key}: the table has no column «{header}».", key=column.name, header=name),
                hint=did_you_mean(name, [text for text in header if text]),
            )
        return _typed(session, by_name[normalise(name)])

    value = to_sql(parse(expression), column_sql, session.params)
    return Reading(f"try_cast({value} as {SQL_TYPES[column.type]})")


def _typed(session: Session, cells: Cells) -> str:
    """A column as a number where all its cells are numbers, as a time where all are times, else as text."""
    if cells.filled == 0:
        return cells.sql
    number = settle_number(session, cells, "number")
    if number.unreadable == 0 and number.question is None:
        return number.sql
    time = times.settle_time(session, cells, "time")
    return time.sql if time.unreadable == 0 and time.question is None else cells.sql
