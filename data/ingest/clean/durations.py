"""Durations: «1:30», «1 ч 30 мин» and «90 мин» in columns counted in hours, minutes or seconds.

Invariant: a number without a unit is in the column's own unit; a duration with parts is their sum.
"""

from dataclasses import replace

from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Reading, Session

_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
_CLOCK = r"^(\d+):(\d{2})(?::(\d{2})(?:\.\d+)?)?$"
_PARTS = {
    86400: r"(?:дней|дня|день|дн|days?|d)",
    3600: r"(?:часов|часа|час|ч|hours?|hrs?|h)",
    60: r"(?:минуты|минута|минут|мин|м|minutes?|mins?|min|m)",
    1: r"(?:секунды|секунда|секунд|сек|с|seconds?|secs?|sec|s)",
}
_AMOUNT = r"(\d+(?:[.,]\d+)?)"


def is_duration(cell: str) -> bool:
    """Whether a cell is written as a duration rather than a number."""
    return ":" in cell or any(character.isalpha() for character in cell)


def settle_duration(session: Session, cells: Cells, unit: str, type_: str, format_: str | None) -> Reading:
    """The reading of a number column with a unit of time."""
    numbers = settle_number(session, cells, type_, format_)
    if not numbers.unreadable or numbers.cells is None:
        return numbers
    cells = numbers.cells
    value = f"coalesce({numbers.sql}, {_clock(cells.sql, unit)}, {_parts(cells.sql, unit)})"
    (read,) = session.counts(f"select count({value}) from {cells.table}")
    unreadable = cells.filled - read
    reading = replace(numbers, sql=value, unreadable=unreadable, examples=())
    return replace(reading, examples=session.examples(cells, value)) if unreadable else reading


def _clock(cell: str, unit: str) -> str:
    """«1:30» is hours and minutes, in a column of seconds minutes and seconds."""
    parts = f"regexp_extract({cell}, '{_CLOCK}', ['a', 'b', 'c'])"
    a, b, c = (f"try_cast(nullif({parts}.{name}, '') as double)" for name in "abc")
    short = f"{a} * 60 + {b}" if unit == "seconds" else f"{a} * 3600 + {b} * 60"
    return f"coalesce({a} * 3600 + {b} * 60 + {c}, {short}) / {_SECONDS[unit]}"


def _parts(cell: str, unit: str) -> str:
    text = f"lower({cell})"
    whole = " *".join(rf"(?:{_AMOUNT} *{name}\.?)?" for name in _PARTS.values())
    amounts = " + ".join(_part(text, name, seconds) for seconds, name in _PARTS.items())
    return f"case when regexp_full_match({text}, '{whole}') and {text} <> '' then ({amounts}) / {_SECONDS[unit]} end"


def _part(text: str, name: str, seconds: int) -> str:
    amount = rf"regexp_extract({text}, '{_AMOUNT} *{name}(?:\.|[^а-яёa-z]|$)', 1)"
    return f"coalesce(try_cast(replace({amount}, ',', '.') as double), 0) * {seconds}"
