"""Messages that were put together: what was told to whom, and when.

Invariant: a message and what it tells are entered in one transaction, before anything is sent: whatever fails
afterwards, the same alerts are not put into another message.
"""

from collections.abc import Sequence
from datetime import date, datetime

from data.store.clock import Clock
from data.store.entries.alerts.model import Noted, Sent, Told
from data.store.entries.database import Database, inserted

_SELECT = "select id, rule, recipient, rights, lines, made_at, closed_at from alert_messages"


class Messages:
    """Messages of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def make(self, rule: int, recipient: str, rights: str, alerts: Sequence[Noted], lines: str) -> int:
        """Put one together; its number. `lines`: what it says, JSON."""
        now = self._clock().isoformat(timespec="seconds")
        with self._database.receive() as connection:
            number = inserted(
                connection,
                "insert into alert_messages (rule, recipient, rights, lines, made_at) values (?, ?, ?, ?, ?)",
                (rule, recipient, rights, lines, now),
            )
            connection.executemany(
                "insert into alert_tellings (message, alert, recipient, size, told_at) values (?, ?, ?, ?, ?)",
                [(number, one.id, recipient, one.size, now) for one in alerts],
            )
            return number

    def told(self, recipient: str, alert: Noted) -> Told | None:
        """What somebody was told of a thing, under this alert or earlier ones of the same; None: nothing."""
        rows = self._database.rows(
            "select t.told_at, t.size, a.id from alert_tellings t join alerts a on a.id = t.alert"
            " where t.recipient = ? and a.rule = ? and a.kind = ? and a.subject = ? and a.place = ? and a.period = ?"
            " order by t.told_at, t.message",
            (recipient, alert.rule, alert.kind, alert.subject, alert.place, alert.period),
        )
        if not rows:
            return None
        at, size, _ = rows[-1]
        return Told(datetime.fromisoformat(at), float(size), sum(number == alert.id for _, _, number in rows))

    def get(self, number: int) -> Sent | None:
        """A message by its number."""
        return next(iter(self._read("where id = ?", (number,))), None)

    def since(self, day: date) -> tuple[Sent, ...]:
        """Those that were put together since a day, the latest first."""
        return self._read("where made_at >= ? order by id desc", (day.isoformat(),))

    def telling(self, alert: int) -> tuple[Sent, ...]:
        """Those that tell an alert, the first first."""
        return self._read("where id in (select message from alert_tellings where alert = ?) order by id", (alert,))

    def _read(self, rest: str, cells: tuple[object, ...]) -> tuple[Sent, ...]:
        return tuple(self._sent(row) for row in self._database.rows(f"{_SELECT} {rest}", cells))

    def _sent(self, row: tuple[int, int, str, str, str, str, str | None]) -> Sent:
        number, rule, recipient, rights, lines, made, closed = row
        told = self._database.rows("select alert from alert_tellings where message = ? order by alert", (number,))
        return Sent(
            number, rule, recipient, rights, lines,
            datetime.fromisoformat(made), datetime.fromisoformat(closed) if closed else None,
            tuple(int(alert[0]) for alert in told),
        )  # fmt: skip
