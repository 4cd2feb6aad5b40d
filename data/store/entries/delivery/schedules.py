"""Schedules of reports: what goes to whom, by which channel, when.

Invariant: a schedule knows until when its occasions were written down as deliveries; that moment only goes forward,
together with the deliveries themselves, so no occasion is lost and none is written down twice. While it is paused no
occasion comes up.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any, Literal

from data.errors import UnknownName, UserError
from data.message import say
from data.model import Role
from data.store.entries.database import Database, Writing, inserted
from data.store.entries.delivery.times import from_text, to_text

LONGEST = 80
"""Letters of a title."""
EVERYONE = "everyone"
"""The subject of which every employee is one: a report each."""
LAST_DAY = 0
"""The day of a month that is its last."""
MOST_DAYS = 60
"""Days a report may wait, or be late, at most."""

Quiet = Literal["none", "weekends", "holidays"]
"""Days on which nothing goes out; what falls on them goes out on the next working day."""


@dataclass(frozen=True)
class Rhythm:
    """When something goes out, by the wall clock of the business."""

    every: Literal["week", "month"]
    """Weeks or months."""
    weekdays: tuple[int, ...] = (1,)
    """Of a week: its days, 1 is Monday."""
    day: int = 1
    """Of a month: its day; LAST_DAY, or one that a month does not have: its last."""
    hour: int = 9
    """The hour."""
    minute: int = 0
    """The minute."""
    quiet: Quiet = "holidays"
    """Days on which nothing goes out."""

    @property
    def at(self) -> time:
        """The time of day."""
        return time(self.hour, self.minute)


@dataclass(frozen=True)
class Wanted:
    """What goes out."""

    subject: str = ""
    """Empty: the whole business, or all of it that its reader may see · everyone: each employee's own · DIM=MEMBER."""
    edition: Literal["week", "month"] = "week"
    """The last week or month that is over."""
    forms: tuple[str, ...] = ("pdf",)
    """The files that go with it, by the code of their form; none: the message alone."""
    language: str = "ru"
    """en or ru."""
    waits: int | None = None
    """Days it waits for complete data, then goes out and says so; None: it goes out with the data there are."""
    late: int = 3
    """Days after its time that it still goes out, where nobody could send it before."""


@dataclass(frozen=True)
class Audience:
    """Who is meant."""

    roles: tuple[Role, ...] = ()
    """Everybody with one of these roles."""
    persons: tuple[int, ...] = ()
    """Numbers of people with an account."""
    addressees: tuple[int, ...] = ()
    """Numbers of people without one."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody is meant."""
        return not (self.roles or self.persons or self.addressees)


@dataclass(frozen=True)
class NewSchedule:
    """A schedule as somebody wants it."""

    title: str
    """What it is called; empty: it is told by what it does."""
    wanted: Wanted
    """What goes out."""
    rhythm: Rhythm
    """When."""
    audience: Audience
    """To whom; nobody where the channel has but one at its other end."""
    channel: int
    """Number of the channel."""
    by: str = ""
    """Who makes it."""


@dataclass(frozen=True)
class Schedule:
    """One schedule."""

    id: int
    """Its number."""
    title: str
    """What it is called; empty: it is told by what it does."""
    wanted: Wanted
    """What goes out."""
    rhythm: Rhythm
    """When."""
    audience: Audience
    """To whom."""
    channel: int
    """Number of the channel."""
    handled_until: datetime
    """Occasions up to then are written down (UTC)."""
    paused_at: datetime | None
    """When it was paused (UTC); None: it goes on."""

    @property
    def source(self) -> str:
        """Its name in the log of deliveries."""
        return f"schedule:{self.id}"


class Schedules:
    """Schedules of one workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Schedule, ...]:
        """Every schedule, the first first."""
        rows = self._database.rows(
            "select id, title, what, rhythm, audience, channel, handled_until, paused_at from schedules"
            " where removed_at is null order by id"
        )
        return tuple(_schedule(row) for row in rows)

    def get(self, number: int) -> Schedule:
        """The schedule of a number. `UnknownName` if there is none."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is None:
            raise UnknownName(say("There is no schedule {number}.", number=number))
        return found

    def add(self, new: NewSchedule, now: datetime) -> int:
        """A new schedule, from this moment (UTC) on; its number. `UserError` where it could never go out."""
        _check(new)
        cells = (
            " ".join(new.title.split())[:LONGEST], _json(new.wanted), _json(new.rhythm), _json(new.audience),
            new.channel, to_text(now), new.by, to_text(now),
        )  # fmt: skip
        with self._database.change("schedules") as connection:
            return inserted(connection,
                "insert into schedules (title, what, rhythm, audience, channel, entered_at, entered_by, handled_until)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)", cells,
            )  # fmt: skip

    def pause(self, number: int, now: datetime) -> None:
        """Nothing comes up until it goes on."""
        self._change(number, "paused_at = ?", to_text(now))

    def go_on(self, number: int, now: datetime) -> None:
        """It goes on from this moment; what would have come up meanwhile does not."""
        self._change(number, "paused_at = null, handled_until = ?", to_text(now))

    def remove(self, number: int, now: datetime) -> None:
        """Nothing of it comes up any more."""
        self._change(number, "removed_at = ?", to_text(now))

    @staticmethod
    def handled(connection: Writing, number: int, until: datetime) -> None:
        """Within a transaction: occasions up to then are written down."""
        connection.execute("update schedules set handled_until = ? where id = ?", (to_text(until), number))

    def _change(self, number: int, what: str, moment: str) -> None:
        self.get(number)
        with self._database.change("schedules") as connection:
            connection.execute(f"update schedules set {what} where id = ?", (moment, number))


def _check(new: NewSchedule) -> None:
    rhythm, wanted = new.rhythm, new.wanted
    if rhythm.every == "week" and (not rhythm.weekdays or not set(rhythm.weekdays) <= set(range(1, 8))):
        raise UserError(say("Choose the days of the week it goes out on."))
    if rhythm.every == "month" and not 0 <= rhythm.day <= 31:
        raise UserError(say("A month has days 1 to 31."))
    if not (0 <= rhythm.hour < 24 and 0 <= rhythm.minute < 60):
        raise UserError(say("A day has hours 0 to 23 and minutes 0 to 59."))
    if not (0 <= wanted.late <= MOST_DAYS and 0 <= (wanted.waits or 0) <= MOST_DAYS):
        raise UserError(say("A report waits, or is late, at most {n} days.", n=MOST_DAYS))


def _json(value: Wanted | Rhythm | Audience) -> str:
    return json.dumps(asdict(value), ensure_ascii=False)


def _schedule(row: tuple[Any, ...]) -> Schedule:
    number, title, wanted, rhythm, audience, channel, handled, paused = row
    return Schedule(
        number, title, Wanted(**_tuples(wanted)), Rhythm(**_tuples(rhythm)), Audience(**_tuples(audience)), channel,
        from_text(handled), from_text(paused) if paused else None,
    )  # fmt: skip


def _tuples(text: str) -> Mapping[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(text).items()}
