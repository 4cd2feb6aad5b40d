"""Trying a source before it is connected: does it answer, and how would its first rows be read?

Invariant: nothing is kept, nothing is loaded, and nothing out there is changed.
"""

import contextlib
import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.collect.contents import plain_name
from data.collect.model import Arrived, Asked, Kind, Limits, Noted, Value
from data.collect.unpacking import unpacked
from data.errors import UserError
from data.ingest.pipeline import Proposal, propose
from data.message import Message
from data.store.reading import Remembered
from data.store.store import Store
from data.store.zone import zone_of

FILES = 3
"""That are looked at."""
LIMITS = Limits(files=FILES, seconds=30.0, wait=10.0)


@dataclass(frozen=True)
class Sample:
    """One file as it would be read."""

    name: str
    """Its name."""
    size: int
    """Bytes."""
    tables: tuple[Proposal, ...]
    """What its tables seem to be, with their first rows."""
    trouble: UserError | None
    """Why it cannot be read."""


@dataclass(frozen=True)
class Trial:
    """What a try gave."""

    told: tuple[Message, ...]
    """What works, and what is worth telling."""
    samples: tuple[Sample, ...]
    """The first files; none: nothing is there yet."""


def trial(
    store: Store, kind: Kind, settings: Mapping[str, Value], secret: Callable[[str], str], fact: str | None = None
) -> Trial:
    """Ask a source for its first files. `Trouble` says in plain words what is in the way."""
    zone = zone_of(store.entries.settings)
    asked = Asked(settings, secret, {}, store.clock(), time.monotonic, time.sleep, LIMITS, is_trial=True, zone=zone)
    told = list(kind.prove(asked)) if kind.prove is not None else []
    samples: list[Sample] = []
    with contextlib.closing(_found(kind, asked)) as found:
        for one in islice(found, FILES):
            if isinstance(one, Noted):
                told.append(one.message)
            else:
                samples.append(_sample(store, one, fact))
    return Trial(tuple(told), tuple(samples))


def _found(kind: Kind, asked: Asked) -> Generator[Arrived | Noted]:
    for one in kind.fetch(asked):
        if isinstance(one, Arrived):
            yield from unpacked(one, asked.limits)
        elif isinstance(one, Noted):
            yield one


def _remembered(store: Store, arrived: Arrived) -> Remembered:
    """How it is read: as its source says, else as somebody said before."""
    told = arrived.mappings
    return (lambda _signature: told) if told else store.entries.mappings.recall


def _sample(store: Store, arrived: Arrived, fact: str | None) -> Sample:
    with tempfile.TemporaryDirectory(dir=store.workspace.temporary) as folder:
        path = Path(folder) / plain_name(arrived.name)
        path.write_bytes(arrived.content)
        try:
            tables = propose(
                store.cursor(), path, fact=arrived.fact or fact, remembered=_remembered(store, arrived),
                account=arrived.account,
            )  # fmt: skip
        except UserError as error:
            return Sample(path.name, len(arrived.content), (), error)
    return Sample(path.name, len(arrived.content), tables, None)
