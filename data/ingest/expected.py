"""What the columns of a text file are going to be, told from its header and first rows before the rest is read.

Invariant: an expectation only saves work. What is settled afterwards, over the whole table, must be the same mapping,
or the file is read again as text.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.expression import names, parse
from data.ingest.clean.missing import MISSING
from data.ingest.clean.settle import column_of, resolved
from data.ingest.clean.words import DASHES, meanings
from data.ingest.column_map import ColumnMap, find_header
from data.ingest.column_map import Mapping as TableMapping
from data.ingest.headers import SourceColumn, candidates
from data.ingest.proposal import JUDGED, Remembered, remembered_mapping
from data.ingest.read.native import Kind, Wanted
from data.ingest.shape import shape_of
from data.ingest.sources import SourceTable, source_format
from data.model import Column
from data.schema.loader import fact as fact_named
from data.schema.names import normalise_word

Guess = Callable[[tuple[str, ...], Sequence[Sequence[str]]], TableMapping | None]
"""Header and first rows → the mapping they will most likely get."""

_KINDS: Mapping[str, Kind] = {
    "time": "time", "date": "time", "number": "number", "money": "money", "word": "word", "boolean": "boolean"
}  # fmt: skip
_SAID = (None, "ISO", "number")
"""Formats of a mapping that say nothing else than what the cells show."""


@dataclass
class Expectation:
    """Asked once by the reader; afterwards it tells whether a mapping is what was expected."""

    guess: Guess
    """Where the expected mapping comes from."""
    header: tuple[str, ...] = ()
    """Header as found."""
    rows: Sequence[Sequence[str]] = ()
    """First rows, "" where a cell is empty."""
    wanted: Mapping[int, Wanted] = field(default_factory=dict)
    """What was told."""

    def __call__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[int, Wanted]:
        """For the reader: position → what the column is going to be."""
        self.header, self.rows = tuple(header), rows
        mapping = self.guess(self.header, rows)
        self.wanted = expected(mapping, self.header, rows) if mapping is not None else {}
        return self.wanted

    def met(self, mapping: TableMapping | None) -> bool:
        """Whether this mapping wants of every column what was told."""
        return mapping is not None and expected(mapping, self.header, self.rows) == self.wanted


def given(mapping: TableMapping) -> Guess:
    """The mapping is known."""
    return lambda _header, _rows: mapping


def likeliest(file: str, remembered: Remembered) -> Guess:
    """The mapping a person settled for these headers, else the best the headers propose."""

    def guess(header: tuple[str, ...], rows: Sequence[Sequence[str]]) -> TableMapping | None:
        known = remembered_mapping(header, None, remembered, None)
        if known is not None:
            return known
        columns = tuple(_source_column(place, text, rows) for place, text in enumerate(header))
        table = SourceTable(file, None, header, {one.header: one.cells for one in reversed(columns)})
        format_ = source_format(table)
        found = candidates(columns, format_.fact if format_ else None)
        best = found[0].mapping if found else None
        return format_.maps(table, best) if format_ is not None and best is not None else best

    return guess


def expected(mapping: TableMapping, header: tuple[str, ...], rows: Sequence[Sequence[str]]) -> dict[int, Wanted]:
    """Position → what the mapping makes of the column; only columns that nothing else of the mapping needs as text."""
    if mapping.unpivot is not None:
        return {}
    fact = fact_named(mapping.fact)
    entries = [resolved(entry, header) for entry in mapping.columns]
    uses = Counter(place for entry in entries for place in _places(entry, header))
    uses.update([find_header(header, mapping.version)] if mapping.version else [])
    found: dict[int, Wanted] = {}
    for entry in entries:
        place = find_header(header, entry.source) if entry.source is not None else None
        if place is not None and uses[place] == 1 and entry.clock is None:
            wanted = _wanted(column_of(fact, entry.target), entry, _cells(rows, place))
            found |= {place: wanted} if wanted is not None else {}
    return found


def _places(entry: ColumnMap, header: tuple[str, ...]) -> list[int | None]:
    texts = [text for text in (entry.source, entry.clock) if text is not None]
    texts += names(parse(entry.expression)) if entry.expression is not None else []
    return [find_header(header, text) for text in texts]


def _wanted(column: Column, entry: ColumnMap, cells: Sequence[str]) -> Wanted | None:
    kind = _KINDS.get(column.type)
    if kind is None or entry.format not in _SAID:
        return None
    if kind not in ("word", "boolean"):
        return Wanted(kind)
    words = _words(column, entry, cells) if entry.otherwise is None and not entry.contains else {}
    return Wanted(kind, words) if words else None


def _words(column: Column, entry: ColumnMap, cells: Sequence[str]) -> dict[str, str]:
    """Cell → canonical word: those of the first rows, then the known words in the cases people write them."""
    known = meanings(column, entry.words)
    if any(cell in DASHES or cell.lower() in MISSING for cell in cells):
        return {}
    often = [cell for cell, _ in Counter(cells).most_common()]
    seen = {cell: known[word] for cell in often if (word := normalise_word(cell)) in known}
    others = {
        spelling: canonical
        for word, canonical in known.items()
        for spelling in (word, word.upper(), word.capitalize())
        if spelling not in DASHES and normalise_word(spelling) == word
    }
    return {**seen, **{cell: word for cell, word in others.items() if cell not in seen}}


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place]]


def _source_column(place: int, header: str, rows: Sequence[Sequence[str]]) -> SourceColumn:
    cells = tuple(cell for cell in _cells(rows, place) if cell.lower() not in MISSING)[:JUDGED]
    return SourceColumn(place, header, cells, shape_of(cells))
