"""Links by which whoever got a message says that they know.

Invariant: a token has 256 random bits and is kept as its hash only. It leads to one message; it is good for so many
days, and no longer than anything of the message stands.
"""

from datetime import timedelta

from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.token import hash_of, new_token

LASTS = timedelta(days=30)
"""How long a link works."""


class AlertLinks:
    """Links of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, message: int) -> str:
        """A new token for a message; it is told this once. Those made for it before go on working."""
        token, now = new_token(), self._clock()
        self._database.remark(
            "insert into alert_links (token_hash, message, made_at, expires_at) values (?, ?, ?, ?)",
            (hash_of(token), message, now.isoformat(timespec="seconds"), (now + LASTS).isoformat(timespec="seconds")),
        )
        return token

    def message(self, token: str) -> int | None:
        """Number of the message a token leads to; None: it never led to one, or does no more."""
        rows = self._database.rows(
            "select l.message from alert_links l join alert_messages m on m.id = l.message"
            " where l.token_hash = ? and l.expires_at > ? and m.closed_at is null"
            " and exists (select 1 from alert_tellings t join alerts a on a.id = t.alert"
            "  where t.message = m.id and a.over_at is null)",
            (hash_of(token), self._clock().isoformat(timespec="seconds")),
        )
        return int(rows[0][0]) if rows else None

    def forget_old(self) -> None:
        """Hashes of tokens that work no more are no use to anybody."""
        now = self._clock().isoformat(timespec="seconds")
        self._database.remark("delete from alert_links where expires_at <= ?", (now,))
