"""The rows of a staged table that go into the fact, each with its key.

Invariant: every staged row is kept, or counted as a duplicate (equal to another row of its key) or as superseded (a
lower version of it). Nothing is rewritten where every key is there and unique.
"""

from dataclasses import dataclass

import duckdb

from data.ingest.staged import Staged
from data.store.fact_tables import table_of
from data.store.identifiers import listed, quoted
from data.store.keys import KeyRule, kept, key_rule, ordinal_key

KEYED = "_keyed"
"""Temporary table of rows with their keys, where they had to be looked at."""

FIRST = 10_000
"""Rows looked at before all are."""


@dataclass(frozen=True)
class Keyed:
    """What is ready to be inserted."""

    select: str
    """SELECT of `_key`, `_line`, `_version` and the staged columns; may hold `$label`."""
    rows: int
    """How many rows it gives."""
    duplicates: int
    """Rows left out because an equal one of the same key is in."""
    superseded: int
    """Rows left out because a higher version is in."""
    lines: int
    """Keys that have several rows."""
    unidentified: int
    """Rows that carry no key and got one from their cells."""


def keyed(cursor: duckdb.DuckDBPyConnection, staged: Staged, label: str, after: int | None = None) -> Keyed:
    """Give every row its key and leave out what a file says twice.

    `after`: number of the import, for a table that is not its first: rows equal to those before are left out too.
    """
    rule = key_rule(staged.fact, staged.key, staged.columns, staged.extras.values())
    total, named, distinct = _profile(cursor, staged.table, rule)
    if after is None and rule.possible and not rule.counted and total == named == distinct:
        return Keyed(f"select {kept(rule.key)} as _key, * from {staged.table}", total, 0, 0, 0, 0)
    _materialise(cursor, staged.table, rule, label)
    columns = [*staged.columns, *staged.extras.values()]
    if staged.mapping.version is not None:
        superseded, duplicates = _keep_highest(cursor), 0
    else:
        superseded, duplicates = 0, _drop_equal(cursor, columns) if named > distinct and not rule.counted else 0
    if after is not None and rule.possible and not rule.counted:
        duplicates += _drop_said(cursor, staged, after, rule)
    rows, keys = _counts(cursor)
    lines = _lines(cursor) if rows > keys else 0
    return Keyed(f"select * from {KEYED}", rows, duplicates, superseded, lines, total - named)


def _profile(cursor: duckdb.DuckDBPyConnection, table: str, rule: KeyRule) -> tuple[int, int, int]:
    """Rows, rows that carry a key, and how many different keys those have at least."""
    if not rule.possible:
        row = cursor.execute(f"select count(*), 0, 0 from {table}").fetchone()
    elif (grown := _grows(cursor, table, rule)) is not None:
        return grown, grown, grown
    else:
        select = f"""select count(*), count(*) filter ({rule.identified}),
            count(distinct {rule.fingerprint}) filter ({rule.identified}) from {table}"""
        row = cursor.execute(select).fetchone()
    total, named, distinct = row or (0, 0, 0)
    return int(total), int(named), int(distinct)


def _grows(cursor: duckdb.DuckDBPyConnection, table: str, rule: KeyRule) -> int | None:
    """Rows of a table whose key is a number in every row, larger than in the row before: no two are the same.

    None where it is not so. Which row comes before which does not matter; seeing it is five times as fast as counting
    keys. The first rows tell whether to look at all.
    """
    if rule.number is None:
        return None
    number = f"try_cast(cast({rule.number} as varchar) as bigint)"
    for first in (f" limit {FIRST}", ""):
        seen = f"select {number} as n, lag({number}) over () as before from (select * from {table}{first})"
        counts = f"select count(*), count(n), coalesce(bool_and(n > before), true) from ({seen})"
        rows, numbers, grows = cursor.execute(counts).fetchone() or (0, 0, False)
        if not grows or numbers < rows:
            return None
    return int(rows)


def _places(sql: str, label: str) -> dict[str, str]:
    return {"label": label} if "$label" in sql else {}


def _materialise(cursor: duckdb.DuckDBPyConnection, table: str, rule: KeyRule, label: str) -> None:
    """The rows with keys; equal ones told apart by their ordinal in the file where each of them counts."""
    base = f"case when {rule.identified} then {rule.key} else {rule.cells} end" if rule.possible else rule.cells
    numbered = "true" if rule.counted else f"not ({rule.identified})"
    cursor.execute(
        f"""create or replace temp table {KEYED} as
        with hashed as (select {base} as _base, {numbered} as _numbered, row_number() over () as _place, *
                        from {table}),
        ranked as (select *, case when _numbered
                     then row_number() over (partition by _base, _numbered order by _line, _place)
                     else 1 end as _ordinal
                   from hashed)
        select {kept(ordinal_key("_base", "_ordinal"))} as _key, * exclude (_base, _numbered, _ordinal) from ranked""",
        _places(base, label),
    )


def _keep_highest(cursor: duckdb.DuckDBPyConnection) -> int:
    return _delete(
        cursor, "row_number() over (partition by _key order by _version desc nulls last, _line desc, _place desc)"
    )


def _drop_equal(cursor: duckdb.DuckDBPyConnection, columns: list[str]) -> int:
    cells = f", {listed(columns)}" if columns else ""
    return _delete(cursor, f"row_number() over (partition by _key{cells} order by _line, _place)")


def _drop_said(cursor: duckdb.DuckDBPyConnection, staged: Staged, import_id: int, rule: KeyRule) -> int:
    """Delete rows equal to one of the same key in an earlier table of the import; how many went."""
    before, _ = _counts(cursor)
    alike = " and ".join(
        f"f.{quoted(name)} is not distinct from k.{quoted(name)}" for name in [*staged.columns, *staged.extras.values()]
    )
    cursor.execute(
        f"""delete from {KEYED} where _place in (
          select _place from (select *, {rule.identified} as _named from {KEYED}) k
          where k._named and exists (
            select 1 from {table_of(staged.fact)} f where f._import = $import and f._key = k._key and {alike}))""",
        {"import": import_id},
    )
    return before - _counts(cursor)[0]


def _delete(cursor: duckdb.DuckDBPyConnection, rank: str) -> int:
    """Delete all but the first by that rank among keys that occur more than once; how many went."""
    before, _ = _counts(cursor)
    cursor.execute(
        f"""delete from {KEYED} where _place in (
          select _place from {KEYED}
          where _key in (select _key from {KEYED} group by _key having count(*) > 1) qualify {rank} > 1)"""
    )
    return before - _counts(cursor)[0]


def _counts(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    row = cursor.execute(f"select count(*), count(distinct _key) from {KEYED}").fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _lines(cursor: duckdb.DuckDBPyConnection) -> int:
    row = cursor.execute(
        f"select count(*) from (select _key from {KEYED} group by _key having count(*) > 1)"
    ).fetchone()
    return int(row[0]) if row else 0


def day_sql(times: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """SQL of the business date: the first of the fact's time columns that is not empty."""
    known = [f"cast({quoted(name)} as date)" for name in times if name in columns]
    return f"coalesce({', '.join(known)})" if known else "cast(null as date)"
