"""Dates and times: the order of day and month is settled by the whole column.

Invariant: a time is the wall time as it is written (an offset is never applied); a date that does not exist gives no
value; where no cell says which number is the day, the column is a question.
"""

from dataclasses import dataclass, replace

from data.errors import MappingError
from data.ingest.clean import time_text
from data.ingest.clean.finding import found
from data.ingest.clean.reading import Cells, Reading, Session
from data.message import say, say_n
from data.model import Finding

DAY_FIRST, MONTH_FIRST, YEAR_FIRST, SERIAL, COMPACT = "D/M/YYYY", "M/D/YYYY", "ISO", "Excel", "YYYYMMDD"
"""What a mapping may say; any text with D, M and Y in it is read as the order of the three."""

_ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?"
_DOTTED = ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
_LIKELY = "between timestamp '1900-01-01' and timestamp '2199-12-31 23:59:59'"
_SERIALS = (20_000, 60_000)
_CLEAR_MAJORITY = 20
"""So many cells that prove one order to one that proves the other: then that one is the mistake."""


@dataclass(frozen=True)
class _Evidence:
    """What the cells of one column prove about the order of their numbers."""

    day_first: int
    """The first number is above 12."""
    month_first: int
    """The second number is above 12."""
    dotted: int
    """Written with points: day first everywhere such dates are used."""
    numeric: int
    """Three numbers, the year last."""
    serial: int
    """Numbers in the range of Excel's day numbers."""
    compact: int
    """Eight digits that begin with a year."""


def settle_time(
    session: Session, cells: Cells, type_: str, format_: str | None = None, sibling: str | None = None
) -> Reading:
    """The reading of a «time» or «date» column. `sibling`: the order other columns of the table prove.

    `MappingError`: the format names no order of day, month and year.
    """
    order = order_of(format_) if format_ else None
    reading = None if order in (MONTH_FIRST, SERIAL, COMPACT) else _plain(session, cells)
    return _typed(reading if reading is not None else _written(session, cells, order, sibling), type_)


def order_of(format_: str) -> str:
    """The order a mapping's format names: «D/M/YYYY HH:MM» and «dd.mm.yyyy» are day first."""
    text = format_.strip().lower().removeprefix("%")
    named = {"iso": YEAR_FIRST, "excel": SERIAL, "yyyymmdd": COMPACT, "day first": DAY_FIRST, "month first": MONTH_FIRST}
    if text in named:
        return named[text]
    places = {letter: text.find(letter) for letter in "dmy"}
    if min(places.values()) < 0:
        raise MappingError(
            say("{format} is not a way dates are written.", format=format_),
            hint=say("Use D/M/YYYY, M/D/YYYY, ISO, YYYYMMDD or Excel."),
        )
    first = min(places, key=lambda letter: places[letter])
    return {"d": DAY_FIRST, "m": MONTH_FIRST, "y": YEAR_FIRST}[first]


def _plain(session: Session, cells: Cells) -> Reading | None:
    """ISO or one dotted format, if that reads every cell."""
    if not cells.sample:
        return Reading("null::timestamp")
    first = cells.sample[0]
    values = [f"case when regexp_full_match({cells.sql}, '{_ISO}') then try_cast(left({cells.sql}, 19) as timestamp) end"]
    if first[:1].isdigit() and "-" not in first[:5]:
        size = {10: 0, 16: 1, 19: 2}.get(len(first))
        if size is None:
            return None
        values = [f"try_strptime({cells.sql}, '{_DOTTED[size]}')"]
    (read,) = session.row(f"select count_if({values[0]} {_LIKELY}) from {cells.table}")
    if read != cells.filled:
        return None
    return Reading(values[0], YEAR_FIRST if "-" in first[:5] else "DD.MM.YYYY")


def _written(session: Session, cells: Cells, order: str | None, sibling: str | None) -> Reading:
    """Rewritten by the alphabets of the first rows; by both where a later row still cannot be read."""
    seen = time_text.alphabets(cells.sample)
    reading = _rewritten(session, cells, order, sibling, seen)
    if reading.unreadable and seen != time_text.BOTH:
        return _rewritten(session, cells, order, sibling, time_text.BOTH)
    return reading


def _rewritten(
    session: Session, cells: Cells, order: str | None, sibling: str | None, words: frozenset[int]
) -> Reading:
    text = time_text.canonical(cells.sql, words)
    evidence = _evidence(session, cells, text)
    if order is None and evidence.serial == cells.filled > 0:
        order = SERIAL
    if order is None and evidence.compact == cells.filled > 0:
        order = COMPACT
    settled = order or _settled(evidence) or sibling
    value = _value(cells, text, settled or DAY_FIRST)
    reading = _with_unreadable(session, cells, Reading(value, settled))
    if settled is None:
        example = cells.sample[0] if cells.sample else ""
        return replace(
            reading,
            question=say(
                "In column «{header}» no date shows which number is the day, such as «{example}»: day first or month first?",
                header=cells.header, example=example,
            ),
        )  # fmt: skip
    return replace(reading, findings=_remarks(cells, settled, evidence, order, sibling))


