"""Further businesses of the installation, as its instances tell each other of them.

Invariant: a name that was told once stays known.
"""

from collections.abc import Iterable

from data.store.clock import Clock
from data.store.entries.database import Database


class Businesses:
    """Those of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[str, ...]:
        """Their names, in the order of the letters."""
        return tuple(str(row[0]) for row in self._database.rows("select name from businesses order by name"))

    def tell(self, names: Iterable[str]) -> None:
        """There are these too; nothing is written where they are known."""
        new = sorted({*names} - {*self.all()})
        if new:
            at = self._clock().isoformat(timespec="seconds")
            with self._database.receive() as connection:
                connection.executemany(
                    "insert into businesses values (?, ?) on conflict do nothing", [(name, at) for name in new]
                )
