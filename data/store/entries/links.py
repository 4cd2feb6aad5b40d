"""Links that were given out: whose rows each shows, and whether it still opens.

Invariant: a token has 256 random bits and is kept as its hash only: who reads this file opens nothing with it. A link
that was taken back never opens again.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database

BYTES = 32
"""Random bytes of a token."""


@dataclass(frozen=True)
class Link:
    """One link, without its token."""

    id: int
    """Its number."""
    dimension: str
    """What it is limited by: employee."""
    member: str
    """The only member it shows."""
    created_at: datetime
    """When it was made."""
    opened_on: date | None
    """The last day it was opened; None: never."""
    revoked_at: datetime | None
    """When it was taken back; None: it opens."""


class Links:
    """Links of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Link, ...]:
        """Every link, the first first, those taken back included."""
        return tuple(_link(row) for row in self._database.rows(f"{_SELECT} order by id"))

    def of(self, dimension: str, member: str) -> tuple[Link, ...]:
        """The links of a member that open."""
        return tuple(
            one
            for one in self.all()
            if (one.dimension, one.member) == (dimension, member) and one.revoked_at is None
        )  # fmt: skip

    def create(self, dimension: str, member: str) -> tuple[int, str]:
        """A new link: its number and its token, which is told this once."""
        token = secrets.token_urlsafe(BYTES)
        with self._database.change("links") as connection:
            made = connection.execute(
                "insert into links (token_hash, dimension, member, created_at) values (?, ?, ?, ?)",
                (_hash(token), dimension, member, self._now()),
            )
            return int(made.lastrowid or 0), token

    def revoke(self, number: int) -> None:
        """Take a link back. `UnknownName` if none of that number opens."""
        with self._database.change("links") as connection:
            changed = connection.execute(
                "update links set revoked_at = ? where id = ? and revoked_at is null", (self._now(), number)
            )
            if changed.rowcount == 0:
                raise UnknownName(say("There is no link {number} that opens.", number=number))

    def find(self, token: str) -> Link | None:
        """The link of a token; None: there never was one, or it was taken back."""
        rows = self._database.rows(f"{_SELECT} where token_hash = ? and revoked_at is null", (_hash(token),))
        return _link(rows[0]) if rows else None

    def note_opened(self, link: Link) -> None:
        """It was opened today; written once a day."""
        today = self._clock().date()
        if link.opened_on != today:
            self._database.remark("update links set opened_at = ? where id = ?", (today.isoformat(), link.id))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


_SELECT = "select id, dimension, member, created_at, opened_at, revoked_at from links"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: tuple[int, str, str, str, str | None, str | None]) -> Link:
    number, dimension, member, created, opened, revoked = row
    return Link(
        number, dimension, member, datetime.fromisoformat(created), date.fromisoformat(opened) if opened else None,
        datetime.fromisoformat(revoked) if revoked else None,
    )  # fmt: skip
