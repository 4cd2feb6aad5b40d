"""The table `merged_people`: spelling → the name it is read as.

Invariant: it mirrors the merges people entered and nothing else; no fact is rewritten, so taking a merge back is exact.
Facts are read through it; the relations derived of people hold names that went through it.
"""

from collections.abc import Mapping
from datetime import date

import duckdb

from data.store.derived import DERIVED
from data.store.derived.people import read_names
from data.store.refresh import bump, remake
from data.store.transaction import transaction

OF_PEOPLE = ("staff_posts", "staff_days", "shift_days", "cases")
"""Derived relations that tell people by name, in the order they are made: made anew when a merge changes."""


def catch_up(cursor: duckdb.DuckDBPyConnection, names: Mapping[str, str], today: date) -> None:
    """Read people by these names from now on; nothing to do where that is so already."""
    if read_names(cursor) == dict(names):
        return
    with transaction(cursor):
        write(cursor, names)
        for name in OF_PEOPLE:
            remake(cursor, DERIVED[name], today)
        bump(cursor)


def write(cursor: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> None:
    """Only the table itself."""
    cursor.execute("delete from merged_people")
    if names:
        cursor.executemany("insert into merged_people values (?, ?)", sorted(names.items()))
