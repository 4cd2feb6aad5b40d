"""A plugin of pytest: what people enter lies in PostgreSQL, each file of entries or people in a schema of its own.

`pytest -p tests.lake.in_postgres …`, with KPI_TEST_POSTGRES saying how it is reached. The tables stay in files, so that
tests of the entries, the people and everything above run over PostgreSQL as they are.
"""

import hashlib
import os
from pathlib import Path

from data.message import Message
from data.store.entries import database
from data.store.entries.database.contract import Database
from data.store.entries.database.postgres import PostgresDatabase
from data.store.gate import Gate

VARIABLE = "KPI_TEST_POSTGRES"


def opened(path: Path, schema: str, folder: Path, gate: Gate | None, mend: Message) -> Database:
    """The schema of a file."""
    own = f"{schema}_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    return PostgresDatabase(os.environ[VARIABLE], own, folder, gate, path)


def pytest_configure() -> None:
    """Only as a plugin: whoever merely imports this changes nothing."""
    database._opened = opened
