"""The health of everything loaded.

Invariant: only looks; what is told of a fact is a function of its live rows, the day, and the days somebody said the
business was closed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

import duckdb

from data.model import Relation
from data.store.health.days import Counts, Gap, Stale, gaps, stale
from data.store.health.volume import Swing, swings
from data.store.identifiers import quoted

RECENT = 28
"""Days in which a column must be empty to have become so."""
BEFORE = 180
"""Days before these in which it was filled."""
FEWEST = 20
"""Rows each of the two needs."""
NOW_EMPTY, ONCE_FILLED = 0.02, 0.5
"""Share of cells: at most, and at least."""

DAYS_FROM = {"ads": "ad_days"}
"""Facts whose rows cover periods: their days are counted here."""
FEWEST_DAYS = 3.0
"""Days that such a fact must lack to have a gap: a row says nothing of how much there was."""
ASKED = frozenset({"surveys"})
"""Facts whose rows come when somebody asks for them: no day and no week has its usual number."""
SHOWN = 400
"""Days before the last that are looked at for gaps."""
UNDATED = frozenset({"staff"})
"""Facts whose rows are states, not things that happen day by day."""


@dataclass(frozen=True)
class EmptyColumn:
    """A column that used to be filled."""

    column: str
    """Its name, or its header where nobody mapped it."""
    since: date
    """Day after its last filled cell."""
    before: float
    """Share of cells that were filled before, 0…1."""


@dataclass(frozen=True)
class FactHealth:
    """What there is to say of one fact."""

    fact: str
    """Its name."""
    until: date | None
    """Last day on which something happened."""
    stale: Stale | None
    """Newer rows are to be expected."""
    gaps: tuple[Gap, ...]
    """Days without rows, the latest first."""
    empty: tuple[EmptyColumn, ...]
    """Columns that became empty."""
    swings: tuple[Swing, ...]
    """Weeks with far fewer or more rows than usual, the latest first."""


def health(
    cursor: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation], today: date, closed: Collection[date]
) -> tuple[FactHealth, ...]:
    """Every fact that is loaded, in the schema's order."""
    return tuple(
        _of_fact(cursor, relation, relations.get(DAYS_FROM.get(name, ""), relation), today, closed)
        for name, relation in relations.items()
        if relation.live_filter and relation.rows and name not in UNDATED
    )


def _of_fact(
    cursor: duckdb.DuckDBPyConnection, relation: Relation, daily: Relation, today: date, closed: Collection[date]
) -> FactHealth:
    until = relation.data_until
    counts = _counts(cursor, daily, until or today)
    if until is None or relation.name in ASKED:
        return FactHealth(relation.name, until, None, (), _emptied(cursor, relation, until or today), ())
    holes = gaps(counts, closed) if daily is relation else _without_days(counts, closed)
    return FactHealth(
        relation.name, until, stale(counts, today, closed),
        tuple(gap for gap in holes if (until - gap.last).days <= SHOWN),
        _emptied(cursor, relation, until), swings(counts, until),
    )  # fmt: skip


def _without_days(counts: Counts, closed: Collection[date]) -> tuple[Gap, ...]:
    """Gaps of a fact whose rows cover periods; how many there are on a day says nothing of whether it is whole."""
    usual = median(counts.values()) if counts else 0
    found = gaps(dict.fromkeys(counts, 1), closed, FEWEST_DAYS)
    return tuple(replace(gap, rows=usual * gap.missed) for gap in found)


def _counts(cursor: duckdb.DuckDBPyConnection, relation: Relation, until: date) -> Counts:
    live = "_live and " if relation.live_filter else ""
    rows = cursor.execute(
        f"select _day, count(*) from {relation.table} where {live}_day is not null and _day <= $until group by _day",
        {"until": until},
    ).fetchall()
    return dict(rows)


def _emptied(cursor: duckdb.DuckDBPyConnection, relation: Relation, until: date) -> tuple[EmptyColumn, ...]:
    columns = {name: name for name in sorted(relation.own)} | dict(relation.extras)
    told = ", ".join(
        f"count({cell}) filter (recent), count({cell}) filter (not recent), max(_day) filter ({cell} is not null)"
        for cell in map(quoted, columns.values())
    )
    if not told:
        return ()
    row = cursor.execute(
        f"""select count(*) filter (recent), count(*) filter (not recent), {told}
        from (select *, _day > $split as recent from {relation.table}
              where _live and _day > $first and _day <= $until)""",
        {"split": until - timedelta(days=RECENT), "first": until - timedelta(days=RECENT + BEFORE), "until": until},
    ).fetchone()
    recent, before, *cells = row or (0, 0)
    if min(recent, before) < FEWEST:
        return ()
    return tuple(
        EmptyColumn(name, last + timedelta(days=1), filled / before)
        for name, now, filled, last in zip(columns, cells[::3], cells[1::3], cells[2::3], strict=True)
        if now <= NOW_EMPTY * recent and filled >= ONCE_FILLED * before
    )
