"""The dialect of a text file, from its structure: the delimiter that cuts most records into the same number of cells
which look like values. A delimiter inside quoted cells does not mislead it, a decimal comma hardly."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.ingest.read.cellkind import kind
from data.ingest.read.characters import SPACES
from data.ingest.read.dialect import Dialect
from data.ingest.read.records import Record, records

DELIMITERS = (",", ";", "\t", "|")
ONE_COLUMN = "\x1f"
"""A delimiter that no text holds: the file is one column."""
SAMPLE_RECORDS = 400
SPACED = 0.95
"""Share of the delimiters that a space follows where it belongs to them."""
LEAST = 0.08
"""Score below which no delimiter is believable."""
_SEPARATORS = re.compile(r"[;\t|]|,(?=\S)|,$")
"""What a single value seldom holds; a comma stands inside a sentence with a space behind it."""


@dataclass(frozen=True)
class Sample:
    """The start of a text file, cut up."""

    dialect: Dialect
    """The dialect it was cut by."""
    records: tuple[Record, ...]
    """Its records, blank lines included."""
    width: int
    """Cells most records have."""


def sniff(lines: Sequence[str]) -> Sample:
    """The most believable dialect for these first lines, and the lines cut by it."""
    quotes = [(quote, _escape(lines, quote)) for quote in _quotes(lines)]
    samples = [_sample(lines, Dialect(delimiter, *quote)) for quote in quotes for delimiter in DELIMITERS]
    best = max(samples, key=_score)
    if _score(best) <= LEAST:
        return _sample(lines, Dialect(ONE_COLUMN, *quotes[0]))
    spaced = _spaced(lines, best.dialect)
    return _sample(lines, spaced) if spaced.spaced else best


def _spaced(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """The dialect, the space that follows (nearly) every delimiter being part of it."""
    text = "\n".join(lines)
    alone = text.count(dialect.delimiter) - text.count(f"{dialect.delimiter}\n") - text.endswith(dialect.delimiter)
    spaces = text.count(dialect.delimiter + " ")
    return replace(dialect, spaced=True) if spaces > 2 and spaces >= SPACED * alone else dialect


def _sample(lines: Sequence[str], dialect: Dialect) -> Sample:
    rough = _first(lines, dialect, None)
    width = _width(rough)
    cut = _first(lines, dialect, width)
    width = _width(cut)
    return Sample(dialect, tuple(cut), width)


def _first(lines: Sequence[str], dialect: Dialect, width: int | None) -> list[Record]:
    found: list[Record] = []
    for record in records(lines, dialect, width):
        found.append(record)
        if len(found) == SAMPLE_RECORDS:
            break
    return found


def _width(cut: Sequence[Record]) -> int:
    """The commonest number of cells; the first records, which may be titles, count less."""
    filled = [record for record in cut if any(cell.strip(SPACES) for cell in record.cells)]
    counts: Counter[int] = Counter()
    for position, record in enumerate(filled):
        counts[len(record.cells)] += 1 if position < 10 and len(filled) > 20 else 2
    if not counts:
        return 1
    wide = [(n, width) for width, n in counts.items() if width > 1]
    total = sum(counts.values())
    return max(wide)[1] if wide and max(wide)[0] >= 0.3 * total else counts.most_common(1)[0][0]


def _score(sample: Sample) -> float:
    """0 for one column; grows with the share of records of one width and of cells that look like values."""
    if sample.width < 2:
        return 0.0
    filled = [record for record in sample.records if any(cell.strip(SPACES) for cell in record.cells)]
    same = [record for record in filled if len(record.cells) == sample.width]
    cells = [cell.strip(SPACES) for record in same for cell in record.cells]
    clean = sum(_clean(cell) for cell in cells) / len(cells)
    repaired = sum(record.repaired for record in filled) / len(filled)
    width_bonus = 1 - 0.3 / sample.width
    return float((len(same) / len(filled)) ** 2 * (0.2 + clean) * (1 - 0.5 * repaired) * width_bonus)


def _clean(cell: str) -> float:
    """How much a cell looks like one value rather than several."""
    if not cell:
        return 0.6
    if kind(cell) in ("number", "time", "word"):
        return 1.0
    if _SEPARATORS.search(cell):
        return 0.2
    return 0.9 if len(cell) < 60 else 0.7


def _quotes(lines: Sequence[str]) -> str:
    """The quote characters that may be meant, the likelier first: apostrophes only where no cell begins with "."""
    text = "\n".join(lines)
    double = re.search(r'(?:^|[,;\t|]) ?"', text, re.M)
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]+'(?=$|[,;\t|])", text, re.M))
    if double or single < 3:
        return '"'
    return "'\"" if single > 2 * len(lines) else "\"'"


def _escape(lines: Sequence[str], quote: str) -> str:
    text = "\n".join(lines)
    escaped = len(re.findall(rf"\\{quote}(?![{quote},;\t|\n]|\Z)", text))
    return "\\" if escaped and escaped >= text.count(quote * 2) else quote
