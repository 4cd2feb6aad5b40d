"""What the first lines of a text file settle: dialect, head, width. Pure but for the errors it raises."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.errors import UnreadableFile
from data.ingest.read.characters import Cleaner
from data.ingest.read.finish import NoRows, no_rows, refuse_too_wide
from data.ingest.read.forms import Shape, shape_of
from data.ingest.read.layout import HEAD_ROWS, Head, find_head
from data.ingest.read.records import Record
from data.ingest.read.sniff import Sample, sniff
from data.ingest.read.tiers import Tiers, find_tiers
from data.message import say

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Plan:
    """How a text file is to be read."""

    sample: Sample
    """Its first lines, cut up."""
    rows: tuple[tuple[str, ...], ...]
    """The same, cleaned, cell by cell; "" where empty."""
    head: Head
    """Titles, header, first data row among them."""
    tiers: Tiers | None
    """The rows of the header and their names; None if there is no header row."""
    width: int
    """Columns of the table."""
    verbatim: bool = False
    """Header and cells keep their spaces and line breaks."""

    @property
    def head_lines(self) -> int:
        """Physical lines above the first data row, quoted line ends included."""
        return self.sample.records[self.head.first].line - 1

    @property
    def header(self) -> tuple[str, ...] | None:
        """Header texts, one a column; None if there is no header row."""
        if self.tiers is None:
            return None
        if not self.verbatim:
            return _padded(self.tiers.header, self.width)
        if len(self.tiers.rows) > 1:
            return _padded([" ".join(names) for names in self.tiers.names], self.width)
        record = self.sample.records[self.tiers.rows[0]]
        if len(record.cells) > self.width:  # an empty name was taken out
            return self.tiers.header
        return _padded([cell or "" for cell in Cleaner(verbatim=True).row(record.cells, record.line)], self.width)

    @property
    def titles(self) -> list[tuple[int, str]]:
        """(line, text) of the title rows."""
        return [(self.sample.records[i].line, " ".join(filter(None, self.rows[i]))) for i in self.head.titles]

    @property
    def blanks(self) -> list[int]:
        """Blank lines above the data."""
        return [self.sample.records[i].line for i in range(self.head.first) if not any(self.rows[i])]

    @property
    def clean(self) -> bool:
        """Every record from the header on has the table's width and keeps the quoting rules; so do the titles."""
        start = self.head.first if self.tiers is None else self.tiers.rows[0]
        body = [record for record in self.sample.records[start:] if record.cells != [""] or self.width == 1]
        whole = all(len(record.cells) == self.width for record in body)
        return whole and not any(record.repaired for record in self.sample.records)

    @cached_property
    def shape(self) -> Shape:
        """What a whole record looks like, from the records of the usual width."""
        dialect = self.sample.dialect
        return shape_of(self.rows[self.head.first :], self.sample.width, self.width, dialect.delimiter, dialect.quote)


def settle(path: Path, lines: Sequence[str], whole: bool, verbatim: bool = False) -> Plan:
    """The plan for a file that begins with `lines`; `whole`: it has no more. Raises UnreadableFile if it is none."""
    sample = sniff(lines)
    cleaner = Cleaner()
    rows = tuple(tuple(cleaner.cell(cell, record.line) or "" for cell in record.cells) for record in sample.records)
    if not any(map(any, rows)):
        empty = say("{file} is empty.", file=path.name)
        raise NoRows(empty if whole else say("{file} begins with {n} empty lines.", file=path.name, n=len(lines)))
    head = find_head(rows[:HEAD_ROWS], sample.width)
    rows = _without_empty_names(rows, head, sample)
    tiers = _tiers(rows[:HEAD_ROWS], head, sample.width)
    if tiers is not None:
        titles = tuple(i for i in head.titles if i not in tiers.rows)
        head = Head(titles, head.header, tiers.first)
    header = None if tiers is None else tiers.header
    if head.first >= len(rows) and not whole:
        raise UnreadableFile(say("{file} has a line that is too long for a row of a table.", file=path.name))
    if head.first >= len(rows) or (whole and not any(map(any, rows[head.first :]))):
        raise no_rows(path, header)
    header_width = max((len(rows[i]) for i in tiers.rows), default=0) if tiers is not None else 0
    width = max(sample.width, _widest(sample.records[head.first :]), header_width)
    refuse_too_wide(path, width)
    return Plan(sample, rows, head, tiers, width, verbatim)


def _tiers(rows: Rows, head: Head, usual: int) -> Tiers | None:
    """The header's rows, of one width and without empty columns at the end; a row wider than the table is a title."""
    filled = [max((i + 1 for i, cell in enumerate(row) if cell), default=0) for row in rows]
    widest = max(usual, filled[head.header or 0])
    width = max((n for n in filled if n <= widest), default=1)
    fitting = (row[:width] if n <= widest else () for row, n in zip(rows, filled, strict=True))
    return find_tiers([_padded(row, width) for row in fitting], head, ())


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _without_empty_names(rows: Rows, head: Head, sample: Sample) -> Rows:
    """A header that is longer than every record by just its empty cells has them by mistake."""
    if head.header is None:
        return rows
    names = tuple(filter(None, rows[head.header]))
    widths = {len(record.cells) for record in sample.records[head.first :] if record.cells != [""]}
    if widths != {len(names)} or len(rows[head.header]) == len(names):
        return rows
    return (*rows[: head.header], names, *rows[head.header + 1 :])


def _widest(found: Sequence[Record]) -> int:
    """The largest number of cells that is no exception."""
    widths = sorted(len(record.cells) for record in found if record.cells != [""])
    return widths[int(0.9 * (len(widths) - 1))] if widths else 1
