"""Columns that are not cells: constants and comparisons over other columns.

Invariant: the text of a constant or comparison reaches DuckDB only as parameters and as identifiers of staged columns.
"""

import re
from collections.abc import Mapping

from data.errors import MappingError, did_you_mean
from data.expression import Call, Name, Node, parse, to_sql
from data.ingest.clean import times
from data.ingest.clean.computed_calls import called
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.words import meanings
from data.message import say
from data.model import Column
from data.schema.names import normalise, normalise_word

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
"""A moment that needs no rewriting: DuckDB takes seconds to prepare the reading of any other."""
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
        moment = f"try_cast({place} as timestamp)" if _ISO.fullmatch(value) else times.single(place)
        return f"cast({moment} as {SQL_TYPES[column.type]})"
    if column.type in ("number", "money"):
        return f"try_cast(replace({place}, ',', '.') as {SQL_TYPES[column.type]})"
    return place


def computed(
    session: Session,
    column: Column,
    expression: str,
    header: tuple[str, ...],
    cells: Mapping[str, Cells],
    words: Mapping[str, str],
) -> Reading:
    """The value of an expression over the table's headers. `MappingError` names a header that does not exist."""
    by_name = {normalise(name): one for name, one in cells.items()}

    def named(name: str) -> Cells:
        if normalise(name) not in by_name:
            raise MappingError(
                say("{key}: the table has no column «{header}».", key=column.name, header=name),
                hint=did_you_mean(name, [text for text in header if text]),
            )
        return by_name[normalise(name)]

    def looked_at(node: Node) -> str:
        return to_sql(node, lambda name: _typed(session, named(name)), session.params, call)

    def result(node: Node) -> str:
        """Texts and words are taken as they stand, numbers and times as such."""
        raw = column.type in ("text", "word") and isinstance(node, Name)
        return named(node.name).sql if raw and isinstance(node, Name) else looked_at(node)

    def call(made: Call) -> str:
        return called(made, result, looked_at)

    value = looked_at(parse(expression))
    if column.type == "word":
        return _word(session, column, value, words)
    return Reading(f"try_cast({value} as {SQL_TYPES[column.type]})")


def _word(session: Session, column: Column, value: str, words: Mapping[str, str]) -> Reading:
    """The word that a computed text means; a text without one gives no value."""
    known = meanings(column, words)
    keys, said = session.params.place(list(known)), session.params.place(list(known.values()))
    text = f"replace(lower(trim(cast({value} as varchar))), 'ё', 'е')"
    return Reading(f"map({keys}::varchar[], {said}::varchar[])[{text}]")


def _typed(session: Session, cells: Cells) -> str:
    """A column as a number where all its cells are numbers, as a time where all are times, else as text."""
    if cells.filled == 0:
        return cells.sql
    number = settle_number(session, cells, "number")
    if number.unreadable == 0 and number.question is None:
        return number.sql
    time = times.settle_time(session, cells, "time")
    return time.sql if time.unreadable == 0 and time.question is None else cells.sql
