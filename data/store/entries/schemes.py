"""Bonus schemes that people wrote, as TOML text, with every version of each.

Invariant: a version is never changed or deleted: a new wording and a removal are each a new version.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
"""What a scheme may be called."""
_LATEST = "version in (select max(version) from bonus_schemes group by scheme) and is_removed = 0"


@dataclass(frozen=True)
class SchemeText:
    """One wording of a scheme, or its removal."""

    version: int
    """Number of the wording in the workspace."""
    scheme: str
    """Name of the scheme; never changes."""
    text: str
    """TOML."""
    at: datetime
    """When it was entered."""
    is_removed: bool
    """From here on there is no such scheme."""


class Schemes:
    """Bonus schemes of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[SchemeText, ...]:
        """Those that stand, by name."""
        return self._rows(f"{_LATEST} order by scheme")

    def versions(self, scheme: str) -> tuple[SchemeText, ...]:
        """Every wording of one, the first first."""
        return self._rows("scheme = ? order by version", scheme)

    def version(self, number: int) -> SchemeText:
        """The wording of that number. `UnknownName` if there is none."""
        found = self._rows("version = ?", number)
        if not found:
            raise UnknownName(say("There is no version {number} of a bonus scheme.", number=number))
        return found[0]

    def enter(self, scheme: str, text: str) -> int:
        """A scheme, or its new wording; the version's number. The same wording again is none."""
        if not NAME.fullmatch(scheme):
            raise UserError(say("A scheme's name is made of small Latin letters, digits and _, such as barbers."))
        standing = next((one for one in self.all() if one.scheme == scheme), None)
        if standing is not None and standing.text == text:
            return standing.version
        return self._append(scheme, text, is_removed=False)

    def remove(self, scheme: str) -> int:
        """Take a scheme away; the version's number. `UnknownName` if there is none of that name."""
        standing = next((one for one in self.all() if one.scheme == scheme), None)
        if standing is None:
            raise UnknownName(say("There is no bonus scheme called «{name}».", name=scheme))
        return self._append(scheme, standing.text, is_removed=True)

    def _append(self, scheme: str, text: str, *, is_removed: bool) -> int:
        values = (scheme, text, self._clock().isoformat(timespec="seconds"), int(is_removed))
        with self._database.change("bonus") as connection:
            return inserted(
                connection,
                "insert into bonus_schemes (scheme, text, entered_at, is_removed) values (?, ?, ?, ?)",
                values,
                "version",
            )

    def _rows(self, where: str, *params: object) -> tuple[SchemeText, ...]:
        sql = f"select version, scheme, text, entered_at, is_removed from bonus_schemes where {where}"
        return tuple(
            SchemeText(number, scheme, text, datetime.fromisoformat(at), bool(is_removed))
            for number, scheme, text, at, is_removed in self._database.rows(sql, params)
        )
