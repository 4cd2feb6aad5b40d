"""One run of one connected source: ask it, load what it brings, remember where it stands, write the log.

Invariant: the state is kept only after everything before it lies in the workspace, so whatever ends a run early, the
next one goes on with nothing lost and nothing twice. A source is asked by one run at a time.
"""

import hashlib
import logging
import secrets as random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.collect import contents
from data.collect.backing_off import is_open, next_try
from data.collect.kinds import kind_named
from data.collect.loading import Loaded, given_of, load
from data.collect.model import Arrived, Asked, Found, Later, Limits, Noted, Reached, Trouble
from data.collect.rhythm import rhythm
from data.collect.unpacking import unpacked
from data.errors import UserError
from data.message import Message, say
from data.store.entries.collect import Arrival, Connection, Ended, Run
from data.store.entries.collect.runs import Outcome
from data.store.store import Store
from data.store.zone import zone_of

_log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)
"""After which a run goes on that had more to fetch than it may in one go."""
MOST_NOTES = 20
"""Of one run."""
RETRIED = 50
"""Waiting files that are tried again in one run."""


@dataclass
class Tally:
    """What a run has done so far."""

    files: int = 0
    """Files that were loaded."""
    rows_new: int = 0
    """Rows nobody had loaded."""
    rows_changed: int = 0
    """Rows that took the place of others."""
    rejected: int = 0
    """Rows that were not loaded."""
    findings: int = 0
    """Warnings."""
    waits: int = 0
    """Files a person has to look at."""
    notes: list[Message] = field(default_factory=list)
    """What is worth telling."""
    later: datetime | None = None
    """There is more, then."""

    def count(self, loaded: Loaded) -> None:
        """One file more."""
        if loaded.arrival.outcome != "loaded":
            self.waits += 1
            return
        self.files += 1
        for report in loaded.reports:
            self.rows_new += report.new
            self.rows_changed += report.changed
            self.rejected += report.rejected
            self.findings += sum(finding.severity == "warning" for finding in report.findings)

    def note(self, message: Message) -> None:
        """Something worth telling."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(message)

    def ended(self, next_at: datetime, trouble: UserError | None = None) -> Ended:
        """The run's line in the log."""
        good: Outcome = "waiting" if self.waits else "came" if self.files else "nothing"
        return Ended(
            "failed" if trouble is not None else good, self.files, self.rows_new, self.rows_changed, self.rejected,
            self.findings, tuple(self.notes), trouble, next_at,
        )  # fmt: skip


def run(
    store: Store, connection: Connection, limits: Limits | None = None, sleep: Callable[[float], None] = time.sleep
) -> Run | None:
    """Ask a source now. None where it is being asked already; whatever it fails with is in the log, never raised."""
    standings, runs, now = store.entries.standings, store.entries.runs, store.clock()
    if not standings.begin(connection.id, now):
        return None
    is_over = False
    try:
        with store.gate.itself():
            number = runs.begin(connection.id, now)
            tally, trouble = Tally(), None
            try:
                _collect(store, connection, number, tally, _asked(store, connection, limits or Limits(), sleep))
            except UserError as error:
                trouble = error
            except Exception as error:
                trouble = _bug(connection, error)
            _end(store, connection, number, tally, trouble)
            is_over = True
    finally:
        if not is_over:
            standings.let_go(connection.id)
    return next(one for one in runs.latest(connection.id, 5) if one.id == number)


def _asked(store: Store, connection: Connection, limits: Limits, sleep: Callable[[float], None]) -> Asked:
    return Asked(
        connection.settings, secret_of(store, connection), store.entries.standings.of(connection.id).state,
        store.clock(), time.monotonic, sleep, limits, zone=zone_of(store.entries.settings),
    )  # fmt: skip


def secret_of(store: Store, connection: Connection) -> Callable[[str], str]:
    """What answers with the secrets of a source."""

    def secret(setting: str) -> str:
        name = connection.secret_name(setting)
        value = store.entries.secrets.get(name)
        if value is None and store.entries.secrets.known(name):
            raise Trouble(
                say("The password or key of «{name}» cannot be read any more.", name=connection.name),
                hint=say("Enter it again: the file it was sealed with is not here."), is_lasting=True,
            )  # fmt: skip
        return value or ""

    return secret


def _collect(store: Store, connection: Connection, number: int, tally: Tally, asked: Asked) -> None:
    contents.sweep(store.workspace, store.entries.arrivals, connection.id)
    for waiting in _left(store, connection):
        tally.count(load(store, connection, waiting))
    until = asked.clock() + asked.limits.seconds
    for found in _fetched(connection, asked):
        if isinstance(found, Arrived):
            for one in unpacked(found, asked.limits):
                _take(store, connection, number, tally, one)
        elif isinstance(found, Reached):
            store.entries.standings.reach(connection.id, found.state)
        elif isinstance(found, Later):
            tally.later = found.at
            return
        else:
            tally.note(found.message)
        if asked.clock() > until and isinstance(found, Reached):
            tally.later = store.clock() + SOON
            return


def _fetched(connection: Connection, asked: Asked) -> Iterator[Found]:
    yield from kind_named(connection.kind).fetch(asked)


def _left(store: Store, connection: Connection) -> tuple[Arrival, ...]:
    """What a crash left unloaded, and what waits since before a mapping was settled that may answer it."""
    arrivals, settled = store.entries.arrivals, store.entries.mappings.latest()
    cut = [one for one in arrivals.standing(connection.id, "arrived") if _is_there(store, one)]
    asked = arrivals.standing(connection.id, "waiting") if settled is not None else ()
    again = [one for one in asked if settled and one.decided_at and one.decided_at <= settled and _is_there(store, one)]
    return (*cut, *again[:RETRIED])


def _is_there(store: Store, arrival: Arrival) -> bool:
    return contents.place_of(store.workspace, arrival).exists()


def _take(store: Store, connection: Connection, number: int, tally: Tally, found: Arrived | Noted) -> None:
    """Write down that it came, keep it, load it; what came before under its key is left."""
    if isinstance(found, Noted):
        tally.note(found.message)
        return
    digest, name = hashlib.sha256(found.content).hexdigest(), contents.plain_name(found.name)
    arrival = store.entries.arrivals.enter(connection.id, number, found.key, digest, name, given_of(found))
    if arrival.outcome != "arrived":
        return
    contents.keep(store.workspace, arrival, found.content)
    tally.count(load(store, connection, arrival))


def _end(store: Store, connection: Connection, number: int, tally: Tally, trouble: UserError | None) -> None:
    now, standings = store.clock(), store.entries.standings
    regular = rhythm(connection.rhythm).next_after(now)
    if trouble is None:
        next_at = max(now, min(regular, tally.later)) if tally.later is not None else regular
        standings.end_well(connection.id, next_at, now if tally.files else None)
    else:
        failures = standings.of(connection.id).failures + 1
        next_at = next_try(now, failures, trouble, regular)
        standings.end_badly(connection.id, next_at, now, trouble, is_stopped=is_open(failures, trouble))
    store.entries.runs.end(number, now, tally.ended(next_at, trouble))


def _bug(connection: Connection, error: Exception) -> UserError:
    """An error of the program, under a number that somebody can quote; what it says may hold anything, so it is left
    out of what people see, and of the log but for its kind."""
    number = random.token_hex(4)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where is not None else "?"
    _log.error("collection %s of source %s: %s at %s", number, connection.id, type(error).__name__, place)
    return UserError(
        say("An error of the program ended this: {number}.", number=number),
        hint=say("It is tried again by itself. If it stays, tell the maker of the program this number."),
    )
