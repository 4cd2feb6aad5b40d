"""Dates and times: the order of day and month is settled by the whole column.

Invariant: a time is the wall time as it is written (an offset is never applied); a date that does not exist gives no
value; where no cell says which number is the day, the column is a question.
"""

from dataclasses import replace

from data.errors import MappingError
from data.ingest.clean import time_text
from data.ingest.clean.date_order import (
    COMPACT,
    DAY_FIRST,
    MONTH_FIRST,
    SERIAL,
    SERIALS,
    YEAR_FIRST,
    Evidence,
    evidence_of_fast,
    evidence_of_text,
    order_proven,
)  # fmt: skip
from data.ingest.clean.finding import found
from data.ingest.clean.missing import counted
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.time_formats import fast, formats_of, has_iso
from data.ingest.clean.unix_times import UNIX, looks_unix, offset_of, settle_unix
from data.ingest.read.native import LIKELY
from data.message import Message, say, say_n
from data.model import Finding


def settle_time(
    session: Session, cells: Cells, type_: str, format_: str | None = None, sibling: str | None = None
) -> Reading:
    """The reading of a «time» or «date» column. `sibling`: the order other columns of the table prove.

    `MappingError`: the format names no order of day, month and year.
    """
    unix = offset_of(format_) if format_ else None
    order = order_of(format_) if format_ else None
    reading = _plain(session, cells) if order in (None, YEAR_FIRST) or cells.native else None
    if reading is None and (unix is not None or (order is None and looks_unix(cells))):
        reading = settle_unix(session, counted(session, cells), unix)
    if reading is None:
        reading = _settled(session, counted(session, cells), order, sibling)
    return replace(reading, sql=f"cast({reading.sql} as date)") if type_ == "date" else reading


def order_of(format_: str) -> str:
    """The order a mapping's format names: «D/M/YYYY HH:MM» and «dd.mm.yyyy» are day first."""
    text = format_.strip().lower()
    if offset_of(text) is not None:
        return UNIX
    named = {
        "iso": YEAR_FIRST,
        "excel": SERIAL,
        "yyyymmdd": COMPACT,
        "day first": DAY_FIRST,
        "month first": MONTH_FIRST,
    }
    if text in named:
        return named[text]
    places = {letter: text.find(letter) for letter in "dmy"}
    if min(places.values()) < 0:
        raise MappingError(
            say("{format} is not a way dates are written.", format=format_),
            hint=say("Use D/M/YYYY, M/D/YYYY, ISO, YYYYMMDD, Excel or Unix +03:00."),
        )
    first = min(places, key=lambda letter: places[letter])
    return {"d": DAY_FIRST, "m": MONTH_FIRST, "y": YEAR_FIRST}[first]


def _plain(session: Session, cells: Cells) -> Reading | None:
    """What the reader has typed already; else ISO, if that reads every cell."""
    if cells.native is not None:
        return Reading(cells.sql, cells, cells.native.format)
    if not cells.filled:
        return Reading("null::timestamp", cells)
    if not has_iso(cells.sample[:1]):
        return None
    value = fast(cells.sql, iso=True, formats=(), day_first=True)
    (read,) = session.counts(f"select count({value}) from {cells.table}")
    return Reading(value, cells, YEAR_FIRST) if read == cells.filled else None


