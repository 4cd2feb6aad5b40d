"""Sources that are asked by themselves, as somebody connected them.

Invariant: settings hold no secret; those lie sealed under names that begin with the connection's (`secret_name`) and go
with it. A name is given once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

Takes = Literal["rows", "days"]
"""What something newer does to what came before from the same source: rows: rows with the same key give way · days: all
its rows of the same days do, for sheets whose rows are edited and deleted."""
LONGEST_NAME = 80
"""Characters."""
_FIELDS = "id, name, kind, settings, rhythm, account, branch, fact, takes, is_paused, created_at, created_by"


@dataclass(frozen=True)
class NewConnection:
    """A source as somebody wants it connected."""

    name: str
    """What it is called."""
    kind: str
    """Code of its kind."""
    settings: Mapping[str, str | int | bool]
    """Setting → value, checked and typed, without secrets."""
    rhythm: str
    """How often it is asked: «15m», «6h», «07:30»."""
    account: str | None = None
    """Account of rows that name none."""
    branch: str | None = None
    """Branch of rows that name none."""
    fact: str | None = None
    """What its rows are, where it is told; None: each table tells it."""
    takes: Takes = "rows"
    """What something newer does to what came before."""
    by: str = ""
    """Who connected it; empty: whoever sat at this computer."""


@dataclass(frozen=True)
class Connection:
    """A source that is connected."""

    id: int
    """Its number."""
    name: str
    """What it is called."""
    kind: str
    """Code of its kind."""
    settings: Mapping[str, str | int | bool]
    """Setting → value, without secrets."""
    rhythm: str
    """How often it is asked."""
    account: str | None
    """Account of rows that name none."""
    branch: str | None
    """Branch of rows that name none."""
    fact: str | None
    """What its rows are; None: each table tells it."""
    takes: Takes
    """What something newer does to what came before."""
    is_paused: bool
    """It is not asked by itself."""
    created_at: datetime
    """When it was connected."""
    created_by: str
    """By whom; empty: whoever sat at this computer."""

    def secret_name(self, setting: str) -> str:
        """Under which name one of its secrets is sealed."""
        return f"collect.{self.id}.{setting}"


class Connections:
    """Those of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Connection, ...]:
        """Every one, by name."""
        return tuple(map(_connection, self._database.rows(f"select {_FIELDS} from connections order by name")))

    def get(self, named: int | str) -> Connection:
        """The one of a number or a name. `UnknownName` if there is none."""
        column = "id" if isinstance(named, int) else "name"
        rows = self._database.rows(f"select {_FIELDS} from connections where {column} = ?", (named,))
        if not rows:
            names = [one.name for one in self.all()]
            raise UnknownName(say("No source «{name}» is connected.", name=named), hint=did_you_mean(str(named), names))
        return _connection(rows[0])

    def add(self, new: NewConnection) -> Connection:
        """Connect one. `UserError` where the name is empty, too long or taken."""
        name = _checked_name(new.name)
        cells = (
            name, new.kind, _json(new.settings), new.rhythm, new.account, new.branch, new.fact, new.takes,
            self._clock().isoformat(timespec="seconds"), new.by,
        )  # fmt: skip
        with self._database.change("collection") as connection:
            _refuse_taken(connection, name)
            number = inserted(
                connection,
                "insert into connections (name, kind, settings, rhythm, account, branch, fact, takes, created_at,"
                " created_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells,
            )  # fmt: skip
            connection.execute("insert into connection_states (connection) values (?)", (number,))
        return self.get(number)

    def change(self, number: int, new: NewConnection) -> Connection:
        """Connect it otherwise; it is asked anew at once, from where it stands."""
        name = _checked_name(new.name)
        cells = (name, _json(new.settings), new.rhythm, new.account, new.branch, new.fact, new.takes, number)
        with self._database.change("collection") as connection:
            _refuse_taken(connection, name, number)
            connection.execute(
                "update connections set name = ?, settings = ?, rhythm = ?, account = ?, branch = ?, fact = ?,"
                " takes = ? where id = ?", cells,
            )  # fmt: skip
            connection.execute(
                "update connection_states set next_at = null, failures = 0, failing_since = null, is_stopped = 0,"
                " trouble = null where connection = ?", (number,),
            )  # fmt: skip
        return self.get(number)

    def pause(self, number: int, *, is_paused: bool) -> None:
        """It is not asked by itself any more, or again."""
        with self._database.change("collection") as connection:
            connection.execute("update connections set is_paused = ? where id = ?", (int(is_paused), number))

    def remove(self, number: int) -> None:
        """Not connected any more; its secrets are forgotten, what it brought stays."""
        beginning = f"collect.{number}."
        with self._database.change("collection") as connection:
            connection.execute("delete from connections where id = ?", (number,))
            connection.execute("delete from sealed_secrets where substr(name, 1, ?) = ?", (len(beginning), beginning))


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(say("A source has a name of 1 to {most} characters.", most=LONGEST_NAME))
    if name.isdecimal():
        raise UserError(say("The name of a source is not a number."))
    return name


def _refuse_taken(connection: Any, name: str, but: int = 0) -> None:
    if connection.execute("select 1 from connections where name = ? and id <> ?", (name, but)).fetchone():
        raise UserError(say("A source «{name}» is connected already.", name=name))


def _json(settings: Mapping[str, str | int | bool]) -> str:
    return json.dumps(dict(settings), ensure_ascii=False)


def _connection(row: tuple[Any, ...]) -> Connection:
    number, name, kind, settings, rhythm, account, branch, fact, takes, is_paused, created_at, created_by = row
    return Connection(
        int(number), name, kind, json.loads(settings), rhythm, account, branch, fact, takes, bool(is_paused),
        datetime.fromisoformat(created_at), created_by,
    )  # fmt: skip
