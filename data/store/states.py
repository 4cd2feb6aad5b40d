"""What is loaded of each relation, counted when it changes.

Invariant: a state is a pure function of the live rows and the day it was counted for; it holds for a later day as long
as no row is dated later than that.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.model import Fact
from data.store.fact_tables import table_of
from data.store.identifiers import quoted

_FIELDS = "as_of, first_day, last_day, later, rows, upcoming, has_lines, complete"


@dataclass(frozen=True)
class State:
    """One relation as it stood on a day."""

    as_of: date
    """The day it was counted for."""
    first_day: date | None
    """First business date; None when there is none."""
    last_day: date | None
    """Last day, not after `as_of`, on which something happened."""
    later: bool
    """Something is dated after `as_of`: count again tomorrow."""
    rows: int
    """Rows dated up to `last_day`, or without a date."""
    upcoming: int
    """Rows dated later."""
    has_lines: bool
    """Some key has several rows."""
    complete: Sequence[str] = ()
    """Columns that no row leaves empty."""


_LAST_AD_DAY = "max(least(period_end, $tomorrow - 1)) filter (period_start < $tomorrow)"
"""A period that is not over has figures until today."""

EMPTY = State(date.min, None, None, False, 0, 0, False)
"""Of a relation nothing was published to."""


def read_states(cursor: duckdb.DuckDBPyConnection) -> dict[str, State]:
    """What was counted at the last publish."""
    rows = cursor.execute(f"select relation, {_FIELDS} from relation_states").fetchall()
    return {row[0]: State(*row[1:]) for row in rows}


def write_state(cursor: duckdb.DuckDBPyConnection, relation: str, state: State) -> None:
    """Keep what was counted."""
    forget_state(cursor, relation)
    cursor.execute(
        "insert into relation_states values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [relation, state.as_of, state.first_day, state.last_day, state.later, state.rows, state.upcoming,
         state.has_lines, list(state.complete)],
    )  # fmt: skip


def forget_state(cursor: duckdb.DuckDBPyConnection, relation: str) -> None:
    """The relation is empty, as if nothing was ever published to it."""
    cursor.execute("delete from relation_states where relation = ?", [relation])


def count_fact(
    cursor: duckdb.DuckDBPyConnection,
    fact: Fact,
    today: date,
    columns: frozenset[str],
    *,
    has_lines: bool | None = None,
) -> State:
    """Count a fact's live rows. `columns`: those some import fills; `has_lines`: where that is known already."""
    happened = [quoted(name) for name in fact.happened if name in columns]
    tomorrow = {"tomorrow": date.fromordinal(today.toordinal() + 1)}
    later = any(_some(cursor, fact, f"{name} >= $tomorrow", tomorrow) for name in ["_day", *happened])
    until = f"greatest({', '.join(_last(name, later=later) for name in happened)})" if happened else "null"
    until = _LAST_AD_DAY if {"period_start", "period_end"} <= columns else until
    select = f"select min(_day), cast({until} as date), count(*) from {table_of(fact)} where _live"
    row = cursor.execute(select, tomorrow if "$tomorrow" in select else {}).fetchone()
    first, last, live = row or (None, None, 0)
    upcoming = _upcoming(cursor, f"{table_of(fact)} where _live", last)
    if has_lines is None:
        has_lines = _has_lines(cursor, fact) if live else False
    complete = [name for name in sorted(columns) if live and not _some(cursor, fact, f"{quoted(name)} is null")]
    return State(today, first, last, later, int(live) - upcoming, upcoming, has_lines, complete)


def count_derived(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    today: date,
    last: date | None,
    *,
    never_upcoming: bool,
    columns: Collection[str],
    filled: Collection[str] = (),
) -> State:
    """Count a derived relation whose facts go until `last`.

    `table`: its table, or the SELECT of its rows; `columns`: those its facts fill, of which `filled` are known to be
    empty in no row.
    """
    own = sorted(set(columns) - set(filled))
    row = cursor.execute(
        f"select min(_day), coalesce(bool_or(_day > $today), false), count(*){_counts(own)} from {table}",
        {"today": today},
    ).fetchone()
    first, later, rows, *counts = row or (None, False, 0)
    upcoming = _upcoming(cursor, f"{table} where true", last)
    shown = 0 if never_upcoming else upcoming
    complete = tuple(sorted({*_complete(own, counts, rows), *(set(columns) & set(filled) if rows else ())}))
    return State(today, first, last if rows else None, bool(later), int(rows) - upcoming, shown, False, complete)


def _some(
    cursor: duckdb.DuckDBPyConnection, fact: Fact, condition: str, values: Mapping[str, date] | None = None
) -> bool:
    """Whether it holds for some live row. Where it never does, DuckDB mostly knows without reading the column."""
    found = cursor.execute(f"select 1 from {table_of(fact)} where _live and {condition} limit 1", values or {})
    return found.fetchone() is not None


def _counts(columns: Sequence[str]) -> str:
    return "".join(f", count({quoted(name)})" for name in columns)


def _complete(columns: Sequence[str], filled: Sequence[int], rows: int) -> tuple[str, ...]:
    return tuple(name for name, count in zip(columns, filled, strict=True) if rows and count == rows)


def _last(column: str, *, later: bool) -> str:
    return f"max({column}) filter ({column} < $tomorrow)" if later else f"max({column})"


def _upcoming(cursor: duckdb.DuckDBPyConnection, rows: str, last: date | None) -> int:
    if last is None:
        return 0
    row = cursor.execute(f"select count(*) from {rows} and _day > $last", {"last": last}).fetchone()
    return int(row[0]) if row else 0


def _has_lines(cursor: duckdb.DuckDBPyConnection, fact: Fact) -> bool:
    row = cursor.execute(f"select count(*) > count(distinct _key) from {table_of(fact)} where _live").fetchone()
    return bool(row and row[0])
