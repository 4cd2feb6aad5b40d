"""The file of what people entered, brought to the newest form from any other."""

import sqlite3
from pathlib import Path

import pytest

from data.errors import UserError
from data.store.entries.database.migrate import FOLDER
from data.store.entries.database.sqlite import SqliteDatabase

NUMBERS = sorted(int(path.name.split("_")[0]) for path in FOLDER.glob("[0-9]*.sql"))


def old(path: Path, reached: int) -> None:
    """A file as it was when PRAGMA user_version said how far it is."""
    with sqlite3.connect(path) as connection:
        for migration in sorted(FOLDER.glob("[0-9]*.sql")):
            if int(migration.name.split("_")[0]) <= reached:
                connection.executescript(migration.read_text("utf-8"))
        connection.execute(f"pragma user_version = {reached}")
    connection.close()


def applied(path: Path) -> list[int]:
    """What its list says."""
    connection = sqlite3.connect(path)
    rows = connection.execute("select number from entries_migrations order by number").fetchall()
    connection.close()
    return [row[0] for row in rows]


def tables(path: Path) -> tuple[str, ...]:
    """The tables after opening."""
    database = SqliteDatabase(path)
    found = database.tables()
    database.close()
    return found


@pytest.mark.parametrize("reached", [1, 4, 9, 18])
def test_an_older_file_gets_what_it_lacks(tmp_path: Path, reached: int) -> None:
    old(tmp_path / "old", reached)
    assert tables(tmp_path / "old") == tables(tmp_path / "new")
    assert applied(tmp_path / "old") == applied(tmp_path / "new") == NUMBERS


def test_one_that_arrives_late_with_a_lower_number_is_not_passed_over(tmp_path: Path) -> None:
    before = tables(tmp_path / "file")
    with sqlite3.connect(tmp_path / "file") as connection:
        connection.execute("delete from entries_migrations where number = 15")
        connection.execute("drop table audits")
    connection.close()
    assert tables(tmp_path / "file") == before
    assert applied(tmp_path / "file") == NUMBERS


def test_a_newer_file_is_not_touched(tmp_path: Path) -> None:
    tables(tmp_path / "file")
    with sqlite3.connect(tmp_path / "file") as connection:
        connection.execute("insert into entries_migrations values (9999)")
    connection.close()
    with pytest.raises(UserError, match="newer version"):
        SqliteDatabase(tmp_path / "file")


def test_an_erased_file_still_knows_its_form(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "file")
    database.erase()
    database.close()
    assert applied(tmp_path / "file") == NUMBERS
    tables(tmp_path / "file")
