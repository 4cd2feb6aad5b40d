"""Passwords, keys and tokens of services, sealed.

Invariant: a value is read by `get` alone, and only by owners or the program itself (`gate.itself`); lists, exports,
logs and errors know names only. A backup put back elsewhere brings sealed values without their key: they are listed as
unreadable and have to be entered again.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.errors import UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.sealing import Seal

KEY_FILE = "secrets.key"
"""Beside the entries."""
LONGEST = 20_000
"""Characters of a secret."""


@dataclass(frozen=True)
class KnownSecret:
    """A secret without its value."""

    name: str
    """What it is the secret of, such as `collect.3.password`."""
    changed_at: datetime
    """When it was entered."""
    is_readable: bool
    """Whether the key that sealed it is here; if not it has to be entered again."""


class Secrets:
    """Secrets of one workspace."""

    def __init__(self, database: Database, clock: Clock, key: Path) -> None:
        self._database = database
        self._clock = clock
        self._seal = Seal(key)
        self._sealing = threading.RLock()

    def put(self, name: str, text: str) -> None:
        """Keep a value under a name, in place of the one before. For owners."""
        if not text or len(text) > LONGEST:
            raise UserError(say("A secret has between 1 and {most} characters.", most=LONGEST))
        with self._sealing, self._database.change("secrets") as connection:
            connection.execute(
                "insert into sealed_secrets values (?, ?, ?) on conflict (name) do update"
                " set sealed = excluded.sealed, changed_at = excluded.changed_at",
                (name, self._seal.close(name, text), self._clock().isoformat(timespec="seconds")),
            )

    def get(self, name: str) -> str | None:
        """The value; None where there is none, or the key that sealed it is not here (`known` tells which).

        For owners and, inside `gate.itself()`, for the program.
        """
        self._database.gate.require("owner", "secrets")
        with self._sealing:
            rows = self._database.rows("select sealed from sealed_secrets where name = ?", (name,))
            return self._seal.open(name, rows[0][0]) if rows else None

    def forget(self, name: str) -> None:
        """Nothing is kept under the name any more."""
        with self._database.change("secrets") as connection:
            connection.execute("delete from sealed_secrets where name = ?", (name,))

    def known(self, beginning: str = "") -> tuple[KnownSecret, ...]:
        """The secrets whose names begin so, by name, without their values."""
        with self._sealing:
            rows = self._database.rows("select name, sealed, changed_at from sealed_secrets order by name")
            return tuple(
                KnownSecret(name, datetime.fromisoformat(at), self._seal.open(name, sealed) is not None)
                for name, sealed, at in rows
                if name.startswith(beginning)
            )

    def renew_key(self) -> int:
        """Seal everything that can be read with a new key; how many. A crash in between loses nothing: both keys open
        until all is sealed anew."""
        with self._sealing, self._database.change("secrets") as connection:
            self._seal.begin_anew()
            rows = connection.execute("select name, sealed from sealed_secrets").fetchall()
            texts = {name: text for name, sealed in rows if (text := self._seal.open(name, sealed)) is not None}
            connection.executemany(
                "update sealed_secrets set sealed = ? where name = ?",
                [(self._seal.close(name, text), name) for name, text in texts.items()],
            )
        if len(texts) == len(rows):
            self._seal.end_anew()
        return len(texts)
