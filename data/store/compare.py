"""What an import changes of what was loaded before it.

Invariant: rows are compared key by key as bags of cells: a key whose rows are equal before and after is «same», else
«changed»; a key only this import has is new.
"""

from dataclasses import dataclass

import duckdb

from data.model import Fact
from data.store.fact_tables import columns_of, table_of
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
    changed: int
    """Rows of the import that stand now where other cells of their key stood."""


NOTHING = Overlap(0, 0, 0, 0)


def mine_of(fact: Fact, import_id: int) -> str:
    """SELECT of the `_key` of every row of an import."""
    return f"select _key from {table_of(fact)} where _import = {int(import_id)}"


def others(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> bool:
    """Another import has rows in the fact."""
    row = cursor.execute(f"select 1 from {table_of(fact)} where _import <> ? limit 1", [import_id]).fetchone()
    return row is not None


def mark_affected(
    cursor: duckdb.DuckDBPyConnection,
    fact: Fact,
    import_id: int,
    mine: str,
    *,
    source: str,
    days: tuple[object, object] | None,
) -> int:
    """Fill `_affected` with keys these rows share with other imports, or take the period from; how many.

    `mine`: SELECT of the `_key` of each row, of this table of the import only.
    """
    table = table_of(fact)
    cursor.execute(
        f"""create or replace temp table {AFFECTED} as
        select distinct f._key from {table} f semi join ({mine}) m on m._key = f._key where f._import <> $import""",
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


def remember_before(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int, mine: str) -> None:
    """Keep the bags of cells of the affected keys: what was live, and what the import brings."""
    cursor.execute(
        f"""create or replace temp table _brought as
        select _key, count(*) as brought from ({mine}) where _key in (select _key from {AFFECTED}) group by _key"""
    )
    cells = sorted(name for name in columns_of(cursor, table_of(fact)) if not name.startswith("_"))
    cursor.execute(
        f"""create or replace temp table _bags as
        select _key, count_if(_import <> $import) as stood,
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
        select coalesce(sum(brought) filter (same), 0), coalesce(sum(brought) filter (not same and lost > 0), 0),
          coalesce(sum(stood - stay) filter (not same or brought is null), 0),
          coalesce(sum(brought) filter (not same and lost = 0 and stood > 0), 0)
        from _bags join now using (_key) left join _brought using (_key)""",
        {"import": import_id},
    ).fetchone()
    same_keys = "select _key from _bags semi join _brought using (_key) where same"
    cursor.execute(f"create or replace temp table _same as {same_keys}")
    cursor.execute("drop table _bags")
    cursor.execute("drop table _brought")
    same, lost, replaced, changed = row or (0, 0, 0, 0)
    return Overlap(int(same), int(lost), max(0, int(replaced)), int(changed))
