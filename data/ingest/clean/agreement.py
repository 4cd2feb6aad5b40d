"""What the columns of one table prove for each other: order of dates, unit of durations, price of a percentage.

Invariant: a column is read by others only where it proves nothing itself and all the others that prove something agree.
"""

from collections.abc import Callable
from dataclasses import replace

from data.ingest.clean import times
from data.ingest.clean.date_order import DAY_FIRST, MONTH_FIRST
from data.ingest.clean.finding import found
from data.ingest.clean.measured import TIME_UNITS
from data.ingest.clean.reading import Cells
from data.ingest.clean.settled import Settled
from data.ingest.clean.units import PERCENT, TITLES
from data.message import say
from data.model import Column, Finding

ReadAgain = Callable[[Settled, str | None, str | None], Settled]
"""A column read again, by a format or by an order of dates."""


def agreed(settled: tuple[Settled, ...], again: ReadAgain) -> tuple[Settled, ...]:
    """The columns, those that were undecided read as the others prove."""
    return _with_gross(_with_sibling_unit(_with_sibling_order(settled, again), again))


def _with_sibling_order(settled: tuple[Settled, ...], again: ReadAgain) -> tuple[Settled, ...]:
    orders = {
        times.order_of(one.reading.format)
        for one in settled
        if _is_time(one.column) and one.reading.format and one.reading.question is None
    } & {DAY_FIRST, MONTH_FIRST}
    if len(orders) != 1:
        return settled
    (order,) = orders
    return tuple(again(one, None, order) if _is_time(one.column) and _open(one) else one for one in settled)


def _is_time(column: Column) -> bool:
    return column.type in ("time", "date")


def _open(one: Settled) -> bool:
    return one.reading.question is not None and one.cells is not None


def _with_sibling_unit(settled: tuple[Settled, ...], again: ReadAgain) -> tuple[Settled, ...]:
    """Durations that fit two units are in the one that the table's other durations are in."""
    proven = {one.reading.unit for one in settled if one.column.unit in TIME_UNITS and one.reading.question is None}
    proven -= {None}
    if len(proven) != 1:
        return settled
    (unit,) = proven
    return tuple(
        _told(again(one, unit, None), one.cells, str(unit)) if one.cells and _open(one) and _offers(one, unit) else one
        for one in settled
    )


def _offers(one: Settled, unit: str | None) -> bool:
    return one.column.unit in TIME_UNITS and unit in one.reading.choices


def _told(one: Settled, cells: Cells, unit: str) -> Settled:
    why = say("the table's other durations are")
    message = say("«{column}» is counted {unit}: {why}.", column=cells.header, unit=TITLES[unit], why=why)
    told: Finding = found("info", cells, "unit", cells.filled, cells.sample[:2], message)
    others = tuple(finding for finding in one.reading.findings if finding.rule != "unit")
    return replace(one, reading=replace(one.reading, findings=(*others, told)))


def _with_gross(settled: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """A discount in percent is that part of the price before discount; without one it is a question."""
    gross = next((one for one in settled if one.column.name == "gross" and one.reading.question is None), None)
    return tuple(_of_gross(one, gross) if _is_percentage(one) else one for one in settled)


def _is_percentage(one: Settled) -> bool:
    return one.column.type == "money" and one.reading.unit == PERCENT and one.reading.question is None


def _of_gross(one: Settled, gross: Settled | None) -> Settled:
    header = one.cells.header if one.cells else ""
    if gross is None:
        question = say(
            "«{header}» is in percent, but no column has the price before discount that it is a part of: which is it?",
            header=header,
        )
        return replace(one, reading=replace(one.reading, question=question))
    value = f"cast(({gross.value}) * ({one.reading.sql}) / 100 as decimal(18,4))"
    return replace(one, reading=replace(one.reading, sql=value))
