"""Text that breaks its own dialect: read in Python, every repair reported with its line.

Invariant: every line of the file is in a record, a title, or a finding.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from data.ingest.read.cells import Cells
from data.ingest.read.characters import Cleaner
from data.ingest.read.dialect import Dialect
from data.ingest.read.findings import found, line_list
from data.ingest.read.forms import Shape
from data.ingest.read.load import load
from data.ingest.read.ragged import Repairs, whole
from data.ingest.read.records import records
from data.message import Message, say_n
from data.model import Finding


def read_lines(path: Path, codec: str) -> list[str]:
    """All lines of a text file, without their ends; bytes that are no characters become U+FFFD."""
    with path.open(encoding=codec, errors="replace", newline=None) as file:
        return file.read().removesuffix("\n").split("\n")


def read_tolerant(
    con: duckdb.DuckDBPyConnection,
    name: str,
    lines: Sequence[str],
    dialect: Dialect,
    shape: Shape,
    head_lines: int,
    cleaner: Cleaner,
) -> tuple[Cells, Repairs]:
    """Stage the records below the first `head_lines` lines as table `name`."""
    repairs = Repairs()
    found_records = records(lines, dialect, shape.width, head_lines)
    rows = _clean(whole(found_records, shape, repairs), cleaner)
    return load(con, name, shape.width, rows, cleaner.verbatim), repairs


def _clean(rows: Iterable[tuple[int, list[str]]], cleaner: Cleaner) -> Iterator[tuple[int, list[str | None]]]:
    for line, cells in rows:
        yield line, cleaner.row(cells, line)


def repair_findings(repairs: Repairs) -> Iterator[Finding]:
    """One finding a kind of repair."""
    kinds = (
        ("stray_quotes", repairs.quotes, _stray_quotes),
        ("padded_rows", repairs.padded, _padded),
        ("parted_cells", repairs.parted, _parted),
        ("other_delimiter", repairs.recut, _recut),
        ("surplus_cells", repairs.surplus, _surplus),
        ("merged_cells", repairs.merged, _merged),
        ("joined_rows", repairs.joined, _joined),
    )
    for rule, lines, message in kinds:
        if lines:
            yield found(rule, len(lines), message(len(lines), line_list(lines)), lines, warning=True)


def _stray_quotes(n: int, lines: str) -> Message:
    return say_n(
        "{n} row has a quote that closes nothing; it was read as text (line {lines}).",
        "{n} rows have a quote that closes nothing; it was read as text (lines {lines}).",
        n,
        lines=lines,
    )


def _padded(n: int, lines: str) -> Message:
    return say_n(
        "{n} row has fewer cells than the table; the missing ones are empty (line {lines}).",
        "{n} rows have fewer cells than the table; the missing ones are empty (lines {lines}).",
        n,
        lines=lines,
    )


def _parted(n: int, lines: str) -> Message:
    return say_n(
        "{n} row lacks a delimiter; the two cells were told apart by what their columns look like (line {lines}).",
        "{n} rows lack a delimiter; the two cells were told apart by what their columns look like (lines {lines}).",
        n,
        lines=lines,
    )


def _recut(n: int, lines: str) -> Message:
    return say_n(
        "{n} row has a delimiter of its own and was cut by that (line {lines}).",
        "{n} rows have a delimiter of their own and were cut by that (lines {lines}).",
        n,
        lines=lines,
    )


def _surplus(n: int, lines: str) -> Message:
    return say_n(
        "{n} row has an empty cell too many; it was taken out where the others then fit their columns (line {lines}).",
        "{n} rows have an empty cell too many; it was taken out where the others then fit their columns "
        "(lines {lines}).",
        n,
        lines=lines,
    )


def _merged(n: int, lines: str) -> Message:
    return say_n(
        "{n} row has more cells than the table; the surplus was joined with a neighbour (line {lines}).",
        "{n} rows have more cells than the table; the surplus was joined with a neighbour (lines {lines}).",
        n,
        lines=lines,
    )


def _joined(n: int, lines: str) -> Message:
    return say_n(
        "{n} row was broken over several lines and joined (line {lines}).",
        "{n} rows were broken over several lines and joined (lines {lines}).",
        n,
        lines=lines,
    )


def damage_finding(lines: Sequence[str]) -> Iterator[Finding]:
    """Lines with bytes that are no characters of the encoding."""
    damaged = [number for number, line in enumerate(lines, 1) if "\ufffd" in line]
    if n := len(damaged):
        message = say_n(
            "{n} line holds characters that could not be read (line {lines}).",
            "{n} lines hold characters that could not be read (lines {lines}).",
            n,
            lines=line_list(damaged),
        )
        yield found("unreadable_characters", n, message, damaged, warning=True)
