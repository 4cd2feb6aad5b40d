"""Delimited text: encoding, dialect and head are settled on the first lines; then the fast path, else the tolerant one.

Invariant: both paths give the same cells for the same file.
"""

import codecs
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.errors import UnreadableFile
from data.ingest.read.characters import Cleaner
from data.ingest.read.csv_clean import CleanRead, NotClean, read_clean
from data.ingest.read.csv_tolerant import read_lines, read_tolerant, repair_findings, widest
from data.ingest.read.encoding import TITLES, detect, detect_whole
from data.ingest.read.findings import found, line_list
from data.ingest.read.finish import Cells, Top, finish, left_out_blank
from data.ingest.read.layout import HEAD_ROWS, Head, column_kind, find_head
from data.ingest.read.ragged import Repairs, Shape
from data.ingest.read.sniff import Sample, sniff
from data.ingest.read.table import RawTable, new_name
from data.message import say, say_n
from data.model import Finding

SAMPLE_BYTES = 1 << 18
MAX_COLUMNS = 2000
_DELIMITER_TITLES = {",": ",", ";": ";", "|": "|", "\t": "TAB"}


@dataclass(frozen=True)
class _Plan:
    """What the first lines settled."""

    sample: Sample
    """The lines, cut up."""
    rows: tuple[tuple[str | None, ...], ...]
    """The same, cleaned, cell by cell."""
    head: Head
    """Titles, header, first data row among them."""
    width: int
    """Columns of the table."""

    @property
    def head_lines(self) -> int:
        """Physical lines above the first data row, quoted line ends included."""
        cut = self.sample.records
        return cut[self.head.first].line - 1 if self.head.first < len(cut) else 0

    @property
    def header(self) -> tuple[str, ...] | None:
        """Header texts, one a column."""
        if self.head.header is None:
            return None
        texts = [cell or "" for cell in self.rows[self.head.header]]
        return tuple(texts + [""] * (self.width - len(texts)))

    @property
    def clean(self) -> bool:
        """Every record of the sample keeps the rules, the header included."""
        cut = self.sample.records[self.head.header or self.head.first :]
        return (
            self.sample.regular
            and self.width == self.sample.width
            and all(len(record.cells) == self.width for record in cut if record.cells != [""])
        )


def stage_text(con: duckdb.DuckDBPyConnection, path: Path) -> RawTable:
    """Stage a delimited text file. Raises UnreadableFile if it holds no table."""
    sample, whole = _sample(path)
    codec = detect(sample, whole)
    plan = _plan(path, _lines(sample, codec, whole), whole)
    name = new_name()
    if plan.clean:
        try:
            read = _fast(con, path, codec, name, plan)
            return finish(con, path, None, read.cells, Top(plan.header, _clean_findings(codec, plan, read)))
        except NotClean:
            pass
    return _tolerant(con, path, name, detect_whole(path, codec))


def _sample(path: Path) -> tuple[bytes, bool]:
    with path.open("rb") as file:
        data = file.read(SAMPLE_BYTES)
        return data, not file.read(1)


def _lines(sample: bytes, codec: str, whole: bool) -> list[str]:
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample, whole)
    lines = re.split("\r\n|\n|\r", text)
    if lines[-1] == "" or (not whole and len(lines) > 1):
        lines.pop()
    return lines


def _plan(path: Path, lines: Sequence[str], whole: bool) -> _Plan:
    sample = sniff(lines)
    if not any("".join(record.cells).strip() for record in sample.records):
        raise UnreadableFile(say("{file} is empty.", file=path.name))
    cleaner = Cleaner()
    rows = tuple(tuple(cleaner.cell(cell, record.line) for cell in record.cells) for record in sample.records)
    head = find_head([[cell or "" for cell in row] for row in rows[:HEAD_ROWS]], sample.width)
    header_width = len(rows[head.header]) if head.header is not None else 0
    width = max(sample.width, widest(sample.records[head.first :]), header_width)
    if width > MAX_COLUMNS:
        raise UnreadableFile(say("{file} has {n} columns; at most {most} can be read.", file=path.name, n=width, most=MAX_COLUMNS))
    if whole and head.first >= len(rows):
        raise UnreadableFile(say("{file} has a header but no rows below it.", file=path.name))
    return _Plan(sample, rows, head, width)


