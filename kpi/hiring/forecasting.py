"""When the open vacancies will be closed: each with a median and an 80 % interval, and all of them together.

Invariant: nothing is foretold from too little history, and what may take over a year is told so instead of a date. What
is estimated comes from everything within the scope, so that a filter narrows what is told, not what is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.message import Message, say
from kpi.hiring.history import SEARCHED, History, Search
from kpi.hiring.simulating import Open, Way, filling, size_of, ways
from kpi.hiring.transitions import transitions

Array = np.ndarray[Any, Any]
SHARE = 0.8
"""How much of what may come lies within an interval."""
LEAST_ACCEPTED, LEAST_APPLIED = 5, 30
"""Acceptances and applications below which nothing is foretold."""
HORIZON = 365.0
"""Days beyond which no date is told."""
SEED = 7
"""Of the courses: one history gives one forecast."""
SOON = 30
"""Days for which the places filled are told."""


@dataclass(frozen=True)
class Spread:
    """A day with its interval."""

    median: date | None
    """As likely before as after; None: over a year away."""
    low: date | None
    """One in ten is before."""
    high: date | None
    """One in ten is after; None: over a year away."""


@dataclass(frozen=True)
class Foretold:
    """One vacancy that is open."""

    vacancy_no: int
    """Its number in the relation `places`."""
    vacancy_id: str | None
    """As people call it."""
    title: str | None
    """Whom it looks for."""
    recruiter: str | None
    """Who looks."""
    opened_on: date | None
    """When it was opened; None: not known."""
    days_open: int | None
    """Days since then."""
    wanted: int
    """Places in all."""
    left: int
    """Places still to fill."""
    waiting: tuple[tuple[str, int], ...]
    """Stage → its applicants who are neither rejected nor further."""
    day: Spread | None
    """When the last place will be filled; None: it cannot be told."""
    why_not: Message | None = None
    """Why it cannot, where the others can."""


@dataclass(frozen=True)
class Outlook:
    """What is to come."""

    vacancies: tuple[Foretold, ...]
    """Those open or put off, the oldest first."""
    places: int
    """Places still to fill, of those foretold."""
    soon: tuple[int, int, int] | None
    """Of these filled within `SOON` days: median, lower and upper end; None: cannot be told."""
    all_filled: Spread | None
    """When the last place of all will be filled."""
    why_not: Message | None = None
    """Why nothing can be told."""


def outlook(history: History, shown: pd.DataFrame) -> Outlook:
    """The forecast of the vacancies of `shown`, rows of `history.wanted`."""
    numbers = {int(number) for number in shown.loc[shown["place"].isin(SEARCHED), "vacancy_no"]}
    found = sorted(
        (one for number, one in history.searches.items() if number in numbers),
        key=lambda one: (one.opened is None, one.opened or history.now, one.number),
    )
    why_not = _too_little(history)
    if why_not is not None or not found:
        return Outlook(tuple(_told(history, one, None, None) for one in found), 0, None, None, why_not)
    days = _simulated(history, [one for one in found if not one.is_put_off])
    vacancies = tuple(_told(history, one, days.get(one.number), _left_out(one)) for one in found)
    return Outlook(vacancies, sum(of_one.shape[1] for of_one in days.values()), *_together(history, days))


def _too_little(history: History) -> Message | None:
    if len(history.stages) < 2 or history.stages[-1] != "accepted_at":
        return say("To tell when vacancies will be closed, it must be known when applicants accepted.")
    accepted = int(history.ever["accepted_at"].notna().sum())
    if accepted < LEAST_ACCEPTED or len(history.ever) < LEAST_APPLIED:
        return say(
            "Too little history to foretell: {applied} applications and {accepted} acceptances, it takes {least} and "
            "{fewest}.",
            applied=len(history.ever), accepted=accepted, least=LEAST_APPLIED, fewest=LEAST_ACCEPTED,
        )  # fmt: skip
    return None


def _left_out(one: Search) -> Message:
    if one.is_put_off:
        return say("The search is put off.")
    return say("It is not known when it was opened or published.")


def _simulated(history: History, searches: Sequence[Search]) -> Mapping[int, Array]:
    """Vacancy → courses × places still wanted: days from now until each is filled."""
    vacancies = {one.number: _open(history, one) for one in searches if one.number in history.streams}
    size, known, found = size_of([*vacancies.values()]), dict[str | None, tuple[Way, ...]](), dict[int, Array]()
    for number, vacancy in vacancies.items():
        recruiter = history.searches[number].recruiter
        whose = recruiter if recruiter in history.foretelling else None
        if whose not in known:
            like = history.applied if whose is None else history.applied[history.applied["employee"] == whose]
            steps = transitions(like, history.stages, history.now)
            known[whose] = ways(steps, np.random.default_rng([SEED, len(known)]), size)
        found[number] = filling(vacancy, known[whose], np.random.default_rng([SEED, 1, number]))
    return found


def _open(history: History, one: Search) -> Open:
    starts = 0.0 if one.published is None else max((one.published - history.now).total_seconds() / 86400, 0.0)
    return Open(one.left, tuple(history.waiting.get(one.number, ())), history.streams[one.number], starts)


def _told(history: History, one: Search, days: Array | None, why_not: Message | None) -> Foretold:
    here = [stage for stage, _ in history.waiting.get(one.number, ())] if len(history.stages) > 1 else []
    opened = None if one.opened is None else one.opened.date()
    return Foretold(
        one.number, one.vacancy_id, one.title, one.recruiter, opened,
        None if opened is None else (history.now.date() - opened).days - 1, one.wanted, one.left,
        tuple((stage, here.count(place)) for place, stage in enumerate(history.stages[:-1])),
        None if days is None else _spread(history.now, days[:, -1]), why_not if days is None else None,
    )  # fmt: skip


def _together(history: History, days: Mapping[int, Array]) -> tuple[tuple[int, int, int] | None, Spread | None]:
    """Places filled soon, and when the last one is."""
    if not days:
        return None, None
    soon = sum((found <= SOON).sum(axis=1) for found in days.values())
    last = np.max([found[:, -1] for found in days.values()], axis=0)
    low, median, high = (int(np.quantile(soon, q, method="inverted_cdf")) for q in _quantiles())
    return (median, low, high), _spread(history.now, last)


def _quantiles() -> tuple[float, float, float]:
    return (1 - SHARE) / 2, 0.5, (1 + SHARE) / 2


def _spread(now: pd.Timestamp, days: Array) -> Spread:
    low, median, high = (_day(now, float(np.quantile(days, q, method="inverted_cdf"))) for q in _quantiles())
    return Spread(median, low, high)


def _day(now: pd.Timestamp, days: float) -> date | None:
    return None if days > HORIZON else (now.to_pydatetime() + timedelta(days=days)).date()
