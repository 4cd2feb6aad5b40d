"""What the first lines of a text file settle: dialect, head, width. Pure but for the errors it raises."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.errors import UnreadableFile
from data.ingest.read.cellkind import Kind
from data.ingest.read.characters import Cleaner
from data.ingest.read.finish import no_rows, refuse_too_wide
from data.ingest.read.layout import HEAD_ROWS, Head, column_kind, find_head
from data.ingest.read.ragged import Shape
from data.ingest.read.records import Record
from data.ingest.read.sniff import Sample, sniff
from data.message import say


@dataclass(frozen=True)
class Plan:
    """How a text file is to be read."""

    sample: Sample
    """Its first lines, cut up."""
    rows: tuple[tuple[str, ...], ...]
    """The same, cleaned, cell by cell; "" where empty."""
    head: Head
    """Titles, header, first data row among them."""
    width: int
    """Columns of the table."""

    @property
    def head_lines(self) -> int:
        """Physical lines above the first data row, quoted line ends included."""
        return self.sample.records[self.head.first].line - 1

    @property
    def header(self) -> tuple[str, ...] | None:
        """Header texts, one a column; None if there is no header row."""
        if self.head.header is None:
            return None
        texts = self.rows[self.head.header]
        return texts + ("",) * (self.width - len(texts))

    @property
    def titles(self) -> list[tuple[int, str]]:
        """(line, text) of the title rows."""
        return [(self.sample.records[i].line, " ".join(filter(None, self.rows[i]))) for i in self.head.titles]

    @property
    def clean(self) -> bool:
        """Every record from the header on has the table's width and keeps the quoting rules; so do the titles."""
        start = self.head.first if self.head.header is None else self.head.header
        body = [record for record in self.sample.records[start:] if record.cells != [""] or self.width == 1]
        whole = all(len(record.cells) == self.width for record in body)
        return whole and not any(record.repaired for record in self.sample.records)

    @cached_property
    def shape(self) -> Shape:
        """What a whole record looks like, from the records of the usual width."""
        body = [row for row in self.rows[self.head.first :] if len(row) == self.sample.width]
        kinds: list[Kind] = [column_kind([row[i] for row in body if row[i]]) for i in range(self.sample.width)]
        delimiter = self.sample.dialect.delimiter
        kinds += ["empty"] * (self.width - self.sample.width)
        return Shape(self.width, tuple(kinds), delimiter)


def settle(path: Path, lines: Sequence[str], whole: bool) -> Plan:
    """The plan for a file that begins with `lines`; `whole`: it has no more. Raises UnreadableFile if it is none."""
    sample = sniff(lines)
    cleaner = Cleaner()
    rows = tuple(tuple(cleaner.cell(cell, record.line) or "" for cell in record.cells) for record in sample.records)
    if not any(map(any, rows)):
        raise UnreadableFile(say("{file} is empty.", file=path.name))
    head = find_head(rows[:HEAD_ROWS], sample.width)
    if head.first >= len(rows) or (whole and not any(map(any, rows[head.first :]))):
        raise no_rows(path, head.header is not None)
    header_width = len(rows[head.header]) if head.header is not None else 0
    width = max(sample.width, _widest(sample.records[head.first :]), header_width)
    refuse_too_wide(path, width)
    return Plan(sample, rows, head, width)


def _widest(found: Sequence[Record]) -> int:
    """The largest number of cells that is no exception."""
    widths = sorted(len(record.cells) for record in found if record.cells != [""])
    return widths[int(0.9 * (len(widths) - 1))] if widths else 1
