"""What of the clockwork fails, since when, and under which number the log tells it.

Invariant: something is written only when it fails or works again, not every minute; a piece of work is done by one
process at a time, of all that share the workspace.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.entries.delivery.times import from_text, to_text


@dataclass(frozen=True)
class Fault:
    """One piece of work that fails."""

    name: str
    """Code of the work."""
    since: datetime
    """When it failed first (UTC)."""
    at: datetime
    """When it failed last (UTC)."""
    id: str
    """Number of the error in the program's log."""


class Clockwork:
    """Faults of one workspace's clockwork."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def only(self, name: str) -> AbstractContextManager[bool]:
        """Gives whether nobody else is at that work meanwhile, in any process; whoever has it not leaves it alone."""
        return self._database.only(f"clockwork {name}")

    def faults(self) -> tuple[Fault, ...]:
        """What fails now, by name."""
        rows = self._database.rows("select name, failed_since, failed_at, fault from clockwork order by name")
        return tuple(Fault(name, from_text(since), from_text(at), fault) for name, since, at, fault in rows)

    def failed(self, name: str, fault: str) -> None:
        """It failed now."""
        now = to_text(self._clock().astimezone(UTC))
        self._database.remark(
            "insert into clockwork values (?, ?, ?, ?)"
            " on conflict (name) do update set failed_at = excluded.failed_at, fault = excluded.fault",
            (name, now, now, fault),
        )

    def works(self, name: str) -> None:
        """It works (again)."""
        if any(one.name == name for one in self.faults()):
            self._database.remark("delete from clockwork where name = ?", (name,))
