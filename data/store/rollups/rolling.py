"""Rollups brought up to the data, a month at a time.

Invariant: every step is a transaction that leaves a rollup which holds for the months it has marks of; it is ready only
once all of them are those of the rows. No answer changes by it, so the data version stays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date

import duckdb

from data.rollup import Definition
from data.store.refresh import version
from data.store.rollups.counting import make_empty, recount
from data.store.rollups.marks import Marks, counted, few, known, marks, remember

Define = Callable[[], Sequence[Definition]]
"""What is wanted of the data as they are."""
Writing = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection | None]]
"""A transaction's cursor; None: somebody else writes."""
MOST_MEMBERS = 1_000
"""A dimension of more members is not counted by: what it would take is hardly less than the rows."""
STEP = 500_000
"""Rows counted in one step, a month at least: so long somebody who wants to write waits."""


class Rolling:
    """What is to be done to have the rollups of a workspace ready."""

    def __init__(self, define: Define, writing: Writing) -> None:
        self._define, self._writing = define, writing

    def steps(self) -> Iterator[None]:
        """Does a part at every step; ends when all are ready, or as soon as somebody else writes."""
        with self._writing() as cursor:
            if cursor is None:
                return
            wanted = self._define()
            _forget_others(cursor, wanted)
        for definition in wanted:
            yield
            yield from self._bring_up(definition)

    def _bring_up(self, definition: Definition) -> Iterator[None]:
        with self._writing() as cursor:
            if cursor is None or _is_ready(cursor, definition):
                return
            dimensions = _kept(cursor, definition)
            here, before, seen = marks(cursor, definition), known(cursor, definition), version(cursor)
        for months in _batches(here, before):
            yield
            with self._writing() as cursor:
                if cursor is None or version(cursor) != seen:
                    return
                _unready(cursor, definition)
                recount(cursor, definition, dimensions, months)
                remember(cursor, definition, {month: here.get(month) for month in months})
        with self._writing() as cursor:
            if cursor is not None and version(cursor) == seen:
                cursor.execute(
                    "update rollup_states set version = ?, stamp = ?, made = made + 1 where name = ?",
                    [seen, definition.stamp, definition.name],
                )


def _batches(here: Marks, before: Marks) -> Iterator[list[date]]:
    """The months whose rows are others now, some at a time: neighbours, of not too many rows."""
    batch: list[date] = []
    rows = 0
    for month in sorted({*here, *before}):
        stale, more = here.get(month) != before.get(month), counted(here.get(month))
        if batch and (not stale or rows + more > STEP):
            yield batch
            batch, rows = [], 0
        if stale:
            batch, rows = [*batch, month], rows + more
    if batch:
        yield batch


def forget(cursor: duckdb.DuckDBPyConnection) -> None:
    """No rollup holds any more. Part of the caller's transaction."""
    _forget_others(cursor, ())


def _forget_others(cursor: duckdb.DuckDBPyConnection, wanted: Sequence[Definition]) -> None:
    names = {definition.name for definition in wanted}
    for (name,) in cursor.execute("select name from rollup_states where structure <> ''").fetchall():
        if name not in names:
            for table in (f"rollup_{name}", f"rollup_{name}_months"):
                cursor.execute(f"drop table if exists {table}")
            cursor.execute("delete from rollup_months where name = ?", [name])
            cursor.execute(
                "update rollup_states set version = null, structure = '', made = made + 1 where name = ?", [name]
            )


def _is_ready(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> bool:
    row = cursor.execute(
        "select stamp from rollup_states where name = ? and version = (select version from data_version)",
        [definition.name],
    ).fetchone()
    return row == (definition.stamp,)


def _kept(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> tuple[str, ...]:
    """The dimensions of the table, which is made anew where it counts something else."""
    row = cursor.execute(
        "select structure, dimensions::varchar[], made from rollup_states where name = ?", [definition.name]
    ).fetchone()
    structure, dimensions, made = row or ("", [], 0)
    if structure == definition.structure:
        return tuple(dimensions)
    chosen = few(cursor, definition, MOST_MEMBERS)
    make_empty(cursor, definition, chosen)
    cursor.execute("delete from rollup_months where name = ?", [definition.name])
    cursor.execute("delete from rollup_states where name = ?", [definition.name])
    cursor.execute(
        "insert into rollup_states values (?, ?, '', ?, ?, null)",
        [definition.name, definition.structure, list(chosen), made + 1],
    )
    return chosen


def _unready(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> None:
    """Until all of its months hold."""
    cursor.execute("update rollup_states set version = null, made = made + 1 where name = ?", [definition.name])
