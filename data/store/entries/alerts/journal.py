"""What was found, and how it stands: open, acknowledged, over.

Invariant: of one thing at most one alert stands for the same rights; one that is over is never opened again. Whoever
acknowledges a thing does so for everybody who was told of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.alerts.model import Kind, Noted
from data.store.entries.database import Database

_FIELDS = (
    "id, rule, rights, kind, subject, place, period, content, size, found_at, seen_at, acknowledged_at,"
    " acknowledged_by, acknowledged_size, over_at"
)
_SAME = "kind = ? and subject = ? and place = ? and period = ?"


@dataclass(frozen=True)
class Found:
    """What is to be noted of an alert."""

    kind: Kind
    """What it is."""
    subject: str
    """What it is about."""
    place: str
    """Whose it is: JSON."""
    period: str
    """The period it is about."""
    content: str
    """What was found and what is said of it: JSON."""
    size: float
    """How bad it is."""


class Journal:
    """The journal of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def standing(self, rule: int, rights: str) -> tuple[Noted, ...]:
        """What is not over, as one sees it with some rights by one rule; the first found first."""
        return self._read("rule = ? and rights = ? and over_at is null order by id", (rule, rights))

    def seen_by(self, rights: str) -> tuple[Noted, ...]:
        """What is not over as one sees it with some rights, by rules that stand."""
        standing = "select id from alert_rules where removed_at is null"
        return self._read(f"rights = ? and over_at is null and rule in ({standing}) order by id", (rights,))

    def since(self, day: date, rights: str | None = None) -> tuple[Noted, ...]:
        """What was found since a day, and what stands from before, the latest first; `rights`: by whom."""
        limit, cells = ("", ()) if rights is None else (" and rights = ?", (rights,))
        order = " order by found_at desc, id desc"
        return self._read(f"(found_at >= ? or over_at is null){limit}{order}", (day.isoformat(), *cells))

    def get(self, numbers: Collection[int]) -> tuple[Noted, ...]:
        """Alerts by their numbers."""
        return self._read(f"id in ({', '.join('?' * len(numbers)) or 'null'}) order by id", tuple(numbers))

    def note(
        self, rule: int, rights: str, new: Sequence[Found], kept: Sequence[tuple[int, Found]], over: Sequence[int]
    ) -> None:
        """One look: what is new, what was found again (by its number), and what is over."""
        now = self._now()
        begun = [
            (rule, rights, one.kind, one.subject, one.place, one.period, one.content, one.size, now, now) for one in new
        ]
        with self._database.receive() as connection:
            connection.executemany("update alerts set over_at = ? where id = ?", [(now, number) for number in over])
            connection.executemany(
                "update alerts set content = ?, size = ?, seen_at = ? where id = ?",
                [(one.content, one.size, now, number) for number, one in kept],
            )
            connection.executemany(
                "insert into alerts (rule, rights, kind, subject, place, period, content, size, found_at, seen_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", begun,
            )  # fmt: skip

    def end(self, rule: int, keeping: Collection[str] = ()) -> None:
        """Nothing is looked for by a rule any more, but for these rights: what stands for others is over."""
        others = f" and rights not in ({', '.join('?' * len(keeping))})" if keeping else ""
        with self._database.receive() as connection:
            connection.execute(
                f"update alerts set over_at = ? where rule = ? and over_at is null{others}",
                (self._now(), rule, *keeping),
            )

    def acknowledge(self, numbers: Collection[int], by: str) -> int:
        """Somebody knows of these, and so does everybody else who was told; how many changed.

        `UnknownName` for a number that never was. What is over, or was acknowledged as bad as it is, stays as it is.
        """
        self._database.gate.require("lead", "alerts")
        found = self.get(numbers)
        missing = sorted({*numbers} - {one.id for one in found})
        if missing:
            raise UnknownName(say("There is no alert {number}.", number=missing[0]))
        with self._database.receive() as connection:
            return sum(
                connection.execute(
                    "update alerts set acknowledged_at = ?, acknowledged_by = ?, acknowledged_size = size"
                    f" where {_SAME} and over_at is null and (acknowledged_at is null or size > acknowledged_size)",
                    (self._now(), by, one.kind, one.subject, one.place, one.period),
                ).rowcount
                for one in found
                if one.over_at is None
            )

    def _read(self, where: str, cells: tuple[object, ...]) -> tuple[Noted, ...]:
        return tuple(_noted(row) for row in self._database.rows(f"select {_FIELDS} from alerts where {where}", cells))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _noted(row: tuple[Any, ...]) -> Noted:
    number, rule, rights, kind, subject, place, period, content, size, found, seen, known, by, known_size, over = row
    return Noted(
        int(number), int(rule), rights, kind, subject, place, period, content, float(size),
        datetime.fromisoformat(found), datetime.fromisoformat(seen), _moment(known), by or "", known_size,
        _moment(over),
    )  # fmt: skip


def _moment(cell: str | None) -> datetime | None:
    return datetime.fromisoformat(cell) if cell is not None else None
