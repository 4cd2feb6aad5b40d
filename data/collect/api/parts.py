"""A run over the parts of an account: statistics, calls, reviews, …

Invariant: one part that must wait, or may not be asked, never keeps the others from being fetched; what stands in the
way is told all the same: as a trouble where nothing works, else beside what was fetched. A part without a right is
left alone for a day. Nothing counts as reached before it lies in the workspace.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from data.collect.api.failures import KeysRefused, ServiceFailure, Unreachable, Wait
from data.collect.api.pace import Pace
from data.collect.api.table import FactTable
from data.collect.model import Arrived, Asked, Found, Later, Noted, Reached
from data.message import Message, say

ASIDE = timedelta(days=1)
"""How long a part without a right is left alone."""
MINUTE = timedelta(minutes=1)

Step = Arrived | None
"""What a part yields: something that arrived, or that its state says more than before."""


@dataclass
class Progress:
    """Where a source stands, while it is fetched."""

    state: dict[str, Any]
    """JSON: part → what it needs to go on."""
    pace: Pace
    """How often the service was asked."""
    today: date
    """The business's day."""
    is_trial: bool = False
    """It is only tried."""

    def of(self, part: str) -> dict[str, Any]:
        """A part's own state, to be changed in place."""
        found: dict[str, Any] = self.state.setdefault(part, {})
        return found

    def reached(self) -> Reached:
        """What to go on from."""
        return Reached({**self.state, "asked": self.pace.state()})


@dataclass(frozen=True)
class Part:
    """One thing that is fetched."""

    name: str
    """Its code, also of its state."""
    what: Message
    """What it is, in words that follow «the right to»."""
    steps: Callable[[Progress], Iterator[Step]]
    """Brings it."""
    is_rare: bool = False
    """It may be asked for once a minute: a trial has done so already, in words."""


def run(asked: Asked, service: str, progress: Progress, parts: tuple[Part, ...]) -> Iterator[Found]:
    """All parts, one after another. `Trouble` where none of them could be fetched."""
    waits: list[datetime] = []
    failures: list[tuple[Part, ServiceFailure]] = []
    worked, ends = False, progress.pace.clock() + timedelta(seconds=asked.limits.seconds)
    for part in parts:
        if part.is_rare and progress.is_trial:
            continue
        if (until := _aside(progress, part)) is not None:
            yield Noted(_left_out(service, part, until))
            continue
        try:
            yield from _fetched(part, progress, ends)
            worked = True
        except Wait as wait:
            waits.append(wait.at)
        except (KeysRefused, Unreachable):
            raise
        except ServiceFailure as failure:
            failures.append((part, failure))
            if failure.is_lasting:
                progress.of("aside")[part.name] = (progress.pace.clock() + ASIDE).isoformat()
    yield progress.reached()
    if failures and not worked and not waits:
        raise failures[0][1]
    yield from (Noted(say("{what}: {why}", what=part.what, why=failure.title)) for part, failure in failures)
    if waits:
        yield Later(min(waits))


def _fetched(part: Part, progress: Progress, ends: datetime) -> Iterator[Found]:
    """One part; of a trial its first table. `Wait` when the run has lasted long enough."""
    for step in part.steps(progress):
        yield progress.reached() if step is None else step
        if progress.is_trial and step is not None:
            return
        if progress.pace.clock() > ends:
            raise Wait(progress.pace.clock() + MINUTE)


def _aside(progress: Progress, part: Part) -> datetime | None:
    """Until when a part is left alone."""
    until = progress.of("aside").get(part.name)
    if until is None or progress.is_trial:
        return None
    return moment if progress.pace.clock() < (moment := datetime.fromisoformat(until)) else None


def _left_out(service: str, part: Part, until: datetime) -> Message:
    return say(
        "Left out: {what}. {service} gives these keys no right to it; it is asked again on {day}.",
        what=part.what, service=service, day=until.date(),
    )  # fmt: skip


def arrived(table: FactTable, key: str, name: str, source: str, *, period: tuple[date, date] | None = None) -> Arrived:
    """A table as something that arrived.

    `source`: what it is of, the same for ever: rows that name no account and no branch are known by it.
    """
    return Arrived(f"{name}.csv", table.content, key, table.fact, (table.mapping,), period, source=source)
