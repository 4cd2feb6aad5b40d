"""Take an import back.

Invariant: what is left is what would be there had the import never been made; the order of undoing does not matter,
because `_live` follows from the rows that remain.
"""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from data.schema.loader import fact as fact_named
from data.store.compare import AFFECTED
from data.store.fact_tables import drop_columns, table_of
from data.store.ledger import LedgerEntry
from data.store.live import settle
from data.store.loaded import filled_columns
from data.store.part import Part
from data.store.refresh import bump, refresh


@dataclass(frozen=True)
class TakenBack:
    """What undoing an import does to the rows that count."""

    gone: int
    """Rows of the import that counted."""
    back: int
    """Rows of other imports that count again."""


def take_back(cursor: duckdb.DuckDBPyConnection, entry: LedgerEntry, at: datetime, today: date) -> TakenBack:
    """Remove an import's rows and settle what they had replaced. Part of the caller's transaction."""
    mine, others = _count(cursor, entry)
    cursor.execute("update imports set undone_at = ? where import = ?", [at, entry.import_id])
    cursor.execute("delete from rejects where import = ?", [entry.import_id])
    for name in entry.facts:
        _remove(cursor, name, entry.import_id, [part for part in entry.parts if part.fact == name])
    refresh(cursor, entry.facts, today)
    bump(cursor)
    return TakenBack(mine, max(0, _count(cursor, entry)[1] - others))


def _count(cursor: duckdb.DuckDBPyConnection, entry: LedgerEntry) -> tuple[int, int]:
    """Live rows of the import, and of the others in its facts."""
    mine = others = 0
    for name in entry.facts:
        row = cursor.execute(
            f"""select count(*) filter (_import = $import), count(*) filter (_import <> $import)
            from {table_of(fact_named(name))} where _live""",
            {"import": entry.import_id},
        ).fetchone()
        own, rest = row or (0, 0)
        mine, others = mine + int(own), others + int(rest)
    return mine, others


def _remove(cursor: duckdb.DuckDBPyConnection, name: str, import_id: int, parts: list[Part]) -> None:
    fact = fact_named(name)
    table = table_of(fact)
    cursor.execute(
        f"create or replace temp table {AFFECTED} as select distinct _key from {table} where _import = ?", [import_id]
    )
    for part in parts:
        if part.replaces is not None:
            cursor.execute(
                f"""insert into {AFFECTED} select distinct _key from {table}
                where _import < ? and _source = ? and _day between ? and ? and _key not in (from {AFFECTED})""",
                [import_id, part.source, *part.replaces],
            )
    # DuckDB refuses to alter a table that this transaction has deleted from: the columns go first.
    filled, extras = filled_columns(cursor).get(name, (frozenset(), {}))
    drop_columns(cursor, fact, filled, extras.values())
    cursor.execute(f"delete from {table} where _import = ?", [import_id])
    settle(cursor, fact, AFFECTED)
