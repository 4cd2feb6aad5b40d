"""The tables of what people entered, brought to the newest form.

Invariant: a migration is applied whole or not at all, and once; which ones were is written in the database, so that one
that arrives later with a lower number is not passed over. One that is newer than the program is not touched.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from data.errors import UserError
from data.message import say

FOLDER = Path(__file__).parents[1] / "migrations"
"""Where those of a business lie: 0001_name.sql, 0002_name.sql, …; one statement ends with `;` and its line."""
PEOPLE = FOLDER / "people"
"""Where those of the people of an installation lie."""
TABLE = "entries_migrations"
"""The list of those that were applied."""


class NewerEntries(UserError):
    """What was entered was written by a newer version of the program."""

    def __init__(self) -> None:
        super().__init__(
            say("The workspace was last opened by a newer version of this program."),
            hint=say("Start the newer version again, or restore the backup made before the upgrade."),
        )


def numbered(folder: Path) -> dict[int, Path]:
    """Number → migration."""
    return {int(path.name.split("_")[0]): path for path in sorted(folder.glob("[0-9]*.sql"))}


def missing(folder: Path, applied: Collection[int]) -> Iterator[tuple[int, Path]]:
    """Those that were not applied, in the order of the numbers. `NewerEntries` where one is unknown here."""
    known = numbered(folder)
    if {*applied} - known.keys():
        raise NewerEntries
    return ((number, known[number]) for number in sorted(known.keys() - {*applied}))


def statements(path: Path) -> list[str]:
    """What a migration does, one by one."""
    return path.read_text(encoding="utf-8").split(";\n")
