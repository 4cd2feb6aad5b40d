"""A fact with its people under the names they are known by.

Invariant: an employee of several spellings is read by the one name that a merge gave them, a cell nobody merged as it
stands; no row is added or lost, because a spelling stands once in `merged_people`.
"""

import duckdb


def read_names(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Spelling → the name it is read as."""
    return dict(cursor.execute("select spelling, name from merged_people").fetchall())


def by_name(table: str) -> str:
    """SQL of the fact's table, its `employee` replaced by the name."""
    return (
        f"(select f.* replace (coalesce(m.name, f.employee) as employee) from {table} f"
        " left join merged_people m on m.spelling = f.employee)"
    )
