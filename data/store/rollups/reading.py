"""Which rollups may be read.

Invariant: a rollup is ready where the state it was made in holds for the very version of the data that is read.
"""

from collections.abc import Iterable, Mapping

import duckdb

from data.rollup import Definition, Rollup, RollupState


def ready(cursor: duckdb.DuckDBPyConnection, definitions: Iterable[Definition]) -> Mapping[str, tuple[Rollup, ...]]:
    """Relation → its rollups that count what is wanted and hold now."""
    states = cursor.execute(
        """select name, stamp, dimensions::varchar[], version, made from rollup_states
        where version = (select version from data_version)"""
    ).fetchall()
    by_name = {name: rest for name, *rest in states}
    found: dict[str, tuple[Rollup, ...]] = {}
    for wanted in definitions:
        stamp, dimensions, version, made = by_name.get(wanted.name, ("", (), 0, 0))
        if stamp == wanted.stamp:
            columns = {ahead.identity: (f"a{n}", ahead.adding) for n, ahead in enumerate(wanted.aggregates)}
            rollup = Rollup(
                wanted.table, wanted.months, (wanted.table, version, made), wanted.time, frozenset(dimensions), columns
            )
            found[wanted.relation] = (*found.get(wanted.relation, ()), rollup)
    return found


def holds(cursor: duckdb.DuckDBPyConnection, states: Iterable[RollupState]) -> bool:
    """Whether these are the states now. All of their numbers only grow: what holds before a question and after it held
    meanwhile."""
    now = cursor.execute(
        """select 'rollup_' || name, v.version, made from rollup_states s join data_version v using (version)"""
    ).fetchall()
    return set(now).issuperset(states)
