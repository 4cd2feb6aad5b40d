"""A lake's files: few instead of many, and none that nobody needs.

Invariant: no answer changes, and a file that was read within the last day is still there. Only whoever has the turn to
write does any of it, so that it meets no import.
"""

import duckdb

from data.store.identifiers import literal

KEPT_DAYS = 1
"""Days for which files of earlier states stay: whoever still reads them is done by then."""
MOST = 16
"""Files of a table above which they are made one."""
_OLD = f"older_than => now() - interval {KEPT_DAYS} day"


def compact(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make one file of those of a table, where there are many."""
    many = _many(cursor)
    for table in many:
        _merge(cursor, table)
    for table in set(many) & set(_many(cursor)):
        # Files of which rows were taken away are not merged before they are written anew without those.
        cursor.execute(f"call ducklake_rewrite_data_files('business', {literal(table)}, delete_threshold => 0)")
        _merge(cursor, table)


def forget_old(cursor: duckdb.DuckDBPyConnection) -> None:
    """Earlier states, and the files that only they need."""
    for deed in ("ducklake_expire_snapshots", "ducklake_cleanup_old_files"):
        cursor.execute(f"call {deed}('business', {_OLD})")


def sweep(cursor: duckdb.DuckDBPyConnection) -> None:
    """What a process that was killed left among the files."""
    cursor.execute(f"call ducklake_delete_orphaned_files('business', {_OLD})")


def _many(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables of more files than are good for them."""
    select = "select table_name from ducklake_table_info('business') where file_count > ? order by table_name"
    return [str(row[0]) for row in cursor.execute(select, [MOST]).fetchall()]


def _merge(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    cursor.execute(f"call ducklake_merge_adjacent_files('business', {literal(table)})")
