"""DuckDB brought up to what people entered: names, answers, what was said about the process.

Invariant: what DuckDB holds of the entries mirrors them and nothing else, so it can be lost. Nothing is written where
it mirrors them already.
"""

from datetime import date

import duckdb

from data.store import answered
from data.store.derived import DERIVED
from data.store.derived.cases import read_settings
from data.store.entries import Entries
from data.store.entries.process import ProcessSettings, to_json
from data.store.people import merged
from data.store.refresh import bump, remake
from data.store.transaction import transaction


def catch_up(cursor: duckdb.DuckDBPyConnection, entries: Entries, today: date) -> None:
    """Read people by their names, tell what was answered, and count cases by what was said."""
    merged.catch_up(cursor, entries.merges.names(), today)
    answered.catch_up(cursor, entries.surveys, today)
    _count_cases(cursor, entries.process.current(), today)


def _count_cases(cursor: duckdb.DuckDBPyConnection, settings: ProcessSettings, today: date) -> None:
    if read_settings(cursor) == settings:
        return
    with transaction(cursor):
        cursor.execute("delete from process_settings")
        cursor.execute("insert into process_settings values (?)", [to_json(settings)])
        remake(cursor, DERIVED["cases"], today)
        bump(cursor)
