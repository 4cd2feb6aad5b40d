"""One-time links: to become the first owner, to come in for the first time, to choose a new password.

Invariant: each is good once and for a while; only its hash is kept; a new one of a person makes the older ones useless.
One that was found to be over is gone, so that a clock that is set back makes it good no more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.access.people.model import Kind
from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.token import hash_of, new_token

LASTS: dict[Kind, timedelta] = {
    "owner": timedelta(days=1), "invitation": timedelta(days=7), "reset": timedelta(hours=24),
}  # fmt: skip
"""How long each is good."""


@dataclass(frozen=True)
class Invitation:
    """One that is good."""

    kind: Kind
    """What it is for."""
    person: int | None
    """Whom; None: whoever becomes the first owner."""
    business: str
    """Where."""


class Invitations:
    """Those of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, kind: Kind, person: int | None, business: str) -> str:
        """A new one: its token, told this once."""
        token, now = new_token(), self._clock()
        with self._database.change("people") as connection:
            connection.execute(
                "delete from invitations where coalesce(person, 0) = ? and used_at is null", (person or 0,)
            )
            connection.execute(
                "insert into invitations values (?, ?, ?, ?, ?, ?, null)",
                (hash_of(token), kind, person, business, now.isoformat(), (now + LASTS[kind]).isoformat()),
            )
        return token

    def find(self, token: str) -> Invitation | None:
        """The one of a token, if it is good."""
        rows = self._database.rows(
            "select kind, person, business, created_at, expires_at from invitations"
            " where token_hash = ? and used_at is null",
            (hash_of(token),),
        )
        now = self._clock()
        if not rows or now < datetime.fromisoformat(rows[0][3]):
            return None
        if now >= datetime.fromisoformat(rows[0][4]):
            self._database.remark("delete from invitations where token_hash = ?", (hash_of(token),))
            return None
        return Invitation(rows[0][0], rows[0][1], rows[0][2])

    def use(self, token: str) -> bool:
        """It is good no more; False: somebody else was faster."""
        with self._database.receive() as connection:
            done = connection.execute(
                "update invitations set used_at = ? where token_hash = ? and used_at is null",
                (self._clock().isoformat(), hash_of(token)),
            )
            return done.rowcount == 1
