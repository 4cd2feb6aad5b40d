"""Proposes which fact a table holds and which column is what.

Invariant: each source column is used once, best match first; nothing is mapped by a guess that a header does not
support, and a table whose headers say nothing is not mapped at all.
"""

import difflib
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache

from data.ingest.clean.cleaned import IDENTIFIED_BY, UNDATED
from data.ingest.clean.units import unit_named, without_units
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.shape import Shape, fits
from data.model import DIMENSIONS, Column, Fact
from data.schema.loader import fact as fact_named
from data.schema.loader import facts
from data.schema.names import normalise

LEAST = 0.75
"""Confidence below which a column is left for a person."""
CLEAR_SCORE, CLEAR_MARGIN = 0.5, 0.1
"""A fact is unambiguous from this score on, and this far ahead of the next."""
_CLOSE, _PART = 0.88, 0.8
_WITH_UNIT = 0.95
"""A known header with a unit that its column can be counted in: «Сумма, коп.»."""
_TAIL = 0.89
"""The lowest of several names over a column: a guess, because the names above it may change what it means."""
_TELLING_ENOUGH = 3
_CLOCKS = frozenset(
    {"время", "time", "время визита", "время записи", "время начала", "час", "visit time", "start time"}
)


@dataclass(frozen=True)
class SourceColumn:
    """One column of the file, as far as recognising needs it."""

    place: int
    """Position."""
    header: str
    """Header as found."""
    cells: tuple[str, ...]
    """A sample of its cells."""
    shape: Shape
    """What they look like."""
    tail: str = ""
    """The lowest name of a header of several rows («Сумма» of «Оплата / Сумма»), where no other column ends in it."""


@dataclass(frozen=True)
class Candidate:
    """A fact the table may hold."""

    mapping: Mapping
    """The best mapping to it."""
    score: float
    """0…1: how well it explains the table."""
    dated: bool
    """Its rows can be placed in time and identified."""


def candidates(columns: tuple[SourceColumn, ...], fact: str | None = None) -> tuple[Candidate, ...]:
    """Every fact that explains something, or the one asked for; best first."""
    wanted = [fact_named(fact)] if fact is not None else list(facts().values())
    made = [_candidate(one, columns) for one in wanted]
    return tuple(sorted((one for one in made if one.score > 0 or fact), key=lambda one: -one.score))


def is_clear(found: tuple[Candidate, ...]) -> bool:
    """Whether the best candidate leaves no doubt about the fact."""
    if not found or not found[0].dated or found[0].score < CLEAR_SCORE:
        return False
    return len(found) == 1 or found[0].score - found[1].score >= CLEAR_MARGIN


def _candidate(fact: Fact, columns: tuple[SourceColumn, ...]) -> Candidate:
    matches = list(_assigned(fact, columns))
    mapping = Mapping(
        fact.name, tuple(_entry(fact, target, source, score, columns) for target, source, score in matches)
    )
    targets = mapping.targets
    dated = fact.name in UNDATED or bool(targets & set(fact.time))
    whole = dated and targets >= set(IDENTIFIED_BY.get(fact.name, ()))
    return Candidate(mapping, _score(fact, matches, columns, whole), whole)


def _assigned(fact: Fact, columns: tuple[SourceColumn, ...]) -> Iterator[tuple[Column, SourceColumn, float]]:
    """Best match first; equal ones in the schema's order of preference."""
    pairs = [
        (score, source, column)
        for source in columns
        for column in fact.columns
        if (score := similarity(source, column)) >= LEAST
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1].place))
    used: set[int] = set()
    taken: set[str] = set()
    for score, source, column in pairs:
        if source.place not in used and column.name not in taken:
            used.add(source.place)
            taken.add(column.name)
            yield column, source, score


def similarity(source: SourceColumn, column: Column) -> float:
    """0…1: how surely this is that column of the fact. A header some fact knows is never a misspelling."""
    name = normalise(source.header)
    if not name:
        return 0.0
    aliases = _aliases(column.aliases)
    bare = normalise(without_units(source.header)) if unit_named(source.header, column) else name
    if name in aliases:
        match = 1.0 - 0.0005 * aliases[name]
    elif bare in aliases:
        match = _WITH_UNIT - 0.0005 * aliases[bare]
    elif source.tail and normalise(source.tail) in aliases:
        match = _TAIL
    elif known_header(source.header):
        return 0.0
    else:
        match = max((_likeness(name, alias) for alias in aliases), default=0.0)
    return match * fits(source.shape, source.cells, column) if match >= LEAST else 0.0


def _likeness(name: str, alias: str) -> float:
    """A known header with words around it, or one misspelt."""
    if name[:1] != alias[:1] and alias not in name:
        return 0.0
    words, known = set(name.split()), set(alias.split())
    if len(known) > 1 and known < words and len(words) - len(known) <= 2:
        return _PART
    if min(len(name), len(alias)) < 5 or abs(len(name) - len(alias)) > 2:
        return 0.0
    likeness = difflib.SequenceMatcher(None, name, alias).ratio()
    return 0.9 * likeness if likeness >= _CLOSE else 0.0


@cache
def _aliases(aliases: tuple[str, ...]) -> MappingOf[str, int]:
    return {normalise(alias): place for place, alias in reversed(list(enumerate(aliases)))}


@cache
def _facts_with(name: str) -> int:
    """How many facts have a column of that header: a header of many says little."""
    return sum(any(name in _aliases(column.aliases) for column in fact.columns) for fact in facts().values())


def _score(
    fact: Fact, matches: list[tuple[Column, SourceColumn, float]], columns: tuple[SourceColumn, ...], whole: bool
) -> float:
    named = [source for source in columns if normalise(source.header)]
    telling = sum(score for column, _, score in matches if column.name in fact.telling)
    if not telling or not named:
        return 0.0
    weight = {source.place: 1 / max(1, _facts_with(normalise(source.header))) for source in named}
    known = sum(weight[s.place] for s in named if _facts_with(normalise(s.header))) or 1.0
    explained = sum(score * (0.5 if column.name in DIMENSIONS else 1.0) for column, _, score in matches) / len(named)
    distinct = sum(score * weight[source.place] for _, source, score in matches) / known
    score = 0.4 * min(1.0, explained) + 0.3 * min(1.0, telling / _TELLING_ENOUGH) + 0.3 * min(1.0, distinct)
    return round(score if whole else 0.5 * score, 4)


def _entry(
    fact: Fact, column: Column, source: SourceColumn, score: float, columns: tuple[SourceColumn, ...]
) -> ColumnMap:
    clock = _clock(columns) if column.name in fact.time and column.type == "time" else None
    apart = clock is not None and clock.place != source.place and not any(":" in cell for cell in source.cells)
    return ColumnMap(
        column.name, source.header, clock=clock.header if clock and apart else None, confidence=round(score, 3)
    )


def _clock(columns: tuple[SourceColumn, ...]) -> SourceColumn | None:
    """A column that holds nothing but the time of day."""
    for source in columns:
        times_only = source.cells and all(":" in cell and len(cell) <= 8 for cell in source.cells)
        if times_only and normalise(source.header) in _CLOCKS:
            return source
    return None


def known_header(header: str) -> bool:
    """Whether some fact has a column of exactly this header."""
    return bool(normalise(header)) and _facts_with(normalise(header)) > 0