def _fast(con: duckdb.DuckDBPyConnection, path: Path, codec: str, name: str, plan: _Plan) -> CleanRead:
    if codec in ("utf-8", "utf-8-sig"):
        return read_clean(con, path, name, plan.sample.dialect, plan.width, plan.head.first, plan.head_lines)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "utf8.csv"
        _transcode(path, codec, copy)
        return read_clean(con, copy, name, plan.sample.dialect, plan.width, plan.head.first, plan.head_lines)


def _transcode(path: Path, codec: str, copy: Path) -> None:
    """A UTF-8 copy. Bytes without a meaning in the code page make it not clean."""
    try:
        with path.open(encoding=codec, newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
            while text := source.read(1 << 20):
                target.write(text)
    except UnicodeError as error:
        raise NotClean(str(error)) from None


def _tolerant(con: duckdb.DuckDBPyConnection, path: Path, name: str, codec: str) -> RawTable:
    lines = read_lines(path, codec)
    plan = _plan(path, lines[:5000], len(lines) <= 5000)
    body = [[cell or "" for cell in row] for row in plan.rows[plan.head.first :]]
    kinds = tuple(
        column_kind([row[i] for row in body if len(row) == plan.sample.width and row[i]]) if i < plan.sample.width else "empty"
        for i in range(plan.width)
    )
    shape = Shape(plan.width, kinds, plan.sample.dialect.delimiter)
    cleaner = Cleaner()
    cells, repairs = read_tolerant(con, name, lines, plan.sample.dialect, shape, plan.head.first, cleaner)
    damaged = [number for number, line in enumerate(lines, 1) if "\ufffd" in line]
    findings = (*_dialect_findings(codec, plan), *_repaired(repairs, cleaner, damaged))
    return finish(con, path, None, cells, Top(plan.header, findings))


def _clean_findings(codec: str, plan: _Plan, read: CleanRead) -> tuple[Finding, ...]:
    repairs = Repairs(blank=read.blanks)
    return (*_dialect_findings(codec, plan), *_repaired(repairs, Cleaner(breaks=read.breaks), []))


def _dialect_findings(codec: str, plan: _Plan) -> Iterator[Finding]:
    encoding = TITLES.get(codec, codec)
    delimiter = _DELIMITER_TITLES[plan.sample.dialect.delimiter]
    yield found("dialect", 0, say("Read as {encoding}, columns separated by {delimiter}.", encoding=encoding,
                delimiter=delimiter), examples=(encoding, delimiter))  # fmt: skip
    lines = [plan.sample.records[i].line for i in plan.head.titles]
    yield from title_findings(lines, plan.head.header is None)


def title_findings(lines: Sequence[int], headless: bool) -> Iterator[Finding]:
    """Findings about what stands above the data."""
    if lines:
        yield found("title_rows", len(lines), say_n(
            "{n} title row above the table was left out (line {lines}).",
            "{n} title rows above the table were left out (lines {lines}).",
            len(lines), lines=line_list(lines)), examples=lines)  # fmt: skip
    if headless:
        yield found("no_header", 1, say("The table has no header row; its first row is data."), warning=True)


def _repaired(repairs: Repairs, cleaner: Cleaner, damaged: Sequence[int]) -> Iterator[Finding]:
    if repairs.blank:
        yield left_out_blank(repairs.blank)
    yield from repair_findings(repairs)
    yield from character_findings(cleaner)
    if n := len(damaged):
        yield found("unreadable_characters", n, say_n(
            "{n} line holds characters that could not be read (line {lines}).",
            "{n} lines hold characters that could not be read (lines {lines}).", n, lines=line_list(damaged)),
            examples=damaged, warning=True)  # fmt: skip


def character_findings(cleaner: Cleaner) -> Iterator[Finding]:
    """Findings about changed characters."""
    if n := cleaner.stripped:
        yield found("control_characters", n, say_n("Control characters were removed from {n} cell.",
                    "Control characters were removed from {n} cells.", n), examples=cleaner.examples, warning=True)  # fmt: skip
    if n := cleaner.breaks:
        yield found("line_breaks", n, say_n("In {n} cell line breaks or tabs became spaces.",
                    "In {n} cells line breaks or tabs became spaces.", n))  # fmt: skip
    if n := cleaner.links:
        yield found("links", n, say_n("{n} link was replaced by its text.", "{n} links were replaced by their text.", n))
