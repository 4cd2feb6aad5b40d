"""Spellings in the data that may be one person.

Invariant: what is suggested are names as they are read now; each spelling is suggested once, under the fullest name it
fits, with what speaks for it and against it. Pairs that somebody told apart are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.model import PEOPLE, Relation
from data.store.identifiers import quoted
from data.store.people.names import STRENGTH, Reason, alike, words

MOST_NAMES = 1500
"""Names beyond this are not compared with each other: it is no list of a small business's people."""


@dataclass(frozen=True)
class Spelling:
    """A name as it stands in the data."""

    name: str
    """The name."""
    rows: Mapping[str, int]
    """Fact → rows that carry it."""
    first: date | None
    """First day it is seen."""
    last: date | None
    """Last day."""

    @property
    def count(self) -> int:
        """Rows of all facts."""
        return sum(self.rows.values())


@dataclass(frozen=True)
class Suggestion:
    """A spelling that may be somebody's who is known under another."""

    spelling: Spelling
    """The one that would be read otherwise."""
    person: Spelling
    """The name it would be read as."""
    reason: Reason
    """What speaks for it."""
    same_days: int
    """Days on which both have rows of one fact: speaks against it, where one of them would not work twice a day."""
    also: tuple[str, ...]
    """Other people it may be as well."""


def spellings(cursor: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation]) -> tuple[Spelling, ...]:
    """Every name that live rows carry, as it is read now."""
    parts = [
        f"select '{relation.name}' as fact, coalesce(m.name, {quoted(column)}) as name, _day from {relation.table} f"
        f" left join merged_people m on m.spelling = f.{quoted(column)} where _live and {quoted(column)} is not null"
        for relation, column in _holding(relations)
    ]
    if not parts:
        return ()
    rows = cursor.execute(
        f"""select name, map_from_entries(list((fact, n))), min(first), max(last) from (
          select fact, name, count(*) as n, min(_day) as first, max(_day) as last
          from ({" union all ".join(parts)}) group by fact, name) group by name order by name"""
    ).fetchall()
    return tuple(Spelling(name, dict(counts), first, last) for name, counts, first, last in rows)


def suggestions(
    cursor: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation], different: frozenset[tuple[str, str]]
) -> tuple[Suggestion, ...]:
    """Likely pairs, the strongest first."""
    found = spellings(cursor, relations)
    if len(found) > MOST_NAMES:
        return ()
    pairs = _pairs(found, different)
    picked = [_best(spelling, pairs[spelling.name], pairs) for spelling in found if spelling.name in pairs]
    made = [
        Suggestion(spelling, person, reason, _same_days(cursor, relations, spelling.name, person.name), also)
        for spelling, person, reason, also in picked
    ]
    return tuple(sorted(made, key=lambda one: (-STRENGTH[one.reason], one.same_days, -one.spelling.count)))


_Fits = dict[str, list[tuple[Spelling, Reason]]]
"""Spelling → fuller names it may be."""


def _pairs(found: Sequence[Spelling], different: frozenset[tuple[str, str]]) -> _Fits:
    parsed = [(one, words(one.name)) for one in found]
    fits: _Fits = {}
    for place, (one, mine) in enumerate(parsed):
        for other, theirs in parsed[place + 1 :]:
            reason = alike(mine, theirs)
            if reason is not None and tuple(sorted((one.name, other.name))) not in different:
                less, fuller = sorted((one, other), key=_fullness)
                fits.setdefault(less.name, []).append((fuller, reason))
    return fits


def _fullness(spelling: Spelling) -> tuple[int, int, str]:
    """How much of a name it tells: letters of its whole words, then how often it is used."""
    return sum(len(word) for word in words(spelling.name) if len(word) > 1), spelling.count, spelling.name


def _best(
    spelling: Spelling, fits: Sequence[tuple[Spelling, Reason]], pairs: _Fits
) -> tuple[Spelling, Spelling, Reason, tuple[str, ...]]:
    """The name it fits best; those that are somebody else are told beside it."""
    person, reason = max(fits, key=lambda fit: (STRENGTH[fit[1]], _fullness(fit[0])))
    same = {person.name, *(name for name, others in pairs.items() if any(o.name == person.name for o, _ in others))}
    same |= {other.name for other, _ in pairs.get(person.name, [])}
    return spelling, person, reason, tuple(other.name for other, _ in fits if other.name not in same)


def _same_days(cursor: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation], one: str, other: str) -> int:
    """Days on which both did something of one kind."""
    parts = [
        f"""select _day from {relation.table} f left join merged_people m on m.spelling = f.employee
        where _live and _day is not null and coalesce(m.name, employee) in ($one, $other)
        group by _day having count(distinct coalesce(m.name, employee)) = 2"""
        for relation, column in _holding(relations)
        if column == "employee" and relation.name != "staff"
    ]
    if not parts:
        return 0
    days = cursor.execute(
        f"select count(distinct _day) from ({' union all '.join(parts)})", {"one": one, "other": other}
    ).fetchone()
    return int(days[0]) if days else 0


def _holding(relations: Mapping[str, Relation]) -> list[tuple[Relation, str]]:
    """Facts with people's names: the fact and the column."""
    return [
        (relation, column)
        for relation in relations.values()
        if relation.live_filter and relation.rows + relation.upcoming
        for column in PEOPLE
        if column in relation.own
    ]
