"""Text that breaks its own dialect: read in Python, every repair reported with its line.

Invariant: every line of the file is in a record, a title, or a finding.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from data.ingest.read.characters import Cleaner
from data.ingest.read.finish import Cells
from data.ingest.read.findings import found, line_list
from data.ingest.read.load import load
from data.ingest.read.ragged import Repairs, Shape, whole
from data.ingest.read.records import Dialect, Record, records
from data.message import say_n
from data.model import Finding


def read_lines(path: Path, codec: str) -> list[str]:
    """All lines of a text file, without their ends; bytes that are no characters become U+FFFD."""
    with path.open(encoding=codec, errors="replace", newline=None) as file:
        return file.read().removesuffix("\n").split("\n")


def read_tolerant(
    con: duckdb.DuckDBPyConnection, name: str, lines: Sequence[str], dialect: Dialect, shape: Shape, skip: int,
    cleaner: Cleaner,
) -> tuple[Cells, Repairs]:
    """Stage the records after the first `skip` of them as table `name`."""
    repairs = Repairs()
    found_records = islice(records(lines, dialect, shape.width), skip, None)
    cells = load(con, name, shape.width, _clean(whole(found_records, shape, repairs), cleaner))
    return cells, repairs


def _clean(rows: Iterable[tuple[int, list[str]]], cleaner: Cleaner) -> Iterator[tuple[int, list[str | None]]]:
    for line, cells in rows:
        yield line, [cleaner.cell(cell, line) if cell else None for cell in cells]


def widest(found_records: Sequence[Record]) -> int:
    """The largest number of cells that occurs again and again."""
    widths = sorted(len(record.cells) for record in found_records if record.cells != [""])
    return widths[int(0.9 * (len(widths) - 1))] if widths else 1


def repair_findings(repairs: Repairs) -> Iterator[Finding]:
    """One finding a kind of repair."""
    if n := len(repairs.quotes):
        yield found("stray_quotes", n, say_n(
            "{n} row has a quote that closes nothing; it was read as text (line {lines}).",
            "{n} rows have a quote that closes nothing; it was read as text (lines {lines}).",
            n, lines=line_list(repairs.quotes)), examples=repairs.quotes, warning=True)  # fmt: skip
    if n := len(repairs.padded):
        yield found("padded_rows", n, say_n(
            "{n} row has fewer cells than the table; the missing ones are empty (line {lines}).",
            "{n} rows have fewer cells than the table; the missing ones are empty (lines {lines}).",
            n, lines=line_list(repairs.padded)), examples=repairs.padded, warning=True)  # fmt: skip
    if n := len(repairs.merged):
        yield found("merged_cells", n, say_n(
            "{n} row has more cells than the table; the surplus was joined with a neighbour (line {lines}).",
            "{n} rows have more cells than the table; the surplus was joined with a neighbour (lines {lines}).",
            n, lines=line_list(repairs.merged)), examples=repairs.merged, warning=True)  # fmt: skip
    if n := len(repairs.joined):
        yield found("joined_rows", n, say_n(
            "{n} row was broken over several lines and joined (line {lines}).",
            "{n} rows were broken over several lines and joined (lines {lines}).",
            n, lines=line_list(repairs.joined)), examples=repairs.joined, warning=True)  # fmt: skip
