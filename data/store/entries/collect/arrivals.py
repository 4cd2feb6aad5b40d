"""Files that came by themselves, and what became of each.

Invariant: what arrived is written down before it is loaded, with all that loading it needs, so that a crash in between
loses nothing; one key with one content, as it came last, is one arrival. The number of an arrival makes its import
known (`ImportOptions.arrival`), so that loading it again after a crash loads nothing twice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from data.errors import UserError
from data.store.clock import Clock
from data.store.codec import trouble_from_json, trouble_to_json
from data.store.entries.database import Database, inserted

Outcome = Literal["arrived", "loaded", "waiting", "refused", "put_away"]
"""arrived: not loaded yet · loaded · waiting: a person has to say what it holds · refused: it cannot be read ·
put_away: a person does not want it."""
OPEN: tuple[Outcome, ...] = ("waiting", "refused")
"""What a person has to look at."""
_SELECT = (
    "select id, connection, collection, key, sha256, name, given, at, outcome, imports, rows_in, trouble, decided_at"
    " from arrivals"
)


@dataclass(frozen=True)
class Arrival:
    """One file that came."""

    id: int
    """Its number."""
    connection: int
    """Number of the source."""
    collection: int
    """Number of the run that brought it."""
    key: str
    """What it is in its source."""
    sha256: str
    """Hash of its content."""
    name: str
    """Its name."""
    given: Mapping[str, Any]
    """What the source said about it: account, source, days, fact, mappings, as JSON."""
    at: datetime
    """When it came."""
    outcome: Outcome
    """What became of it."""
    imports: tuple[int, ...]
    """Numbers of the imports it became."""
    rows_in: int
    """Rows it had, where it was loaded."""
    trouble: UserError | None
    """Why it waits, or was refused."""
    decided_at: datetime | None
    """When that was said; None: not yet."""


class Arrivals:
    """Those of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def enter(self, connection: int, run: int, key: str, sha256: str, name: str, given: Mapping[str, Any]) -> Arrival:
        """A file came; where it is what came last under its key, that one."""
        with self._database.receive() as database:
            last = database.execute(
                "select id, sha256 from arrivals where connection = ? and key = ? order by id desc limit 1",
                (connection, key),
            ).fetchone()
            number = int(last[0]) if last is not None and last[1] == sha256 else None
            if number is None:
                number = inserted(
                    database,
                    "insert into arrivals (connection, collection, key, sha256, name, given, at, outcome)"
                    " values (?, ?, ?, ?, ?, ?, ?, 'arrived')",
                    (connection, run, key, sha256, name, json.dumps(dict(given), ensure_ascii=False), self._now()),
                )
        return self.get(number)

    def get(self, number: int) -> Arrival:
        """The one of a number."""
        return _arrival(self._database.rows(f"{_SELECT} where id = ?", (number,))[0])

    def find(self, number: int) -> Arrival | None:
        """The one of a number, if it is there."""
        rows = self._database.rows(f"{_SELECT} where id = ?", (number,))
        return _arrival(rows[0]) if rows else None

    def standing(self, connection: int | None, *outcomes: Outcome) -> tuple[Arrival, ...]:
        """Those of a source, or of all, whose outcome is one of these, the first first."""
        places = ", ".join("?" * len(outcomes))
        of, params = ("connection = ? and ", (connection,)) if connection is not None else ("", ())
        return tuple(
            map(_arrival, self._database.rows(f"{_SELECT} where {of}outcome in ({places}) order by id",
                                              (*params, *outcomes)))
        )  # fmt: skip

    def latest(self, connection: int, key: str) -> Arrival | None:
        """What came last under a key."""
        rows = self._database.rows(
            f"{_SELECT} where connection = ? and key = ? order by id desc limit 1", (connection, key)
        )
        return _arrival(rows[0]) if rows else None

    def before(self, arrival: Arrival) -> Arrival | None:
        """What was loaded last under the same key before it."""
        rows = self._database.rows(
            f"{_SELECT} where connection = ? and key = ? and id < ? and outcome = 'loaded' order by id desc limit 1",
            (arrival.connection, arrival.key, arrival.id),
        )
        return _arrival(rows[0]) if rows else None

    def decide(
        self, number: int, outcome: Outcome, imports: Sequence[int] = (), rows_in: int = 0,
        trouble: UserError | None = None,
    ) -> None:  # fmt: skip
        """What became of it."""
        told = json.dumps(trouble_to_json(trouble), ensure_ascii=False) if trouble is not None else None
        self._database.remark(
            "update arrivals set outcome = ?, imports = ?, rows_in = ?, trouble = ?, decided_at = ? where id = ?",
            (outcome, json.dumps(sorted({*imports})), rows_in, told, self._now(), number),
        )

    def needs(self, sha256: str) -> bool:
        """Whether something that is not done with has this content."""
        return bool(
            self._database.rows(
                "select 1 from arrivals where sha256 = ? and outcome in ('arrived', 'waiting', 'refused')", (sha256,)
            )
        )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _arrival(row: Sequence[Any]) -> Arrival:
    number, connection, run, key, sha256, name, given, at, outcome, imports, rows_in, trouble, decided = row
    return Arrival(
        int(number), int(connection), int(run), key, sha256, name, json.loads(given), datetime.fromisoformat(at),
        outcome, tuple(json.loads(imports)), int(rows_in), trouble_from_json(json.loads(trouble)) if trouble else None,
        datetime.fromisoformat(decided) if decided else None,
    )  # fmt: skip
