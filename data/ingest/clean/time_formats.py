"""The few formats in which nearly all files write their dates, read by DuckDB's own parser.

Invariant: what is read here is what the slower rewriting of `time_text` would read; it is only much faster.
"""

import re
from collections import Counter
from collections.abc import Sequence

from data.ingest.read.native import ISO_TEXT, LIKELY

MOST_FORMATS = 3

_THREE_NUMBERS = re.compile(
    r"\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)\d{4}"
    r"(?:(?P<gap>[ T]|, )\d{1,2}:\d{2}(?P<seconds>:\d{2})?(?P<half> ?[AaPp][Mm])?)?"
)


def formats_of(sample: Sequence[str]) -> tuple[str, ...]:
    """Format strings with `{}` for day and month in either order, the most frequent first."""
    matches = [match for cell in sample if (match := _THREE_NUMBERS.fullmatch(cell)) is not None]
    return tuple(text for text, _ in Counter(map(_format, matches)).most_common(MOST_FORMATS))


def _format(match: re.Match[str]) -> str:
    mark, gap, half = match["mark"], match["gap"], match["half"]
    text = f"{{}}{mark}{{}}{mark}%Y"
    if gap is None:
        return text
    hour = "%I" if half else "%H"
    return f"{text}{gap}{hour}:%M{':%S' if match['seconds'] else ''}{f'{half[:-2]}%p' if half else ''}"


def has_iso(sample: Sequence[str]) -> bool:
    """Whether the cells look like year-month-day."""
    return any(ISO_TEXT.fullmatch(cell) for cell in sample)


def fast(cell: str, iso: bool, formats: Sequence[str], day_first: bool) -> str:
    """SQL of the timestamp of a cell in one of the formats, NULL for any other."""
    numbers = ("%d", "%m") if day_first else ("%m", "%d")
    values = [f"case when strlen({cell}) in (10, 16, 19) then try_cast({cell} as timestamp) end"] if iso else []
    values += [f"try_strptime({cell}, '{text.format(*numbers)}')" for text in formats]
    if not values:
        return "null::timestamp"
    value = values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"
    return f"case when {value} {LIKELY} then {value} end"
