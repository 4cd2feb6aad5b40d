"""Asking a kind by itself, as the pipeline does."""

from collections.abc import Mapping
from datetime import datetime

from data.collect.model import Arrived, Asked, Found, Kind, Limits, Noted, Reached, State, Value
from data.collect.settings import settled

NOW = datetime(2026, 11, 5, 12)


class Passing:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def asked(
    kind: Kind,
    given: Mapping[str, Value],
    state: State | None = None,
    secrets: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    *,
    is_trial: bool = False,
) -> Asked:
    """What the kind is told."""
    time, known = Passing(), secrets or {}
    return Asked(
        settled(kind, given), lambda name: known.get(name, ""), state or {}, NOW, time, time.sleep, limits or Limits(),
        is_trial,
    )  # fmt: skip


def files(found: list[Found]) -> list[Arrived]:
    """What was brought."""
    return [one for one in found if isinstance(one, Arrived)]


def notes(found: list[Found]) -> list[str]:
    """What was told."""
    return [str(one.message) for one in found if isinstance(one, Noted)]


def state(found: list[Found]) -> State:
    """Where the source stands after all of it."""
    return [one for one in found if isinstance(one, Reached)][-1].state
