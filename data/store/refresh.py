"""Bring states and derived relations up to what the facts hold.

Invariant: runs in the transaction that changed the facts, so that no reader sees one without the other.
"""

from collections.abc import Collection, Iterable
from datetime import date

import duckdb

from data.schema.loader import fact as fact_named
from data.store.derived import DERIVED, Derived, affected
from data.store.fact_tables import table_of
from data.store.loaded import counted, filled_columns, relations, until
from data.store.states import EMPTY, count_fact, forget_state, read_states, write_state

OF_DAY = ("hires", "places", "cases")
"""Relations of which a row can be another on another day: somebody's first day, a closing, or a case's next event was
still to come."""


def refresh(
    cursor: duckdb.DuckDBPyConnection,
    changed: Iterable[str],
    today: date,
    *,
    single: Collection[str] = (),
) -> None:
    """Count the facts that changed, and make anew what is derived from them.

    `single`: facts whose new rows have one row a key each; if the rows before had so too, no key has several.
    """
    names = tuple(dict.fromkeys(changed))
    filled, before = filled_columns(cursor), read_states(cursor)
    for name in names:
        columns = filled.get(name, (frozenset[str](), {}))[0]
        known = False if name in single and not before.get(name, EMPTY).has_lines else None
        state = count_fact(cursor, fact_named(name), today, columns, has_lines=known)
        if state.rows + state.upcoming:
            write_state(cursor, name, state)
        else:
            forget_state(cursor, name)
    for derived in affected(names):
        filled_now = _has_rows(cursor, derived)
        if filled_now or derived.name in before:
            _make(cursor, derived, today)
        if filled_now:
            _count(cursor, derived, today)
        else:
            forget_state(cursor, derived.name)
    _follow(cursor, today)


def _make(cursor: duckdb.DuckDBPyConnection, derived: Derived, today: date) -> None:
    if derived.later is not None:
        derived.later.empty(cursor)
    else:
        derived.make(cursor, today)


def _follow(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Count again what now ends on another day: staff is known for as long as anything happens."""
    states, known = read_states(cursor), relations(cursor, today)
    for derived in DERIVED.values():
        state = states.get(derived.name)
        if state is not None and state.last_day != until(derived, known):
            _count(cursor, derived, today)


def remake(cursor: duckdb.DuckDBPyConnection, derived: Derived, today: date) -> None:
    """Make one derived relation anew, where it has been made before."""
    if _has_rows(cursor, derived):
        derived.make(cursor, today)
        _count(cursor, derived, today)


def bump(cursor: duckdb.DuckDBPyConnection, *, least: int = 0) -> int:
    """The next data version, larger than `least`."""
    cursor.execute("update data_version set version = greatest(version, ?) + 1", [least])
    return version(cursor)


def version(cursor: duckdb.DuckDBPyConnection) -> int:
    """How often the data changed."""
    row = cursor.execute("select version from data_version").fetchone()
    return int(row[0]) if row else 0


def _count(cursor: duckdb.DuckDBPyConnection, derived: Derived, today: date) -> None:
    known = relations(cursor, today)
    write_state(cursor, derived.name, counted(cursor, derived, today, known))


def _has_rows(cursor: duckdb.DuckDBPyConnection, derived: Derived) -> bool:
    """Its first fact has rows; costs may come from any of theirs."""
    sources = derived.facts if derived.name == "ad_costs" else derived.facts[:1]
    for name in sources:
        if cursor.execute(f"select 1 from {table_of(fact_named(name))} where _live limit 1").fetchone():
            return True
    return False


def make_empty(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """The derived relations, empty, where they are missing: a query may name any of them."""
    tables = """select table_name from duckdb_tables() where database_name = current_database()
        union all select view_name from duckdb_views() where database_name = current_database() and not internal"""
    present = {str(row[0]) for row in cursor.execute(tables).fetchall()}
    for derived in (derived for derived in DERIVED.values() if derived.name not in present):
        _make(cursor, derived, today)
        if _has_rows(cursor, derived):
            _count(cursor, derived, today)


def remake_of_day(cursor: duckdb.DuckDBPyConnection, today: date) -> None:
    """Make anew what tells otherwise on another day, once a day."""
    states = read_states(cursor)
    for name in OF_DAY:
        if name == "cases" and not states.get("events", EMPTY).later:
            continue  # every event has happened: a case is what it was
        if name in states and states[name].as_of != today:
            remake(cursor, DERIVED[name], today)
