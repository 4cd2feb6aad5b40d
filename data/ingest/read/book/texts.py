"""A sheet's values into lines of cleaned texts, some thousand rows at a time.

Invariant: a column whose values are of one kind is turned into texts faster, but into the same texts as `celltext` and
the `Cleaner` give cell by cell; wherever that is not certain, cell by cell is what happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson

from data.ingest.read.book.celltext import DIGITS, EXACT, cell_text, date_text, iso_duration, number_text, percent_text
from data.ingest.read.book.seen import Seen
from data.ingest.read.characters import Cleaner

Texts = Sequence[str]


@dataclass
class SheetTexts:
    """Turns blocks of rows into lines and counts what it met."""

    seen: Seen
    """What the sheet's file says about its cells."""
    left: int = 0
    """Column of the sheet in which the rows begin."""
    durations: bool = False
    """Whether texts may be durations as OpenDocument writes them."""
    cleaner: Cleaner = field(default_factory=Cleaner)
    """Counts changed characters."""
    inexact: set[int] = field(default_factory=set)
    """Rows with a number too long to be exact."""
    percents: int = 0
    """Cells that became a text with a percent sign."""
    moments: bool = False
    """There were dates."""

    def lines(self, rows: Sequence[Sequence[Any]], first: int) -> str:
        """Some rows, of which the first is row number `first`: cells and row number between tabs, a line each."""
        texts = [self._column(values, place, first) for place, values in enumerate(zip(*rows, strict=True), self.left)]
        for place, found in sorted(self.seen.numbers.items()):
            if self.left <= place < self.left + len(texts):
                texts.append([found.get(row, "") for row in range(first, first + len(rows))])
        numbers = map(str, range(first, first + len(rows)))
        return "\n".join(map("\t".join, zip(*texts, numbers, strict=True)))

    def _column(self, values: Sequence[Any], place: int, first: int) -> Texts:
        if self.seen.touches(place, first, first + len(values)):
            return self._marked(values, place, first)
        kinds = set(map(type, values))
        self.moments = self.moments or not kinds.isdisjoint((date, datetime))
        sparse = str in kinds and len(kinds) > 1
        filled = [value for value in values if value != ""] if sparse else values
        texts = None if self.durations and str in kinds else _fast(set(map(type, filled)) if sparse else kinds, filled)
        if texts is None:
            return [self._cell(value, row) for row, value in enumerate(values, first)]
        if sparse:
            given = iter(texts)
            return [next(given) if value != "" else "" for value in values]
        return texts

    def _marked(self, values: Sequence[Any], place: int, first: int) -> Texts:
        """A column in which some cells are shares, or links without a value."""
        texts = []
        for row, value in enumerate(values, first):
            if value.__class__ in (float, int) and self.seen.is_percent(row, place):
                self.percents += 1
                texts.append(percent_text(value))
            else:
                texts.append(self._cell(value if value != "" else self.seen.link(row, place), row))
        return texts

    def _cell(self, value: Any, row: int) -> str:
        if value.__class__ is str:
            if not value:
                return ""
            text = self.cleaner.cell(value, row) or ""
            return iso_duration(text) if self.durations and text[:1] in ("P", "-") else text
        if isinstance(value, float):
            if value >= EXACT or value <= -EXACT:
                self.inexact.add(row)
            return number_text(value)
        return date_text(value) if isinstance(value, date) else cell_text(value)


def _fast(kinds: set[type], values: Sequence[Any]) -> Texts | None:
    """The texts of values of one kind; None where cell by cell is safer."""
    if kinds == {str}:
        return _plain(values)
    if kinds == {float}:
        return _numbers(values)
    if kinds and kinds <= {date, datetime}:
        return _moments(values)
    return None


def _plain(values: Sequence[str]) -> Texts | None:
    """Texts that need no cleaning: no control characters, no space at either end, no formula."""
    joined = "".join(values)
    if not joined.isprintable():
        return None
    if " " in joined or "=" in joined:
        apart = "\n".join(("", *values, ""))
        if "\n " in apart or " \n" in apart or "\n=" in apart:
            return None
    return values


def _numbers(values: Sequence[float]) -> Texts | None:
    """Numbers that are exact and have no exponent."""
    joined = orjson.dumps(values).decode()[1:-1] + ","
    if "e" in joined or "n" in joined or "-0.0," in joined:
        return None
    texts = joined.replace(".0,", ",").split(",")
    texts.pop()
    return texts if max(map(len, texts)) <= DIGITS else None


def _moments(values: Sequence[date]) -> Texts | None:
    """Dates, with their times where these are not midnight and no fraction of a second."""
    joined = orjson.dumps(values).decode()[2:-2]
    if "." in joined:
        return None
    return joined.replace("T00:00:00", "").replace("T", " ").split('","')
