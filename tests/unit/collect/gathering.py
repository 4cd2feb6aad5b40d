"""A kind asked again and again, as its state and `Later` say, while time passes."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data.collect.model import MOSCOW, Arrived, Asked, Found, Kind, Later, Limits, Noted, Reached, State, Value
from data.collect.running import run
from data.collect.settings import settled
from data.store.entries.collect import Connection, NewConnection, Run
from data.store.store import Store

NOW = datetime(2026, 11, 5, 12)


class Wall:
    """A clock that goes only where somebody waits."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return (self.at - NOW).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Gathered:
    """What several runs brought."""

    arrived: list[Arrived] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    state: State = field(default_factory=dict)
    runs: int = 0

    def rows(self, beginning: str) -> list[dict[str, str]]:
        """Cells of the tables whose key begins so, by header."""
        found: list[dict[str, str]] = []
        for one in self.arrived:
            if one.key.startswith(beginning):
                found += csv.DictReader(io.StringIO(one.content.decode()))
        return found


def asked(
    kind: Kind, wall: Wall, given: Mapping[str, Value], secrets: Mapping[str, str], state: State | None = None, *,
    is_trial: bool = False, zone: ZoneInfo = MOSCOW, limits: Limits | None = None,
) -> Asked:  # fmt: skip
    return Asked(
        settled(kind, given), lambda name: secrets.get(name, ""), state or {}, wall.at, wall.seconds, wall.sleep,
        limits or Limits(), is_trial, zone,
    )  # fmt: skip


def gathered(
    kind: Kind, wall: Wall, given: Mapping[str, Value], secrets: Mapping[str, str], state: State | None = None, *,
    zone: ZoneInfo = MOSCOW, most: int = 400,
) -> Gathered:  # fmt: skip
    """Run after run until there is nothing more to fetch for now."""
    told = Gathered(state=state or {})
    while told.runs < most:
        told.runs += 1
        later = None
        for one in kind.fetch(asked(kind, wall, given, secrets, told.state, zone=zone)):
            later = _took(told, one) or later
        if later is None:
            return told
        assert later.at > wall.at
        wall.at = later.at
    raise AssertionError("it never ends")


def _took(told: Gathered, one: Found) -> Later | None:
    if isinstance(one, Arrived):
        told.arrived.append(one)
    elif isinstance(one, Reached):
        told.state = one.state
    elif isinstance(one, Noted):
        told.notes.append(str(one.message))
    return one if isinstance(one, Later) else None


def connected(
    store: Store, kind: Kind, given: Mapping[str, Value], secrets: Mapping[str, str], account: str | None = None
) -> Connection:
    """The kind connected to a workspace, as the form does it."""
    new = NewConnection(kind.name, kind.name, settled(kind, given), kind.rhythm, account)
    connection = store.entries.connections.add(new)
    for name, value in secrets.items():
        store.entries.secrets.put(connection.secret_name(name), value)
    return connection


def collected(store: Store, connection: Connection, wall: Wall) -> list[Run]:
    """Run after run, as the clockwork makes them, until there is nothing more to fetch for now."""
    runs: list[Run] = []
    while len(runs) < 100:
        made = run(store, connection, sleep=wall.sleep)
        assert made is not None
        assert made.ended is not None
        runs.append(made)
        at = store.entries.standings.of(connection.id).next_at
        assert at is not None
        if at - wall.at > timedelta(minutes=2):
            return runs
        wall.at = max(at, wall.at)
    raise AssertionError("it never ends")
