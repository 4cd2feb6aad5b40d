"""Where a connected source stands: what was fetched, when it is asked next, since when it fails and why.

Invariant: written by the program itself; the state a kind reached is kept in one transaction, so that after a crash it
goes on from a state it had. One source is asked by one run at a time; a run of a process that is gone holds nobody up.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.errors import UserError
from data.store.codec import trouble_from_json, trouble_to_json
from data.store.entries.database import Database


@dataclass(frozen=True)
class Standing:
    """How one source stands."""

    state: Mapping[str, Any]
    """What its kind needs to go on."""
    next_at: datetime | None
    """When it is asked next; None: as soon as somebody looks."""
    is_running: bool
    """It is being asked."""
    tried_at: datetime | None
    """When it was asked last; None: never."""
    came_at: datetime | None
    """When something came last; None: never."""
    failures: int
    """How often in a row it failed; 0: it works."""
    failing_since: datetime | None
    """When it began to fail; None: it works."""
    is_stopped: bool
    """It failed so often that it is tried once a day only."""
    trouble: UserError | None
    """Why it failed last."""


class Standings:
    """Those of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._me = database.life

    def of(self, connection: int) -> Standing:
        """Where a source stands."""
        rows = self._database.rows(
            "select state, next_at, running_by, tried_at, came_at, failures, failing_since,"
            " is_stopped, trouble from connection_states where connection = ?", (connection,),
        )  # fmt: skip
        state, next_at, running_by, tried_at, came_at, failures, since, is_stopped, trouble = rows[0]
        return Standing(
            json.loads(state), _moment(next_at), self._is_running(running_by), _moment(tried_at), _moment(came_at),
            int(failures), _moment(since), bool(is_stopped),
            trouble_from_json(json.loads(trouble)) if trouble else None,
        )  # fmt: skip

    def begin(self, connection: int, now: datetime) -> bool:
        """It is being asked from now on; False where it is already, or is not connected any more."""
        with self._database.receive() as database:
            found = database.execute(
                "select running_by from connection_states where connection = ?", (connection,)
            ).fetchall()
            if not found or self._is_running(found[0][0]):
                return False
            database.execute(
                "update connection_states set running_by = ?, tried_at = ? where connection = ?",
                (self._me, _iso(now), connection),
            )
            return True

    def _is_running(self, by: str | None) -> bool:
        """Whether that process asks the source: this one, or another that goes on."""
        return by is not None and (by == self._me or by in self._database.others({by}))

    def reach(self, connection: int, state: Mapping[str, Any]) -> None:
        """All up to this state is fetched."""
        text = json.dumps(dict(state), ensure_ascii=False)
        self._database.remark("update connection_states set state = ? where connection = ?", (text, connection))

    def end_well(self, connection: int, next_at: datetime, came_at: datetime | None) -> None:
        """It answered; `came_at`: something came."""
        self._database.remark(
            "update connection_states set running_by = null, next_at = ?, came_at = coalesce(?, came_at), failures = 0,"
            " failing_since = null, is_stopped = 0, trouble = null where connection = ?",
            (_iso(next_at), came_at and _iso(came_at), connection),
        )

    def end_badly(
        self, connection: int, next_at: datetime, now: datetime, trouble: UserError, *, is_stopped: bool
    ) -> None:
        """It failed once more."""
        told = json.dumps(trouble_to_json(trouble), ensure_ascii=False)
        self._database.remark(
            "update connection_states set running_by = null, next_at = ?, failures = failures + 1,"
            " failing_since = coalesce(failing_since, ?), is_stopped = ?, trouble = ? where connection = ?",
            (
                _iso(next_at),
                _iso(now),
                int(is_stopped),
                told,
                connection,
            ),
        )

    def came(self, connection: int, now: datetime) -> None:
        """Others sent something."""
        self._database.remark(
            "update connection_states set tried_at = ?, came_at = ?, failures = 0, failing_since = null, trouble = null"
            " where connection = ?", (_iso(now), _iso(now), connection),
        )  # fmt: skip

    def let_go(self, connection: int) -> None:
        """Its run was cut off in this process: it can be asked again."""
        self._database.remark(
            "update connection_states set running_by = null where connection = ? and running_by = ?",
            (connection, self._me),
        )

    def forget(self, connection: int) -> None:
        """It begins from the beginning: everything that is there counts as new."""
        with self._database.change("collection") as database:
            database.execute(
                "update connection_states set state = '{}', next_at = null where connection = ?", (connection,)
            )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
