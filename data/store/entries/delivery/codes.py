"""Codes by which somebody tells a bot who they are, and how far a bot's messages were read.

Invariant: a code has 256 random bits, is kept as its hash only, is good once and for a week, and says nothing but which
recipient of this workspace a chat belongs to.
"""

from datetime import datetime, timedelta

from data.store.entries.database import Database
from data.store.entries.delivery.times import to_text
from data.store.token import hash_of, new_token

LASTS = timedelta(days=7)
"""How long a code is good."""


class Codes:
    """Those of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, recipient: str, channel: int, now: datetime) -> str:
        """A code for a recipient and a bot, in place of those before; told this once."""
        code = new_token()
        with self._database.change("channels") as connection:
            connection.execute(
                "delete from telegram_codes where recipient = ? or expires_at < ?", (recipient, to_text(now))
            )
            connection.execute(
                "insert into telegram_codes values (?, ?, ?, ?)",
                (hash_of(code), recipient, channel, to_text(now + LASTS)),
            )
        return code

    def use(self, code: str, channel: int, now: datetime) -> str | None:
        """The recipient of a code, which is good no more; None: it never was, or is not any more."""
        with self._database.receive() as connection:
            key = (hash_of(code), channel, to_text(now))
            row = connection.execute(
                "select recipient from telegram_codes where hash = ? and channel = ? and expires_at > ?", key
            ).fetchone()
            connection.execute("delete from telegram_codes where hash = ? and channel = ?", key[:2])
        return str(row[0]) if row else None

    def awaited(self, now: datetime) -> tuple[int, ...]:
        """The bots that somebody is to write to."""
        rows = self._database.rows("select distinct channel from telegram_codes where expires_at > ?", (to_text(now),))
        return tuple(int(row[0]) for row in rows)

    def read_from(self, channel: int) -> int:
        """Number of the first message of a bot that was not read; 0: none was."""
        rows = self._database.rows("select next from telegram_read where channel = ?", (channel,))
        return int(rows[0][0]) if rows else 0

    def read_to(self, channel: int, following: int) -> None:
        """Messages before that number are read."""
        self._database.remark(
            "insert into telegram_read values (?, ?) on conflict (channel) do update set next = excluded.next",
            (channel, following),
        )
