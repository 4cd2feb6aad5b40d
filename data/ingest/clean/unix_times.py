"""Moments as seconds or milliseconds since 1970, as programs write them.

Invariant: such a number is a moment in Greenwich; which hour of the day it was is known only with the offset of the
place, so without one the column is a question.
"""

import re
from dataclasses import replace

from data.ingest.clean.finding import found
from data.ingest.clean.reading import Cells, Reading, Session
from data.message import say

UNIX, MOSCOW = "Unix", "Unix +03:00"
"""Formats of a mapping: Greenwich, Moscow; any other offset is written in the same way."""
NUMBERS = r"1\d{9}(\d{3})?"
"""Seconds from 2001 to 2033, or as many milliseconds."""
_FORMAT = re.compile(r"unix(?:\s*([+-])(\d{1,2})(?::(\d{2}))?)?", re.IGNORECASE)


def offset_of(format_: str) -> int | None:
    """Minutes east of Greenwich that a format names; None where it is no format of such moments."""
    match = _FORMAT.fullmatch(format_.strip())
    if match is None:
        return None
    minutes = int(match[2] or 0) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def looks_unix(cells: Cells) -> bool:
    """Whether the sampled cells are such numbers."""
    return bool(cells.sample) and all(re.fullmatch(NUMBERS, cell) for cell in cells.sample)


def settle_unix(session: Session, cells: Cells, offset: int | None) -> Reading | None:
    """The reading of a column of such numbers; None where most cells are others and no format calls them so."""
    number = f"cast({cells.sql} as bigint)"
    seconds = f"case when strlen({cells.sql}) > 10 then {number} // 1000 else {number} end"
    moment = f"timestamp '1970-01-01' + to_seconds({seconds} + {(offset or 0) * 60})"
    value = f"case when regexp_full_match({cells.sql}, '{NUMBERS}') then {moment} end"
    (read,) = session.counts(f"select count({value}) from {cells.table}")
    if offset is None and 2 * read < cells.filled:
        return None
    unreadable = cells.filled - read
    reading = Reading(value, cells, UNIX, unreadable=unreadable)
    if unreadable:
        reading = replace(reading, examples=session.examples(cells, value))
    if offset is None:
        question = say(
            "«{header}» counts seconds since 1970, such as «{example}»: by the clock of Moscow or of Greenwich?",
            header=cells.header, example=cells.example,
        )  # fmt: skip
        return replace(reading, format=None, question=question, choices=(MOSCOW, UNIX))
    clock = f"UTC{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    message = say(
        "«{column}» counts seconds since 1970; read by the clock of {clock}.", column=cells.header, clock=clock
    )
    return replace(reading, findings=(found("info", cells, "unix_time", read, cells.sample[:2], message),))
