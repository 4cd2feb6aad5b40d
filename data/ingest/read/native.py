"""Columns that the reader may type while it reads, instead of keeping their text to be typed later.

Invariant: a column is typed only where every cell then has the value that typing its text would give. The first rows
only promise that; a cell that breaks the promise ends the attempt, and the file is read as text.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["time", "number", "money", "word", "boolean"]

Told = Callable[[Sequence[str], Sequence[Sequence[str]]], Mapping[int, "Wanted"]]
"""Header and first rows → what the columns at these positions are going to be."""

ISO, DAY_FIRST, NUMBER, WORD = "ISO", "D/M/YYYY", "number", "word"
"""How a typed column was written."""

LIKELY = "between timestamp '1900-01-01' and timestamp '2199-12-31 23:59:59'"
"""Years a business can mean; «26» read as the year 26 is not among them."""
ISO_TEXT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
"""How ISO dates are written that DuckDB reads by itself."""
_DOTTED = re.compile(r"\d\d\.\d\d\.\d{4}(?P<clock> \d\d:\d\d(?P<seconds>:\d\d)?)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_THOUSAND = re.compile(r"-?\d{1,3}\.\d{3}")
_TYPES = {"time": "TIMESTAMP", "number": "DOUBLE", "money": "DECIMAL(18,4)"}
_FEW = 4
"""So many words are compared one by one faster than looked up."""


@dataclass(frozen=True)
class Wanted:
    """What one column is going to be."""

    kind: Kind
    """Type of the target column."""
    words: Mapping[str, str] = field(default_factory=dict)
    """For words and booleans: cell → canonical word, the likeliest first."""


@dataclass(frozen=True)
class Native:
    """A column as the reader types it."""

    type: str
    """Type given to DuckDB's reader."""
    format: str
    """How its cells are written."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Cell → canonical word, where it holds words."""
    boolean: bool = False
    """Its words are true and false."""

    def value(self, column: str, place: Callable[[object], str]) -> str:
        """SQL of the stored value; `place` makes a parameter."""
        if self.format != WORD:
            return column
        first = list(self.words.items())[:_FEW]
        cases = " ".join(f"when {column} = {place(cell)} then {place(word)}" for cell, word in first)
        keys, values = place(list(self.words)), place(list(self.words.values()))
        rest = f"coalesce(map({keys}::varchar[], {values}::varchar[])[{column}], error('unknown: ' || {column}))"
        said = f"case when {column} is null then null {cases} else {rest} end"
        return f"cast({said} as boolean)" if self.boolean else said

    def kept(self, column: str) -> str | None:
        """SQL aggregate that is true where every cell kept the promise; None where reading it proves that."""
        if self.format in (ISO, DAY_FIRST):
            return f"(count({column}) = 0 or (min({column}) {LIKELY} and max({column}) {LIKELY}))"
        return f"count_if(not isfinite({column})) = 0" if self.type == "DOUBLE" else None


@dataclass(frozen=True)
class Typed:
    """How the columns of one file are typed while it is read."""

    columns: Mapping[int, Native]
    """Position → column."""
    timestamps: str | None = None
    """Format of its times, where they are not ISO."""


TEXT = Typed({})
"""Every column is text."""


def typed(wanted: Mapping[int, Wanted], rows: Sequence[Sequence[str]]) -> Typed:
    """What of the wanted columns these first rows promise. One format of times a file: all that the reader takes."""
    cells = {place: [row[place] for row in rows if place < len(row) and row[place]] for place in wanted}
    timestamps = _timestamps([cells[place] for place, each in wanted.items() if each.kind == "time"])
    found = {place: _native(each, cells[place], timestamps) for place, each in wanted.items() if cells[place]}
    return Typed({place: native for place, native in found.items() if native is not None}, timestamps)


def _native(wanted: Wanted, cells: Sequence[str], timestamps: str | None) -> Native | None:
    if wanted.kind == "time":
        return _time(cells, timestamps)
    if wanted.kind in ("word", "boolean"):
        known = all(cell in wanted.words for cell in cells)
        return Native("VARCHAR", WORD, wanted.words, wanted.kind == "boolean") if known else None
    proven = any("." in cell and not _THOUSAND.fullmatch(cell) for cell in cells)
    plain = proven and all(_NUMBER.fullmatch(cell) for cell in cells)
    return Native(_TYPES[wanted.kind], NUMBER) if plain else None


def _time(cells: Sequence[str], timestamps: str | None) -> Native | None:
    if timestamps is None:
        return Native("TIMESTAMP", ISO) if all(map(ISO_TEXT.fullmatch, cells)) else None
    return Native("TIMESTAMP", DAY_FIRST) if all(_dotted(cell) == timestamps for cell in cells) else None


def _timestamps(columns: Sequence[Sequence[str]]) -> str | None:
    """The commonest format of dates with points, if no column is ISO."""
    counts = Counter(_dotted(cells[0]) for cells in columns if cells)
    if not counts or any(map(ISO_TEXT.fullmatch, (cells[0] for cells in columns if cells))):
        return None
    return counts.most_common(1)[0][0]


def _dotted(cell: str) -> str | None:
    match = _DOTTED.fullmatch(cell)
    if match is None:
        return None
    clock = (" %H:%M:%S" if match["seconds"] else " %H:%M") if match["clock"] else ""
    return f"%d.%m.%Y{clock}"
