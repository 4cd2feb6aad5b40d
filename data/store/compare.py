"""What an import changes of what was loaded before it.

Invariant: rows are compared key by key as bags of cells: a key whose rows are equal before and after is «same», else
«changed»; a key only this import has is new.
"""

from dataclasses import dataclass

import duckdb

from data.model import Fact
from data.store.fact_tables import BOOKKEEPING, columns_of, table_of
from data.store.identifiers import listed

AFFECTED = "_affected"
"""Temporary table of the keys whose `_live` may change."""


@dataclass(frozen=True)
class Overlap:
    """Rows of an import and of what was live before, where they share keys."""

    same: int
    """Rows of the import that equal what is loaded."""
    lost: int
    """Rows of the import that lost to a higher version."""
    replaced: int
    """Rows of earlier imports that this one took the place of."""


NOTHING = Overlap(0, 0, 0)


def others(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> bool:
    """Another import has rows in the fact."""
    row = cursor.execute(f"select 1 from {table_of(fact)} where _import <> ? limit 1", [import_id]).fetchone()
    return row is not None


def mark_affected(
    cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int, *, source: str, days: tuple[object, object] | None
) -> int:
    """Fill `_affected` with keys this import shares with others, or takes the period from; how many."""
    table = table_of(fact)
    cursor.execute(
        f"""create or replace temp table {AFFECTED} as
        select distinct _key from {table} f where _import <> $import
          and exists (select 1 from {table} n where n._import = $import and n._key = f._key)""",
        {"import": import_id},
    )
    if days is not None:
        cursor.execute(
            f"""insert into {AFFECTED} select distinct _key from {table} f
            where _import < $import and _source = $source and _day between $first and $last
              and _key not in (select _key from {AFFECTED})""",
            {"import": import_id, "source": source, "first": days[0], "last": days[1]},
        )
    row = cursor.execute(f"select count(*) from {AFFECTED}").fetchone()
    return int(row[0]) if row else 0


def remember_before(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> None:
    """Keep the bags of cells of the affected keys: what was live, and what the import brings."""
    cells = sorted(columns_of(cursor, table_of(fact)) - BOOKKEEPING.keys())
    cursor.execute(
        f"""create or replace temp table _bags as
        select _key, count_if(_import = $import) as brought, count_if(_import <> $import) as stood,
          sum(_cells) filter (_import = $import) is not distinct from sum(_cells) filter (_import <> $import)
            and count_if(_import = $import) = count_if(_import <> $import) as same
        from (select _key, _import, cast(hash({listed(cells)}) as hugeint) as _cells from {table_of(fact)} f
              where (_import = $import or _live) and _key in (select _key from {AFFECTED}))
        group by _key""",
        {"import": import_id},
    )


def overlap(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> Overlap:
    """Compare with what `remember_before` kept, after `_live` was settled."""
    row = cursor.execute(
        f"""with now as (
          select _key, count_if(_import = $import and not _live) as lost, count_if(_import <> $import and _live) as stay
          from {table_of(fact)} where _key in (select _key from {AFFECTED}) group by _key)
        select coalesce(sum(brought) filter (same), 0), coalesce(sum(lost) filter (not same), 0),
          coalesce(sum(stood - stay) filter (not same), 0)
        from _bags join now using (_key)""",
        {"import": import_id},
    ).fetchone()
    cursor.execute("create or replace temp table _same as select _key from _bags where same and brought > 0")
    cursor.execute("drop table _bags")
    same, lost, replaced = row or (0, 0, 0)
    return Overlap(int(same), int(lost), max(0, int(replaced)))
