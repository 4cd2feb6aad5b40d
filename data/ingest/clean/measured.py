"""Amounts, durations and shares: in which unit a column of numbers is counted.

Invariant: a unit other than the column's own is taken only where a mapping, the header, the cells or a sibling column
prove it, and then said in a finding; where values fit two units, the column is a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.ingest.clean.durations import looks_shifted, short_clocks, written_duration
from data.ingest.clean.finding import found
from data.ingest.clean.number_text import roubles_and_kopecks
from data.ingest.clean.numbers import settle_number
from data.ingest.clean.reading import Cells, Reading, Session
from data.ingest.clean.units import (
    HOURS,
    KOPECKS,
    MINUTES,
    OF_GROSS,
    PERCENT,
    ROUBLES,
    SECONDS,
    THOUSANDS,
    TITLES,
    named_units,
    parts_of,
    unit_named,
    units_of,
)  # fmt: skip
from data.ingest.read.cellkind import whole
from data.message import Message, say
from data.model import Column, Finding

TIME_UNITS = (HOURS, MINUTES, SECONDS)
_SECONDS_FROM, _HOURS_TO = 60, 24
"""A call of over a minute is told in seconds; so many hours a day has."""
_SAME = 0.99
"""Share of rows in which a sibling column must agree."""


@dataclass(frozen=True)
class _Proof:
    """What a column is counted in."""

    unit: str
    """In the words a mapping uses."""
    why: Message
    """What proves it."""


def settle_measured(
    session: Session, cells: Cells, column: Column, format_: str | None = None, beside: Sequence[Cells] = ()
) -> Reading:
    """The reading of a number or amount. `beside`: columns of the table whose header differs only by its unit."""
    marks, unit, clock = parts_of(format_, column)
    reading = settle_number(session, cells, column.type, marks)
    if reading.question is not None or reading.cells is None or not reading.cells.filled:
        return reading
    given = _Proof(unit, say("the mapping says so")) if unit else None
    named = unit_named(cells.header, column)
    proof = given or (_Proof(named, say("its header says so")) if named else None)
    if column.unit in TIME_UNITS:
        return _duration(session, reading, reading.cells, column, proof, clock)
    if column.type == "money":
        return _amount(session, reading, reading.cells, column, proof, beside)
    return _share(session, reading, reading.cells, column, proof if given or named != PERCENT else None)


def _told(reading: Reading, cells: Cells, column: Column, proof: _Proof | None) -> Reading:
    """The reading with its unit; a unit that is not the column's own is said."""
    if proof is None:
        return reading
    own = next(iter(units_of(column)))
    if proof.unit == own:
        return replace(reading, unit=own)
    message = say("«{column}» is counted {unit}: {why}.", column=cells.header, unit=TITLES[proof.unit], why=proof.why)
    told = found("info", cells, "unit", cells.filled, cells.sample[:2], message)
    return replace(reading, unit=proof.unit, findings=(*reading.findings, told))


def _recounted(session: Session, cells: Cells, reading: Reading) -> Reading:
    (read,) = session.counts(f"select count({reading.sql}) from {cells.table}")
    unreadable = cells.filled - read
    return replace(reading, unreadable=unreadable, examples=session.examples(cells, reading.sql) if unreadable else ())


def _duration(
    session: Session, numbers: Reading, cells: Cells, column: Column, proof: _Proof | None, clock: str | None
) -> Reading:
    own = str(column.unit)
    if proof is None and (question := _doubt_of_duration(session, numbers, cells, own)) is not None:
        return replace(numbers, question=question, choices=(own, MINUTES))
    unit = proof.unit if proof else own
    value = _scaled(numbers.sql, units_of(column)[unit], column)
    reading = replace(numbers, sql=value, unit=own if numbers.unreadable < cells.filled else None)
    if numbers.unreadable:
        if clock is None and own == SECONDS and looks_shifted(session, cells):
            return replace(numbers, question=_which_clock(cells), choices=("h:mm", "m:ss:00"))
        meant = clock or ("m:ss" if own == SECONDS and unit != HOURS else "h:mm")
        written = f"coalesce({value}, {written_duration(cells.sql, own, meant)})"
        reading = _recounted(session, cells, replace(reading, sql=written))
        reading = replace(reading, findings=(*reading.findings, *_clocks(session, cells, meant, clock)))
    return _told(reading, cells, column, proof)


def _doubt_of_duration(session: Session, numbers: Reading, cells: Cells, own: str) -> Message | None:
    """Numbers too small for seconds, or too large for hours of a day, that nothing calls so."""
    if own == SECONDS and any(_over(cell, _SECONDS_FROM) for cell in cells.sample):
        return None
    usual, most = session.row(
        f"select median(v), max(v) from (select {numbers.sql} as v from {cells.table}) where v > 0"
    )
    if most is None or (own == SECONDS and most > _SECONDS_FROM) or (own == HOURS and usual <= _HOURS_TO):
        return None
    return say(
        "Is «{header}» counted {own} or {other}? Its largest value is {most}.",
        header=cells.header, own=TITLES[own], other=TITLES[MINUTES], most=f"{float(most):g}",
    )  # fmt: skip


def _which_clock(cells: Cells) -> Message:
    return say(
        "All durations of «{header}» end in «:00», such as «{example}»: hours and minutes, or minutes and seconds?",
        header=cells.header, example=cells.example,
    )  # fmt: skip


def _over(cell: str, least: float) -> bool:
    number = whole(cell)
    return number > least if number is not None else cell.isdecimal()


