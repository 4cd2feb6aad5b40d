"""Where it lies what people entered: in a SQLite file, or in the PostgreSQL that several instances share.

Invariant: which of the two is chosen here and nowhere else, by the setting that says where the data lie; everything
above asks the same of both.
"""

from importlib.util import find_spec
from pathlib import Path

from data.errors import UserError
from data.message import Message, say
from data.store.connection import catalogue
from data.store.connection.lake import schema_of
from data.store.entries.database.contract import KEPT, Answer, Database, Writing, inserted
from data.store.entries.database.migrate import FOLDER, PEOPLE
from data.store.entries.database.sqlite import MEND, SqliteDatabase, is_damage
from data.store.gate import Gate
from data.store.workspace import Workspace

__all__ = ["KEPT", "MEND", "Answer", "Database", "Writing", "inserted", "is_damage", "of_business", "of_people"]


def of_business(path: Path, gate: Gate | None = None) -> Database:
    """What was entered in the business whose workspace the file lies in."""
    schema = f"kpi_entries{schema_of(Workspace(path.parent)).removeprefix('business')}"
    return _opened(path, schema, FOLDER, gate, MEND)


def of_people(path: Path, mend: Message) -> Database:
    """The people of the installation whose folder the file lies in; `mend` says what to do where it is damaged."""
    return _opened(path, "kpi_people", PEOPLE, None, mend)


def _opened(path: Path, schema: str, folder: Path, gate: Gate | None, mend: Message) -> Database:
    reached = catalogue()
    if reached is None:
        return SqliteDatabase(path, folder, gate, mend)
    if find_spec("psycopg") is None:
        raise UserError(
            say("For a lake the package {package} must be installed.", package="psycopg"),
            hint=say("Run: python -m pip install -r requirements-lake.txt"),
        )
    from data.store.entries.database.postgres import PostgresDatabase  # its package is there for a lake only

    return PostgresDatabase(reached, schema, folder, gate, path)
