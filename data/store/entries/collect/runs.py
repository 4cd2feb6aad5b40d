"""The log of collections: how each run of a connected source went.

Invariant: a run that began and did not end was cut off, and says so as soon as the next one begins. The latest runs of
a source are kept, older ones are forgotten.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from data.errors import UserError
from data.message import Message
from data.store.codec import message_from_json, message_to_json, trouble_from_json, trouble_to_json
from data.store.entries.database import Database, inserted

Outcome = Literal["running", "came", "nothing", "waiting", "failed", "cut"]
"""running · came: rows were loaded · nothing: nothing new was there · waiting: a person has to decide about a file ·
failed · cut: the program was stopped in the middle."""
KEPT = 400
"""Runs of one source."""


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    outcome: Outcome
    """How."""
    files: int = 0
    """Files that came and were loaded."""
    rows_new: int = 0
    """Rows nobody had loaded."""
    rows_changed: int = 0
    """Rows that took the place of others."""
    rejected: int = 0
    """Rows that were not loaded."""
    findings: int = 0
    """Warnings about what was loaded."""
    notes: tuple[Message, ...] = ()
    """What is worth telling."""
    trouble: UserError | None = None
    """Why it failed."""
    next_at: datetime | None = None
    """When the source is asked next."""


@dataclass(frozen=True)
class Run:
    """One run."""

    id: int
    """Its number."""
    connection: int
    """Number of the source."""
    began_at: datetime
    """When it began."""
    ended_at: datetime | None
    """When it ended; None: it runs, or was cut off."""
    ended: Ended
    """How it ended; of one that runs, what is known."""


class Runs:
    """Those of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, connection: int, now: datetime) -> int:
        """A run begins; its number. Those that never ended were cut off."""
        with self._database.receive() as database:
            database.execute(
                "update collections set outcome = 'cut' where connection = ? and outcome = 'running'", (connection,)
            )
            number = inserted(
                database,
                "insert into collections (connection, began_at, outcome) values (?, ?, 'running')",
                (connection, _iso(now)),
            )
            database.execute(
                "delete from collections where connection = ? and id not in"
                " (select id from collections where connection = ? order by id desc limit ?)",
                (connection, connection, KEPT),
            )
            return number

    def end(self, number: int, now: datetime, ended: Ended) -> None:
        """A run ended."""
        cells = (
            _iso(now), ended.outcome, ended.files, ended.rows_new, ended.rows_changed, ended.rejected, ended.findings,
            json.dumps([message_to_json(note) for note in ended.notes], ensure_ascii=False),
            json.dumps(trouble_to_json(ended.trouble), ensure_ascii=False) if ended.trouble is not None else None,
            _iso(ended.next_at) if ended.next_at is not None else None, number,
        )  # fmt: skip
        self._database.remark(
            "update collections set ended_at = ?, outcome = ?, files = ?, rows_new = ?, rows_changed = ?, rejected = ?,"
            " findings = ?, notes = ?, trouble = ?, next_at = ? where id = ?", cells,
        )  # fmt: skip

    def latest(self, connection: int | None = None, most: int = 50) -> tuple[Run, ...]:
        """The latest runs, of one source or of all, the latest first."""
        where, params = ("where connection = ?", (connection,)) if connection is not None else ("", ())
        return tuple(map(_run, self._database.rows(f"{_SELECT} {where} order by id desc limit ?", (*params, most))))

    def latest_of_each(self) -> dict[int, Run]:
        """Source → its latest run that ended."""
        rows = self._database.rows(
            f"{_SELECT} where id in (select max(id) from collections where ended_at is not null group by connection)"
        )
        return {run.connection: run for run in map(_run, rows)}


_SELECT = (
    "select id, connection, began_at, ended_at, outcome, files, rows_new, rows_changed, rejected, findings, notes,"
    " trouble, next_at from collections"
)


def _run(row: Sequence[Any]) -> Run:
    number, connection, began, ended, outcome, files, new, changed, rejected, findings, notes, trouble, next_at = row
    told = Ended(
        outcome, files, new, changed, rejected, findings,
        tuple(message_from_json(note) for note in json.loads(notes)),
        trouble_from_json(json.loads(trouble)) if trouble else None,
        datetime.fromisoformat(next_at) if next_at else None,
    )  # fmt: skip
    return Run(
        int(number), int(connection), datetime.fromisoformat(began), datetime.fromisoformat(ended) if ended else None,
        told,
    )  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
