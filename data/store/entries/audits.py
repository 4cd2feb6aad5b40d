"""Audits that were kept: what was found on a day, to be held beside what is found later.

Invariant: what was kept is never changed; it can only be deleted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 80
"""Letters of a name."""


@dataclass(frozen=True)
class SavedAudit:
    """One audit."""

    id: int
    """Its number."""
    name: str
    """What it is called; empty: nothing."""
    day: date
    """The day it tells of."""
    body: Mapping[str, Any]
    """What was found (kpi/audit/snapshot.py)."""


class Audits:
    """Audits of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[SavedAudit, ...]:
        """Every audit, the earliest day first."""
        rows = self._database.rows("select id, name, day, body from audits order by day, id")
        return tuple(
            SavedAudit(number, name, date.fromisoformat(day), json.loads(body)) for number, name, day, body in rows
        )

    def get(self, number: int) -> SavedAudit:
        """The audit of that number; `UnknownName` if there is none."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is None:
            raise UnknownName(say("There is no audit {number}.", number=number))
        return found

    def keep(self, name: str, day: date, body: Mapping[str, Any]) -> int:
        """Keep an audit; its number."""
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        values = (" ".join(name.split())[:LONGEST], day.isoformat(), text, self._clock().isoformat(timespec="seconds"))
        with self._database.change("audits") as connection:
            return inserted(connection, "insert into audits (name, day, body, entered_at) values (?, ?, ?, ?)", values)

    def delete(self, number: int) -> None:
        """Forget an audit."""
        self.get(number)
        with self._database.change("audits") as connection:
            connection.execute("delete from audits where id = ?", (number,))
