"""Durations: «1:30», «1 ч 30 мин» and «90 мин» in columns counted in hours, minutes or seconds.

Invariant: a duration with parts is their sum whatever the column is counted in; a number without a unit is in the unit
that is proven for the column.
"""

from data.ingest.clean.reading import Cells, Session

_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
_CLOCK = r"^(\d+):(\d{2})(?::(\d{2})(?:\.\d+)?)?$"
_SHORT, _FULL = r"\d+:\d{2}", r"\d+:\d{2}:\d{2}"
_ENOUGH = 3
"""So many durations that all end in full minutes are no chance."""
_PARTS = {
    86400: r"(?:дней|дня|день|дн|days?|d)",
    3600: r"(?:часов|часа|час|ч|hours?|hrs?|h)",
    60: r"(?:минуты|минута|минут|мин|м|minutes?|mins?|min|m)",
    1: r"(?:секунды|секунда|секунд|сек|с|seconds?|secs?|sec|s)",
}
_AMOUNT = r"(\d+(?:[.,]\d+)?)"


def written_duration(cell: str, own: str, clock: str) -> str:
    """SQL of a duration that names its parts, in the column's own unit; NULL for a bare number."""
    return f"coalesce({_clock(cell, own, clock)}, {_parts(cell, own)})"


def looks_shifted(session: Session, cells: Cells) -> bool:
    """Clocks with three parts that all end in «:00», of an hour and more: a spreadsheet makes them of «2:15»."""
    all_, even, long = session.counts(
        f"select count_if(regexp_full_match({cells.sql}, '{_FULL}')), "
        f"count_if(regexp_full_match({cells.sql}, '{_FULL}') and {cells.sql}[-3:] = ':00'), "
        rf"count_if(regexp_full_match({cells.sql}, '0*[1-9]\d*:\d{{2}}:00')) from {cells.table}"
    )
    return all_ >= _ENOUGH and all_ == even and long > 0


def short_clocks(session: Session, cells: Cells) -> int:
    """Cells such as «1:30», which are hours and minutes or minutes and seconds."""
    (count,) = session.counts(f"select count_if(regexp_full_match({cells.sql}, '{_SHORT}')) from {cells.table}")
    return count


def _clock(cell: str, own: str, clock: str) -> str:
    parts = f"regexp_extract({cell}, '{_CLOCK}', ['a', 'b', 'c'])"
    a, b, c = (f"try_cast(nullif({parts}.{name}, '') as double)" for name in "abc")
    in_minutes, in_hours = f"{a} * 60 + {b}", f"{a} * 3600 + {b} * 60"
    full = (
        f"case when {c} = 0 then {in_minutes} else {in_hours} + {c} end" if clock == "m:ss:00" else f"{in_hours} + {c}"
    )
    return f"coalesce({full}, {in_hours if clock == 'h:mm' else in_minutes}) / {_SECONDS[own]}"


def _parts(cell: str, own: str) -> str:
    text = f"lower({cell})"
    whole = " *".join(rf"(?:{_AMOUNT} *{name}\.?)?" for name in _PARTS.values())
    amounts = " + ".join(_part(text, name, seconds) for seconds, name in _PARTS.items())
    return f"case when regexp_full_match({text}, '{whole}') and {text} <> '' then ({amounts}) / {_SECONDS[own]} end"


def _part(text: str, name: str, seconds: int) -> str:
    amount = rf"regexp_extract({text}, '{_AMOUNT} *{name}(?:\.|[^а-яёa-z]|$)', 1)"
    return f"coalesce(try_cast(replace({amount}, ',', '.') as double), 0) * {seconds}"
