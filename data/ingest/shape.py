"""What the cells of a column look like, judged by a sample.

Invariant: a shape only supports or rules out what a header says; values alone never make a mapping certain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.ingest.clean import words
from data.model import Column
from data.schema.names import normalise_word

_TIME = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[\s.-]+[а-яёa-z]{3,}[\s.,-]+\d{2,4}"
    r"|[а-яёa-z]{3,9}\.?\s+(?:\d{1,2},?\s+)?\d{4}|(?:19|20)\d{6}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:от |from )?[-+−(]?\s*[₽€$£]?\s*[\d\s\u00a0\u202f.,'’]*\d[\d\s\u00a0\u202f.,'’]*\s*(?:e[-+]?\d+)?"
    r"(?:₽|€|\$|£|\?|%|руб\w*\.?|р\.?|rub|usd|eur|шт\.?|ч\.?|час\w*|мин\w*\.?|[hm])?\s*\)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\d+:\d{2}(?::\d{2})?|\d+\s*(?:ч|час\w*|h)\.?\s*(?:\d+\s*(?:м|мин\w*|min|m)\.?)?", re.IGNORECASE
)
_SMALL = re.compile(r"\d{1,2}")
ENOUGH = 0.5
"""Share of cells that must look like a type."""


@dataclass(frozen=True)
class Shape:
    """Shares, 0…1, of the sampled cells."""

    filled: int
    """Cells in the sample."""
    time: float
    """Look like dates."""
    number: float
    """Look like numbers, amounts or durations."""
    serial: float
    """Whole or broken numbers in the range of Excel's dates, or seconds since 1970."""
    small: float
    """Whole numbers from 0 to 10."""


def shape_of(cells: Sequence[str]) -> Shape:
    """The shape of a sample of cells (words for «missing» left out)."""
    count = len(cells)

    def share(pattern: re.Pattern[str]) -> float:
        return sum(pattern.match(cell) is not None for cell in cells) / count if count else 0.0

    numbers = sum(bool(_NUMBER.fullmatch(cell) or _DURATION.fullmatch(cell)) for cell in cells)
    small = sum(bool(_SMALL.fullmatch(cell)) and int(cell) <= 10 for cell in cells)
    serial = sum(re.fullmatch(r"[2-5]\d{4}([.,]\d+)?|1\d{9}(\d{3})?", cell) is not None for cell in cells)
    return Shape(count, share(_TIME), *(part / count if count else 0.0 for part in (numbers, serial, small)))


def fits(shape: Shape, cells: Sequence[str], column: Column) -> float:
    """0…1: how well cells go with a column of the fact; 0 rules it out."""
    if not shape.filled:
        return 0.9
    match column.type:
        case "time" | "date":
            return 1.0 if max(shape.time, shape.serial) >= ENOUGH else 0.0
        case "number" | "money":
            return 1.0 if shape.number >= ENOUGH > shape.time else 0.0
        case "boolean":
            return 1.0 if _known(cells, column) >= ENOUGH else 0.0
        case "word":
            known = _known(cells, column)
            return 0.9 + 0.1 * known if known else (0.8 if len(set(cells)) <= 20 and shape.time < ENOUGH else 0.0)
    return 0.0 if shape.time > 0.8 and column.type == "text" else 1.0


def _known(cells: Sequence[str], column: Column) -> float:
    meanings = words.meanings(column, {})
    return sum(normalise_word(cell) in meanings for cell in cells) / len(cells) if cells else 0.0
