"""The values of a Statement's places, as typed parameters of ClickHouse.

Invariant: a value never becomes part of the SQL; it travels beside it, under a type that follows from what it is.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data.store.engine.contract import Unanswered

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2299, 12, 31)
"""Ends of what ClickHouse tells apart as days. No row lies on either (`copying`), so a day beyond may be read as the
end: every comparison with it comes out the same."""
_INTEGERS = 1 << 63
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0", "'": "\\'"})
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "Bool"), (int, "Int64"), (float, "Float64"), (str, "String"),
    (datetime, "DateTime64(6, 'UTC')"), (date, "Date32"),
)  # fmt: skip
_ELEMENTS = {"integer": "Int32", "date": "Date32", "boolean": "Bool", "bigint": "Int64"}


def kinds(params: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Place → type of ClickHouse, in the order of their names: what a translation depends on."""
    return tuple(sorted((name, kind_of(value)) for name, value in params.items()))


def kind_of(value: Any) -> str:
    """The type of a value; `list` and `unknown` are told by what the place is cast to."""
    if value is None:
        return "unknown"
    if isinstance(value, list):
        return "list"
    for known, kind in _KINDS:
        if isinstance(value, known):
            return kind
    raise Unanswered(f"a value of type {type(value).__name__}")


def elements(name: str) -> str:
    """The type of an array's elements, by DuckDB's name of it."""
    if name not in _ELEMENTS:
        raise Unanswered(f"an array of {name}")
    return f"Array(Nullable({_ELEMENTS[name]}))"


def written(value: Any) -> str:
    """A value as ClickHouse reads a parameter."""
    if isinstance(value, list):
        return _array(value)
    return "\\N" if value is None else _plain(value)


def _array(values: Sequence[Any]) -> str:
    cells = ("NULL" if v is None else f"'{_plain(v)}'" if isinstance(v, str | date) else _plain(v) for v in values)
    return f"[{','.join(cells)}]"


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() if not -_INTEGERS <= value < _INTEGERS:
            raise Unanswered("a number of more than 64 bits")
        case datetime():
            held = min(max(value, datetime.combine(FIRST_DAY, datetime.min.time())), datetime(2299, 12, 31))
            return held.isoformat(" ", "microseconds")
        case date():
            return min(max(value, FIRST_DAY), LAST_DAY).isoformat()
        case float():
            return repr(value)
    return str(value).translate(_ESCAPED)