def _settled(session: Session, cells: Cells, order: str | None, sibling: str | None) -> Reading:
    """By the fast formats; the cells they cannot read are rewritten first."""
    iso, formats = has_iso(cells.sample), formats_of(cells.sample)
    day_first, month_first = (fast(cells.sql, iso, formats, is_day_first) for is_day_first in (True, False))
    evidence, rest = evidence_of_fast(session, cells, day_first, month_first)
    text = cells.sql
    if rest:
        unread = f"coalesce({day_first}, {month_first})"
        text = time_text.canonical(cells.sql, _alphabets(session, cells, unread))
        evidence += evidence_of_text(session, cells, text, unread)
    settled = order or order_proven(evidence, cells.filled) or sibling
    quick = month_first if settled == MONTH_FIRST else day_first
    reads_all = not rest and (evidence.day_first == 0 if settled == MONTH_FIRST else evidence.month_first == 0)
    value = quick if reads_all else f"coalesce({quick}, {_rewritten(cells, text, settled or DAY_FIRST)})"
    reading = Reading(value, cells, settled)
    if not reads_all:
        reading = session.with_unreadable(cells, reading)
    if settled is None:
        return replace(reading, question=_which_is_the_day(cells), choices=(DAY_FIRST, MONTH_FIRST))
    return replace(reading, findings=_remarks(cells, settled, evidence, by_sibling=not order and settled == sibling))


def _alphabets(session: Session, cells: Cells, unread: str) -> frozenset[int]:
    """In which alphabets the cells no fast format reads may name months."""
    russian, english = session.counts(
        f"select count_if(regexp_matches(c, '[а-яё]{{3}}')), count_if(regexp_matches(c, '[a-z]{{3}}')) "
        f"from (select lower({cells.sql}) as c from {cells.table} where ({unread}) is null)"
    )
    return frozenset(({0} if russian else set()) | ({1} if english else set()))


def _rewritten(cells: Cells, text: str, order: str) -> str:
    """SQL of the cells that no fast format reads."""
    low, high = SERIALS
    if order == SERIAL:
        days = f"try_cast(replace({cells.sql}, ',', '.') as double)"
        moment = f"timestamp '1899-12-30' + to_seconds(round({days} * 86400))"
        return f"case when {days} between {low} and {high} then {moment} end"
    if order == COMPACT:
        return f"try_strptime({cells.sql}, '%Y%m%d')"
    swap = r"\3-\1-\2\4" if order == MONTH_FIRST else r"\3-\2-\1\4"
    value = time_text.timestamp(rf"regexp_replace({text}, '^(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})(.*)$', '{swap}')")
    return f"case when {value} {LIKELY} then {value} end"


def _which_is_the_day(cells: Cells) -> Message:
    return say(
        "In column «{header}» no date shows which number is the day, such as «{example}»: day first or month first?",
        header=cells.header, example=cells.example,
    )  # fmt: skip


def _remarks(cells: Cells, settled: str, evidence: Evidence, by_sibling: bool) -> tuple[Finding, ...]:
    if settled == SERIAL:
        message = say_n(
            "{n} number in «{column}» was read as a day number of Excel.",
            "{n} numbers in «{column}» were read as day numbers of Excel.", evidence.serial, column=cells.header,
        )  # fmt: skip
        return (found("info", cells, "excel_serial", evidence.serial, cells.sample[:2], message),)
    if not evidence.numeric or evidence.dotted >= evidence.numeric or settled not in (DAY_FIRST, MONTH_FIRST):
        return ()
    first = say("day first") if settled == DAY_FIRST else say("month first")
    proof = evidence.day_first if settled == DAY_FIRST else evidence.month_first
    if by_sibling and not proof:
        message = say(
            "Dates in «{column}» are read {order}, as the table's other dates prove.", column=cells.header, order=first
        )
    else:
        message = say(
            "Dates in «{column}» are read {order}; {n} of them prove it.", column=cells.header, order=first, n=proof
        )
    return (found("info", cells, "date_order", evidence.numeric, cells.sample[:2], message),)


def single(cell: str) -> str:
    """SQL of one date a person typed: ISO, or day first."""
    text = time_text.canonical(cell, time_text.BOTH)
    return time_text.timestamp(rf"regexp_replace({text}, '^(\d{{1,2}})-(\d{{1,2}})-(\d{{4}})(.*)$', '\3-\2-\1\4')")


def with_clock(moment: str, clock: Cells) -> str:
    """SQL of the date of one column with the time of day of another; the date alone where that is empty."""
    return f"coalesce(cast({moment} as date) + {time_text.time_of_day(clock.sql)}, {moment})"
