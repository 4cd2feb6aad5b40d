"""People who appear under several spellings, as somebody merged them.

Invariant: which name a spelling is read as is a pure function of the merges that stand: spellings that merges connect
are one person, called as the latest of these merges says. So the order of undoing does not matter.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted


@dataclass(frozen=True)
class Merge:
    """One merge."""

    id: int
    """Its number."""
    name: str
    """What the person is called."""
    spellings: tuple[str, ...]
    """Spellings that are the same person."""
    at: datetime
    """When it was entered."""
    undone_at: datetime | None
    """When it was taken back; None: it stands."""


class Merges:
    """Merges of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Merge, ...]:
        """Every merge, the first first, undone ones included."""
        rows = self._database.rows("select id, name, spellings, entered_at, undone_at from merges order by id")
        return tuple(
            Merge(
                number, name, tuple(json.loads(spellings)), datetime.fromisoformat(at),
                datetime.fromisoformat(undone) if undone else None,
            )
            for number, name, spellings, at, undone in rows
        )  # fmt: skip

    def names(self) -> dict[str, str]:
        """Spelling → the name it is read as; spellings that are read as they stand are left out."""
        return names_of(merge for merge in self.all() if merge.undone_at is None)

    def enter(self, name: str, spellings: Collection[str]) -> int:
        """Say that these spellings are this person; the merge's number."""
        others = tuple(dict.fromkeys(spelling for spelling in spellings if spelling != name))
        if not name.strip() or not others:
            raise UserError(say("A merge needs a name and at least one other spelling of it."))
        values = (name, json.dumps(others, ensure_ascii=False), self._clock().isoformat())
        with self._database.change("people") as connection:
            return inserted(connection, "insert into merges (name, spellings, entered_at) values (?, ?, ?)", values)

    def undo(self, number: int) -> None:
        """Take a merge back. `UnknownName` if none of that number stands."""
        with self._database.change("people") as connection:
            undone = connection.execute(
                "update merges set undone_at = ? where id = ? and undone_at is null",
                (self._clock().isoformat(), number),
            )
            if undone.rowcount == 0:
                raise UnknownName(say("There is no merge {number} to take back.", number=number))

    def differ(self, one: str, other: str) -> None:
        """Say that these are two people: they are not suggested again."""
        first, second = sorted((one, other))
        with self._database.change("people") as connection:
            connection.execute(
                "insert into different_people values (?, ?, ?) on conflict do nothing",
                (first, second, self._clock().isoformat()),
            )

    def different(self) -> frozenset[tuple[str, str]]:
        """Pairs that are two people, each in alphabetical order."""
        return frozenset((one, other) for one, other in self._database.rows("select one, other from different_people"))


def names_of(merges: Iterable[Merge]) -> dict[str, str]:
    """Spelling → name, of merges in the order they were entered."""
    groups: list[tuple[set[str], str]] = []
    for merge in merges:
        mine = {merge.name, *merge.spellings}
        connected = [group for group in groups if group[0] & mine]
        groups = [group for group in groups if not group[0] & mine]
        groups.append((mine.union(*(members for members, _ in connected)), merge.name))
    return {spelling: name for members, name in groups for spelling in members if spelling != name}


def as_read(names: Mapping[str, str], spelling: str) -> str:
    """The name a spelling is read as."""
    return names.get(spelling, spelling)