def _clocks(session: Session, cells: Cells, meant: str, said: str | None) -> tuple[Finding, ...]:
    """«1:30» can be two things: which one it was taken for is said."""
    count = 0 if said else short_clocks(session, cells)
    if not count:
        return ()
    example = next((cell for cell in cells.sample if cell.count(":") == 1), cells.example)
    parts = say("minutes and seconds") if meant == "m:ss" else say("hours and minutes")
    message = say("«{example}» in «{column}» is read as {parts}.", example=example, column=cells.header, parts=parts)
    return (found("info", cells, "clock", count, (example,), message),)


def _amount(
    session: Session, numbers: Reading, cells: Cells, column: Column, proof: _Proof | None, beside: Sequence[Cells]
) -> Reading:
    shares = _percent_cells(session, numbers, cells)
    if shares and proof is None and column.name in OF_GROSS and shares == cells.filled:
        proof = _Proof(PERCENT, say("its cells have a percent sign"))
    if proof is not None and proof.unit == PERCENT:
        return _told(replace(numbers, unit=PERCENT), cells, column, proof)
    reading = numbers
    if shares:
        amounts = f"case when not contains({cells.sql}, '%') then {numbers.sql} end"
        reading = _recounted(session, cells, replace(numbers, sql=amounts))
    if shares == cells.filled:
        return replace(reading, question=_no_amount(cells), choices=(PERCENT,) if column.name in OF_GROSS else ())
    if any("коп" in cell.casefold() for cell in reading.examples):
        both = f"coalesce({reading.sql}, {roubles_and_kopecks(cells.sql)})"
        reading = _recounted(session, cells, replace(reading, sql=both))
    proof = proof or _by_sibling(session, reading, cells, column, beside)
    factor = units_of(column)[proof.unit] if proof else 1
    return _told(replace(reading, sql=_scaled(reading.sql, factor, column)), cells, column, proof)


def _by_sibling(
    session: Session, reading: Reading, cells: Cells, column: Column, beside: Sequence[Cells]
) -> _Proof | None:
    """«price» beside «price_rub», a hundred times as much in every row: then it is in kopecks."""
    sizes = units_of(column)
    for other in beside:
        unit = unit_named(other.header, column)
        theirs = settle_number(session, other, column.type)
        if unit is None or theirs.question is not None:
            continue
        for mine in (ROUBLES, KOPECKS, THOUSANDS):
            a, b = f"a * {sizes[mine]}", f"b * {sizes[unit]}"
            same, both = session.counts(
                f"select count_if(abs({a} - {b}) < 0.006), count(*) from (select cast({reading.sql} as double) as a, "
                f"cast({theirs.sql} as double) as b from {cells.table}) where a <> 0 and b <> 0"
            )
            if both and same >= _SAME * both:
                return _Proof(mine, say("so its values agree with those of «{other}»", other=other.header))
    return None


def _no_amount(cells: Cells) -> Message:
    return say(
        "The cells of «{header}» are percentages, such as «{example}», not amounts of money: what are they?",
        header=cells.header, example=cells.example,
    )  # fmt: skip


def _share(session: Session, numbers: Reading, cells: Cells, column: Column, proof: _Proof | None) -> Reading:
    """Counts, maybe in thousands; numbers some of which have a percent sign, and fractions under «%»."""
    units = units_of(column)
    if PERCENT not in units:
        counts = _scaled(numbers.sql, units[proof.unit] if proof else 1, column)
        return _told(replace(numbers, sql=counts), cells, column, proof)
    shares = _percent_cells(session, numbers, cells)
    if proof is None and (question := _doubt_of_share(session, numbers, cells, shares)) is not None:
        return replace(numbers, question=question, choices=tuple(units_of(column)))
    if proof is None or proof.unit == PERCENT:
        return replace(numbers, unit=PERCENT) if shares else numbers
    value = f"case when contains({cells.sql}, '%') then {numbers.sql} else {_scaled(numbers.sql, 100, column)} end"
    return _told(replace(numbers, sql=value if shares else _scaled(numbers.sql, 100, column)), cells, column, proof)


def _doubt_of_share(session: Session, numbers: Reading, cells: Cells, shares: int) -> Message | None:
    if 0 < shares < cells.filled:
        bare = next((cell for cell in cells.sample if "%" not in cell), "")
        share = next((cell for cell in cells.sample if "%" in cell), "")
        return say(
            "Some cells of «{header}» have a percent sign, such as «{share}», others do not, such as «{bare}»: are "
            "those percent too, or fractions of one?", header=cells.header, share=share, bare=bare,
        )  # fmt: skip
    if shares or PERCENT not in named_units(cells.header):
        return None
    most, broken = session.row(
        f"select max(abs(v)), count_if(v <> floor(v)) from (select {numbers.sql} as v from {cells.table})"
    )
    if most is None or most > 1 or not broken:
        return None
    return say(
        "«{header}» says percent, but no value is above {most}: are they percent, or fractions of one?",
        header=cells.header, most=f"{float(most):g}",
    )  # fmt: skip


def _percent_cells(session: Session, numbers: Reading, cells: Cells) -> int:
    """Cells with a percent sign; numbers that DuckDB reads by itself have none."""
    if numbers.format == "number" and not numbers.unreadable:
        return 0
    (count,) = session.counts(f"select count_if(contains({cells.sql}, '%')) from {cells.table}")
    return count


def _scaled(value: str, factor: float, column: Column) -> str:
    if factor == 1:
        return value
    if column.type == "money":
        return f"cast(({value}) * {factor} as decimal(18,4))"
    return f"({value}) * {factor!r}"