def _evidence(session: Session, cells: Cells, text: str) -> _Evidence:
    three = r"^(\d{1,2})-(\d{1,2})-\d{4}\b"
    low, high = _SERIALS
    row = session.row(
        f"with t as (select {text} as d, {cells.sql} as c from {cells.table}), "
        f"n as (select *, try_cast(regexp_extract(d, '{three}', 1) as integer) as a, "
        f"try_cast(regexp_extract(d, '{three}', 2) as integer) as b from t where c is not null) "
        "select count_if(a > 12 and b <= 12), count_if(b > 12 and a <= 12), "
        r"count_if(a is not null and regexp_matches(c, '^\d{1,2}\.')), count(a), "
        rf"count_if(regexp_full_match(c, '\d{{5}}([.,]\d+)?') and try_cast(replace(c, ',', '.') as double) between {low} and {high}), "
        r"count_if(regexp_full_match(c, '(19|20)\d{6}')) from n"
    )
    return _Evidence(*row)


def _settled(evidence: _Evidence) -> str | None:
    if evidence.day_first > _CLEAR_MAJORITY * evidence.month_first:
        return DAY_FIRST
    if evidence.month_first > _CLEAR_MAJORITY * evidence.day_first:
        return MONTH_FIRST
    if evidence.day_first == evidence.month_first == 0:
        if evidence.numeric == 0:
            return YEAR_FIRST
        return DAY_FIRST if 2 * evidence.dotted > evidence.numeric else None
    return None


def _value(cells: Cells, text: str, order: str) -> str:
    if order == SERIAL:
        days = f"try_cast(replace({cells.sql}, ',', '.') as double)"
        low, high = _SERIALS
        return (
            f"case when {days} between {low} and {high} then "
            f"timestamp '1899-12-30' + to_seconds(round({days} * 86400)) end"
        )
    if order == COMPACT:
        return f"try_strptime({cells.sql}, '%Y%m%d')"
    swap = r"\3-\1-\2\4" if order == MONTH_FIRST else r"\3-\2-\1\4"
    iso = rf"regexp_replace({text}, '^(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})(.*)$', '{swap}')"
    value = time_text.timestamp(iso)
    return f"case when {value} {_LIKELY} then {value} end"


def _with_unreadable(session: Session, cells: Cells, reading: Reading) -> Reading:
    (read,) = session.row(f"select count({reading.sql}) from {cells.table}")
    unreadable = cells.filled - read
    return replace(reading, unreadable=unreadable, examples=session.examples(cells, reading.sql)) if unreadable else reading


def _typed(reading: Reading, type_: str) -> Reading:
    return replace(reading, sql=f"cast({reading.sql} as date)") if type_ == "date" else reading


def _remarks(
    cells: Cells, settled: str, evidence: _Evidence, order: str | None, sibling: str | None
) -> tuple[Finding, ...]:
    if settled == SERIAL:
        message = say_n(
            "{n} number in «{column}» was read as a day number of Excel.",
            "{n} numbers in «{column}» were read as day numbers of Excel.", evidence.serial, column=cells.header,
        )  # fmt: skip
        return (found("info", cells, "excel_serial", evidence.serial, cells.sample[:2], message),)
    if evidence.numeric == 0 or settled not in (DAY_FIRST, MONTH_FIRST):
        return ()
    proof = evidence.day_first if settled == DAY_FIRST else evidence.month_first
    first = say("day first") if settled == DAY_FIRST else say("month first")
    if order is None and proof == 0 and sibling == settled and not evidence.dotted:
        message = say("Dates in «{column}» are read {order}, as the other dates of this table prove.", column=cells.header, order=first)
    else:
        message = say("Dates in «{column}» are read {order}; {n} of them prove it.", column=cells.header, order=first, n=proof)
    return (found("info", cells, "date_order", evidence.numeric, cells.sample[:2], message),)


def single(cell: str) -> str:
    """SQL of one date a person typed: ISO, or day first."""
    text = time_text.canonical(cell, time_text.BOTH)
    return time_text.timestamp(rf"regexp_replace({text}, '^(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})(.*)$', '\3-\2-\1\4')")


def with_clock(reading: Reading, clock: Cells) -> Reading:
    """The date of one column with the time of day of another; the date alone where that is empty."""
    day = f"cast({reading.sql} as date)"
    return replace(reading, sql=f"coalesce({day} + {time_text.time_of_day(clock.sql)}, {reading.sql})")
