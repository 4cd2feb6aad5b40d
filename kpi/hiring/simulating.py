"""When a vacancy's places will be filled: many possible courses of its funnel.

Invariant: pure and repeatable: the same history gives the same courses. Everything that is estimated is drawn anew in
each course — shares from Beta, the stream of applications from Gamma — so that little history makes wide intervals.
Nothing but the search itself goes on: pay, advertisement and number of recruiters stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kpi.hiring.transitions import Transition

Array = np.ndarray[Any, Any]
COURSES = 2000
"""Courses of each vacancy."""
CELLS, FEWEST = 1_000_000, 200
"""Places and applicants that are drawn in all; courses at least."""
SPARE = 15
"""Accepted applicants drawn beyond those needed: a later application may be accepted sooner."""


@dataclass(frozen=True)
class Stream:
    """How many apply: the Gamma distribution of a vacancy's applications a day."""

    shape: float
    """Its shape: applications seen, with those the other vacancies lend."""
    days: float
    """Days these took."""

    def draw(self, chance: np.random.Generator, size: int) -> Array:
        """Possible rates."""
        rates: Array = chance.gamma(self.shape, 1 / self.days, size)
        return rates


@dataclass(frozen=True)
class Open:
    """A vacancy that is looked for."""

    wanted: int
    """Places still to fill."""
    waiting: tuple[tuple[int, float], ...]
    """Its applicants who are neither rejected nor accepted: (stage reached, days they have been there)."""
    stream: Stream
    """Applications to come."""
    starts: float = 0.0
    """Days until the first of them can come: of a vacancy not published yet."""


def streams(counts: Sequence[int], days: Sequence[float]) -> list[Stream]:
    """Each vacancy's stream: its own applications and days, and what vacancies have in common.

    Gamma–Poisson: the prior's mean and spread are those of the vacancies, by moments.
    """
    n, t = np.asarray(counts, dtype=float), np.maximum(np.asarray(days, dtype=float), 0.25)
    mean = max(n.sum() / t.sum(), 1e-6)
    spread = float(((n - mean * t) ** 2 - mean * t).sum() / (t**2).sum())
    spread = max(spread, (0.15 * mean) ** 2)
    shape, rate = mean**2 / spread, mean / spread
    return [Stream(shape + own, rate + time) for own, time in zip(n, t, strict=True)]


@dataclass(frozen=True)
class Way:
    """From a stage to the next, with the share that goes on in each course."""

    step: Transition
    """What is known of it."""
    shares: Array
    """Share that goes on, one a course."""

    def days(self, chance: np.random.Generator, shape: int | tuple[int, ...]) -> Array:
        """Days until the next stage."""
        if not len(self.step.days):
            return np.full(shape, np.inf)
        found: Array = chance.choice(self.step.days, shape, p=self.step.weights)
        return found


def ways(steps: Sequence[Transition], chance: np.random.Generator, size: int) -> tuple[Way, ...]:
    """The steps with shares as they may truly be: vacancies that share them are foretold from the same ones."""
    return tuple(Way(step, chance.beta(step.went_on + 0.5, _others(step) + 0.5, size)) for step in steps)


def filling(vacancy: Open, steps: Sequence[Way], chance: np.random.Generator) -> Array:
    """Courses × places still wanted: days from now until the first, second, … is filled; infinite: never."""
    size = len(steps[0].shares)
    here: dict[int, list[float]] = {}
    for stage, days in vacancy.waiting:
        here.setdefault(stage, []).append(days)
    known = [_of_waiting(steps[stage:], np.array(days), chance, size) for stage, days in sorted(here.items())]
    every = np.column_stack([*known, _to_come(vacancy, steps, chance, size)])
    found: Array = np.sort(every, axis=1)[:, : vacancy.wanted]
    return found


def size_of(vacancies: Sequence[Open]) -> int:
    """Courses there is time for: fewer where there are very many vacancies, places or applicants."""
    width = sum(vacancy.wanted + SPARE + len(vacancy.waiting) for vacancy in vacancies)
    return max(min(COURSES, CELLS // max(width, 1)), FEWEST)


def _others(step: Transition) -> float:
    """How many did not go on, as the estimated share has it: waits that are not over count by what they will be."""
    return max(step.went_on / step.share - step.went_on, 0.0) if step.share > 0 else float(step.entered)


def _of_waiting(steps: Sequence[Way], days: Array, chance: np.random.Generator, size: int) -> Array:
    """Courses × applicants: days until those accept who have been in the first of these stages for so long; infinite
    where they do not."""
    shape, step = (size, len(days)), steps[0].step
    reached = np.concatenate([[0.0], np.cumsum(step.weights)])
    gone = reached[np.searchsorted(step.days, days, "right")]
    found = np.where(chance.random(shape) < _goes_on(steps[0], days, 1 - gone), 0.0, np.inf)
    if len(step.days):
        picked = np.searchsorted(reached[1:], gone + (1 - gone) * chance.random(shape), "right")
        found = found + np.maximum(step.days[np.minimum(picked, len(step.days) - 1)] - days, 0.0)
    for way in steps[1:]:
        found = np.where(chance.random(shape) < way.shares[:, None], found, np.inf) + way.days(chance, shape)
    return found


def _goes_on(way: Way, days: Array, still: Array) -> Array:
    """Courses × applicants: the chance of going on after so long; of those who go on `still` wait longer than this."""
    step, share = way.step, way.shares[:, None]
    told = min(step.lost / (1 - step.share), 1.0) if step.share < 1 else 0.0
    refused = np.concatenate([[0.0], np.cumsum(step.rejected_weights)])
    refused_later = refused[-1] - refused[np.searchsorted(step.rejected_days, days, "right")]
    still = np.where(len(step.days) > 0, np.maximum(still, 0.0), 0.0)
    against = (1 - share) * (told * refused_later + 1 - told)
    every = share * still + against
    chances: Array = np.divide(share * still, every, out=np.zeros_like(every), where=every > 1e-12)
    return chances


def _to_come(vacancy: Open, steps: Sequence[Way], chance: np.random.Generator, size: int) -> Array:
    """Days until those accept who have not applied yet: of a stream of applications, the accepted are one as well."""
    rate = vacancy.stream.draw(chance, size) * np.prod([way.shares for way in steps], axis=0)
    shape = (size, vacancy.wanted + SPARE)
    with np.errstate(divide="ignore"):
        applied: Array = vacancy.starts + np.cumsum(chance.exponential(1.0, shape), axis=1) / rate[:, None]
    for way in steps:
        applied = applied + way.days(chance, shape)
    return applied
