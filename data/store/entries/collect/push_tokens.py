"""Tokens by which other programs push rows.

Invariant: a token has 256 random bits and is kept as its hash only; it opens the one source it was made for, and
nothing to read. One that was taken back never opens again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.token import hash_of, new_token

_FIELDS = "id, connection, created_at, created_by, used, used_at, revoked_at"


@dataclass(frozen=True)
class PushToken:
    """One token, without what it says."""

    id: int
    """Its number."""
    connection: int
    """Number of the source it opens."""
    created_at: datetime
    """When it was made."""
    created_by: str
    """By whom; empty: whoever sat at this computer."""
    used: int
    """How often it was used."""
    used_at: datetime | None
    """When it was used last."""
    revoked_at: datetime | None
    """When it was taken back; None: it was not."""


class PushTokens:
    """Those of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, connection: int) -> tuple[PushToken, ...]:
        """The tokens of a source that open it, the first first."""
        rows = self._database.rows(
            f"select {_FIELDS} from push_tokens where connection = ? and revoked_at is null order by id", (connection,)
        )
        return tuple(map(_token, rows))

    def make(self, connection: int, by: str = "") -> str:
        """A new token of a source, which is told this once."""
        token = new_token()
        with self._database.change("collection") as database:
            database.execute(
                "insert into push_tokens (connection, token_hash, created_at, created_by) values (?, ?, ?, ?)",
                (connection, hash_of(token), self._now(), by),
            )
        return token

    def revoke(self, number: int) -> None:
        """Take one back. `UnknownName` if none of that number opens."""
        with self._database.change("collection") as database:
            done = database.execute(
                "update push_tokens set revoked_at = ? where id = ? and revoked_at is null", (self._now(), number)
            )
            if done.rowcount == 0:
                raise UnknownName(say("There is no token {number} that opens.", number=number))

    def find(self, token: str) -> PushToken | None:
        """The one that says this, if it opens."""
        rows = self._database.rows(
            f"select {_FIELDS} from push_tokens where token_hash = ? and revoked_at is null", (hash_of(token),)
        )
        return _token(rows[0]) if rows else None

    def note_used(self, token: PushToken) -> None:
        """It was used now."""
        self._database.remark(
            "update push_tokens set used = used + 1, used_at = ? where id = ?", (self._now(), token.id)
        )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _token(row: tuple[Any, ...]) -> PushToken:
    number, connection, created_at, created_by, used, used_at, revoked_at = row
    return PushToken(
        int(number), int(connection), datetime.fromisoformat(created_at), created_by, int(used),
        datetime.fromisoformat(used_at) if used_at else None,
        datetime.fromisoformat(revoked_at) if revoked_at else None,
    )  # fmt: skip
