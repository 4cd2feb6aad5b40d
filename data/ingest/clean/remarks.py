"""What the cleaning step has to say about each column.

Invariant: every cell that became NULL, every empty cell that got a value and every rejected row is in a finding.
"""

from collections.abc import Iterator

from data.ingest.clean.cleaned import REASONS, Cleaned
from data.ingest.clean.derived import remarks_on_derived
from data.ingest.clean.finding import found
from data.ingest.clean.reading import EXAMPLES, Cells, Session
from data.ingest.clean.settle import Settled
from data.message import Message, say, say_n
from data.model import Finding


def remarks(session: Session, settled: tuple[Settled, ...], cleaned: Cleaned) -> tuple[Finding, ...]:
    """The findings of a cleaned table, in column order, rejected rows first."""
    said = (*_rejected(session, cleaned), *column_remarks(settled, cleaned.rows_in))
    derived = remarks_on_derived(
        frozenset(one.column.name for one in settled), cleaned.columns, cleaned.rows_in - cleaned.rejected
    )
    return (*said, *derived, *_kept(settled, cleaned))


def column_remarks(settled: tuple[Settled, ...], rows: int) -> tuple[Finding, ...]:
    """The findings of each column of a table of so many rows."""
    said: list[Finding] = []
    for one in settled:
        said += one.reading.findings
        if one.cells is not None:
            said += _column(one, one.cells, rows)
    return tuple(said)


def _column(one: Settled, cells: Cells, rows: int) -> Iterator[Finding]:
    if one.reading.unreadable:
        rule, message = _unreadable(one, cells)
        yield found("warning", cells, rule, one.reading.unreadable, one.reading.examples, message)
    if cells.missing and one.column.type != "boolean":
        yield found(
            "info",
            cells,
            "missing_words",
            cells.missing,
            (),
            say_n(
                "{n} cell of «{column}» says that there is no value.",
                "{n} cells of «{column}» say that there is no value.",
                cells.missing,
                column=cells.header,
            ),
        )
    empty = rows - cells.filled
    if one.column.empty is not None and empty:
        value = say("no") if one.column.type == "boolean" else say("0")
        yield found(
            "info",
            cells,
            "empty_as_value",
            empty,
            (),
            say_n(
                "{n} empty cell of «{column}» counts as {value}.",
                "{n} empty cells of «{column}» count as {value}.",
                empty,
                column=cells.header,
                value=value,
            ),
        )


def _unreadable(one: Settled, cells: Cells) -> tuple[str, Message]:
    count, column = one.reading.unreadable, cells.header
    if one.reading.unknown:
        return "unknown_word", say_n(
            "{n} cell of «{column}» has a word without a meaning here; it is left empty.",
            "{n} cells of «{column}» have words without a meaning here; they are left empty.", count, column=column,
        )  # fmt: skip
    if one.column.type in ("time", "date"):
        return "unreadable_date", say_n(
            "{n} cell of «{column}» is no date that exists; it is left empty.",
            "{n} cells of «{column}» are no dates that exist; they are left empty.", count, column=column,
        )  # fmt: skip
    return "unreadable_number", say_n(
        "{n} cell of «{column}» is not a number; it is left empty.",
        "{n} cells of «{column}» are not numbers; they are left empty.", count, column=column,
    )  # fmt: skip


def _rejected(session: Session, cleaned: Cleaned) -> Iterator[Finding]:
    if not cleaned.rejected:
        return
    counts = session.rows(
        f"select rule, count(*), list(line order by line)[1:{EXAMPLES}] from {cleaned.rejects} "
        "group by all order by min(line)"
    )
    for rule, count, lines in counts:
        message = say_n(
            "{n} row was not loaded: {reason}", "{n} rows were not loaded: {reason}", count, reason=REASONS[rule]
        )
        yield Finding("clean", "rejected", None, rule, count, tuple(map(str, lines)), message)


def _kept(settled: tuple[Settled, ...], cleaned: Cleaned) -> Iterator[Finding]:
    mapped = {text for one in settled for text in (one.source.source, one.source.clock)}
    unmapped = tuple(text for text in cleaned.extras if text not in mapped)
    if unmapped:
        message = say_n(
            "{n} column nobody mapped is kept with the rows.",
            "{n} columns nobody mapped are kept with the rows.",
            len(unmapped),
        )
        yield Finding("clean", "info", None, "unmapped_columns", len(unmapped), unmapped[:EXAMPLES], message)
