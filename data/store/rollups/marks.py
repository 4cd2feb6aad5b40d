"""Which months of a rollup still hold.

Invariant: a month's mark is a function of its live rows and of everything about them that can change while they stay:
as long as it is the same, every aggregate of the month is.
"""

from collections.abc import Mapping
from datetime import date

import duckdb

from data.expression import Params
from data.rollup import Definition
from data.store.identifiers import quoted

IDENTIFYING = ("_import", "_line", "_key")
"""What tells a row from all others for ever: an import's rows are only counted or not, and never written over."""

Marks = Mapping[date, str]
"""First day of a month → its mark."""


def marks(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> Marks:
    """The marks of the rows as they are."""
    parts = ", ".join((*IDENTIFYING, *definition.moving))
    sql = f"""select date_trunc('month', day)::date as month, concat_ws(' ', count(*), bit_xor(mark), sum(mark))
        from (select day, hash({parts}) as mark from ({definition.rows}) where day is not null) group by month"""
    values = Params(values=dict(definition.params)).used_in(sql)
    return dict(cursor.execute(sql, values or None).fetchall())


def known(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> Marks:
    """The marks of the rows that were counted."""
    return dict(cursor.execute("select month, mark from rollup_months where name = ?", [definition.name]).fetchall())


def counted(mark: str | None) -> int:
    """How many rows a month had when it was marked."""
    return int(mark.split()[0]) if mark else 0


def remember(cursor: duckdb.DuckDBPyConnection, definition: Definition, months: Mapping[date, str | None]) -> None:
    """These months were counted, or (without a mark) have no rows any more."""
    for month, mark in months.items():
        cursor.execute("delete from rollup_months where name = ? and month = ?", [definition.name, month])
        if mark is not None:
            cursor.execute("insert into rollup_months values (?, ?, ?)", [definition.name, month, mark])


def few(cursor: duckdb.DuckDBPyConnection, definition: Definition, most: int) -> tuple[str, ...]:
    """The dimensions that have few enough members."""
    counts = ", ".join(f"approx_count_distinct({quoted(name)})" for name in definition.dimensions)
    if not counts:
        return ()
    sql = f"select {counts} from ({definition.rows})"
    values = Params(values=dict(definition.params)).used_in(sql)
    row = cursor.execute(sql, values or None).fetchone() or ()
    return tuple(name for name, count in zip(definition.dimensions, row, strict=True) if count <= most)
