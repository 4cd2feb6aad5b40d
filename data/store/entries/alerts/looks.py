"""At which state of the data was looked last, by each rule.

Invariant: written after what was found is noted, so a look that was cut off is done again.
"""

from datetime import datetime

from data.store.clock import Clock
from data.store.entries.database import Database


class Looks:
    """Looks of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def state(self, rule: int) -> str | None:
        """What the data, targets and day were when it was looked last; None: it never was."""
        rows = self._database.rows("select state from alert_looks where rule = ?", (rule,))
        return str(rows[0][0]) if rows else None

    def at(self, rule: int) -> datetime | None:
        """When it was looked last."""
        rows = self._database.rows("select looked_at from alert_looks where rule = ?", (rule,))
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def note(self, rule: int, state: str) -> None:
        """It was looked now."""
        cells = (rule, state, self._clock().isoformat(timespec="seconds"))
        self._database.remark(
            "insert into alert_looks values (?, ?, ?) on conflict (rule) do update"
            " set state = excluded.state, looked_at = excluded.looked_at", cells,
        )  # fmt: skip
