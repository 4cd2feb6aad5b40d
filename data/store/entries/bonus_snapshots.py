"""Bonuses as they were approved, and what was corrected afterwards.

Invariant: an approval is never changed, replaced or repeated; a correction is one more entry beside it. The hash tells
whether a content is still the one that was approved.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

_FIELDS = "id, scheme, version, month, data_version, content, sha256, approved_at"
LONGEST = 300
"""Letters of a reason."""


@dataclass(frozen=True)
class Snapshot:
    """One approved month of a scheme."""

    id: int
    """Its number."""
    scheme: str
    """Name of the scheme."""
    version: int
    """The wording of the scheme it was computed with."""
    month: date
    """First day of the month."""
    data_version: int
    """Version of the data it was computed from."""
    content: Any
    """JSON: the scheme, every input, every result."""
    sha256: str
    """Hash of the content as it was approved."""
    approved_at: datetime
    """When."""
    is_intact: bool
    """The content still has its hash."""


@dataclass(frozen=True)
class Correction:
    """What was added to, or taken from, somebody's approved bonus."""

    id: int
    """Its number."""
    snapshot: int
    """The approval it belongs to."""
    employee: str
    """Whose bonus."""
    kopecks: int
    """How much; below 0: taken."""
    reason: str
    """Why, in a person's words."""
    at: datetime
    """When it was entered."""


class BonusSnapshots:
    """Approved bonuses of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Snapshot, ...]:
        """Every approval, the latest month first."""
        rows = self._database.rows(f"select {_FIELDS} from bonus_snapshots order by month desc, scheme")
        return tuple(map(_snapshot, rows))

    def of(self, scheme: str, month: date) -> Snapshot | None:
        """The approval of a month."""
        sql = f"select {_FIELDS} from bonus_snapshots where scheme = ? and month = ?"
        rows = self._database.rows(sql, (scheme, month.isoformat()))
        return _snapshot(rows[0]) if rows else None

    def approve(self, scheme: str, version: int, month: date, data_version: int, content: Any) -> int:
        """Keep a month for good; the approval's number. `UserError` where it is approved already."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        at = self._clock().isoformat(timespec="seconds")
        values = (scheme, version, month.isoformat(), data_version, text, _hash(text), at)
        with self._database.alone():
            if self.of(scheme, month) is not None:
                raise UserError(
                    say("The bonuses of this month are approved already."),
                    hint=say("What has to change is entered as a correction."),
                )
            with self._database.change("bonus") as connection:
                return inserted(
                    connection,
                    "insert into bonus_snapshots (scheme, version, month, data_version, content, sha256, approved_at) "
                    "values (?, ?, ?, ?, ?, ?, ?)",
                    values,
                )

    def correct(self, snapshot: int, employee: str, kopecks: int, reason: str) -> int:
        """Add to, or take from, somebody's approved bonus; the correction's number."""
        told = " ".join(reason.split())[:LONGEST]
        if not told:
            raise UserError(say("A correction needs a reason."))
        if not kopecks:
            raise UserError(say("A correction needs an amount."))
        if not self._database.rows("select 1 from bonus_snapshots where id = ?", (snapshot,)):
            raise UnknownName(say("There are no approved bonuses of that number."))
        at = self._clock().isoformat(timespec="seconds")
        with self._database.change("bonus") as connection:
            return inserted(
                connection,
                "insert into bonus_corrections (snapshot, employee, kopecks, reason, entered_at) "
                "values (?, ?, ?, ?, ?)",
                (snapshot, employee, kopecks, told, at),
            )

    def corrections(self, snapshot: int) -> tuple[Correction, ...]:
        """Corrections of an approval, the first first."""
        sql = "select id, snapshot, employee, kopecks, reason, entered_at from bonus_corrections where snapshot = ?"
        rows = self._database.rows(f"{sql} order by id", (snapshot,))
        return tuple(
            Correction(n, of, who, much, why, datetime.fromisoformat(at)) for n, of, who, much, why, at in rows
        )


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    number, scheme, version, month, data_version, text, sha256, at = row
    intact = _hash(text) == sha256
    return Snapshot(
        number, scheme, version, date.fromisoformat(month), data_version, json.loads(text), sha256,
        datetime.fromisoformat(at), intact,
    )  # fmt: skip


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
