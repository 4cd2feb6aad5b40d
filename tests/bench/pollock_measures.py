"""The ten measures of the Pollock benchmark for one file (Vitagliano et al., «Pollock», PVLDB 16, 2023).

Invariant: never kinder than the original: cells are compared as they stand, header and records with their numbers and
capitals levelled, which is less than the original levels (it also reads dates and prices).
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Agreement:
    """Two multisets compared."""

    precision: float
    """Share of the expected that was loaded (the original's name for it)."""
    recall: float
    """Share of the loaded that was expected."""
    f1: float
    """Their harmonic mean."""


@dataclass(frozen=True)
class Measures:
    """Ten numbers in 0…1."""

    success: float
    """Loaded without an error."""
    header: Agreement
    """Cells of the first row."""
    records: Agreement
    """The other rows, each as one text."""
    cells: Agreement
    """All cells."""

    @property
    def score(self) -> float:
        """Their sum, at most 10."""
        return self.success + sum(sum(astuple(each)) for each in (self.header, self.records, self.cells))


_NOTHING, _ALL = Agreement(0, 0, 0), Agreement(1, 1, 1)
FAILED = Measures(0, _NOTHING, _NOTHING, _NOTHING)


def measure(clean: Path, loaded: Path) -> Measures:
    """Compare what was loaded with what should have been; a file that is not there failed."""
    if not loaded.exists():
        return FAILED
    expected, found = rows_of(clean), rows_of(loaded)
    if not expected:
        return Measures(1, _ALL, _ALL, _ALL)
    return Measures(
        1,
        agreement(map(level, expected[0]), map(level, found[0] if found else ())),
        agreement(map(_record, expected[1:]), map(_record, found[1:])),
        agreement(*([cell for row in rows for cell in row] for rows in (expected, found))),
    )


def rows_of(path: Path) -> list[list[str]]:
    """A clean CSV: comma, double quotes, UTF-8."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def agreement(expected: Iterable[str], found: Iterable[str]) -> Agreement:
    """How far two multisets agree; an empty expectation is always met."""
    ours, theirs = Counter(expected), Counter(found)
    if not ours:
        return _ALL
    common = (ours & theirs).total()
    if not common:
        return _NOTHING
    precision, recall = common / ours.total(), common / theirs.total()
    return Agreement(precision, recall, 2 * precision * recall / (precision + recall))


def _record(row: Sequence[str]) -> str:
    return "".join(map(level, row))


@cache
def level(cell: str) -> str:
    """Numbers by their value, texts without capitals."""
    for as_number in (int, float):
        try:
            return str(as_number(cell))
        except ValueError:
            continue
    return cell.lower()
