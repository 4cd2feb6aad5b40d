"""The log of who changed, exported or opened what.

Invariant: rows are only added; a line names the person and the thing, never a value, a token or an address.
"""

from datetime import datetime, timedelta

from data.access.people.model import Deed
from data.store.clock import Clock
from data.store.entries.database import Database

KEPT = timedelta(days=400)
"""How long a deed is kept."""


class Deeds:
    """Those of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def note(self, business: str, who: str, what: str, detail: str = "") -> None:
        """Write one down."""
        now = self._clock()
        with self._database.receive() as connection:
            connection.execute("delete from deeds where at < ?", ((now - KEPT).isoformat(timespec="seconds"),))
            connection.execute(
                "insert into deeds (at, business, who, what, detail) values (?, ?, ?, ?, ?)",
                (now.isoformat(timespec="seconds"), business, who, what, detail[:200]),
            )

    def latest(self, business: str, most: int = 200) -> tuple[Deed, ...]:
        """The latest of a business, the latest first."""
        rows = self._database.rows(
            "select at, business, who, what, detail from deeds where business = ? order by id desc limit ?",
            (business, most),
        )
        return tuple(Deed(datetime.fromisoformat(at), *rest) for at, *rest in rows)
