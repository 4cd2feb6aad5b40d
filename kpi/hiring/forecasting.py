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
from kpi.hiring.simulating import Open, Stream, Way, filling, size_of, streams, ways
from kpi.hiring.transitions import DAY, ENDED, moments, transitions

Array = np.ndarray[Any, Any]
SHARE = 0.8
"""How much of what may come lies within an interval."""
LEAST_ACCEPTED, LEAST_APPLIED = 5, 30
"""Acceptances and applications below which nothing is foretold."""
OWN_ACCEPTED, OWN_APPLIED = 10, 40
"""Those from which a recruiter's applicants are foretold by their own history."""
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
    """Why it cannot."""


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


@dataclass(frozen=True)
class History:
    """What is estimated from."""

    ever: pd.DataFrame
    """Applications: vacancy_no, employee, the stages, rejected_at."""
    wanted: pd.DataFrame
    """Places: vacancy_no, place, accepted_at, ended_at, opened_at, published_at, employee, title, vacancy_id."""
    stages: Sequence[str]
    """Stages that are loaded, in order; the last is accepted_at."""
    now: pd.Timestamp
    """The end of what is known."""


def outlook(history: History, shown: pd.DataFrame) -> Outlook:
    """The forecast of the vacancies of `shown`, rows of `history.wanted`."""
    waiting = shown[shown["place"].isin(("open", "on_hold"))]
    numbers = list(dict.fromkeys(waiting.sort_values("opened_at")["vacancy_no"].astype(int)))
    why_not = _too_little(history)
    if why_not is not None or not numbers:
        told = tuple(_told(history, number, None, why_not) for number in numbers)
        return Outlook(told, 0, None, None, why_not)
    days = _simulated(history, [number for number in numbers if not _on_hold(history, number)])
    vacancies = tuple(_told(history, n, days.get(n), None if n in days else _left_out(history, n)) for n in numbers)
    return Outlook(vacancies, sum(found.shape[1] for found in days.values()), *_together(history, days))


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


def _left_out(history: History, number: int) -> Message:
    if _on_hold(history, number):
        return say("The search is put off.")
    return say("It is not known when it was opened or published.")


def _on_hold(history: History, number: int) -> bool:
    return bool((_places(history, number)["place"] == "on_hold").any())


def _places(history: History, number: int) -> pd.DataFrame:
    return history.wanted[history.wanted["vacancy_no"] == number]


def _simulated(history: History, numbers: Sequence[int]) -> Mapping[int, Array]:
    """Vacancy → courses × places still wanted: days from now until each is filled."""
    ends = _ends(history)
    applied = history.ever.assign(**{ENDED: history.ever["vacancy_no"].map(ends)})
    flows = _streams(history, ends)
    vacancies = {n: _open(history, n, flows[n]) for n in numbers if n in flows}
    size, known, found = size_of([*vacancies.values()]), dict[str | None, tuple[Way, ...]](), dict[int, Array]()
    for number, vacancy in vacancies.items():
        whose = _foretold_by(applied, _first(_places(history, number)["employee"]))
        if whose not in known:
            like = applied if whose is None else applied[applied["employee"] == whose]
            steps = transitions(like, history.stages, history.now)
            known[whose] = ways(steps, np.random.default_rng([SEED, len(known)]), size)
        found[number] = filling(vacancy, known[whose], np.random.default_rng([SEED, 1, number]))
    return found


def _foretold_by(applied: pd.DataFrame, recruiter: str | None) -> str | None:
    """The recruiter, where their own applicants are enough to tell by; None: everybody's."""
    own = applied[applied["employee"] == recruiter]
    enough = len(own) >= OWN_APPLIED and int(own["accepted_at"].notna().sum()) >= OWN_ACCEPTED
    return recruiter if enough else None


def _ends(history: History) -> "pd.Series[pd.Timestamp]":
    """Vacancy → when its search was over: filled or closed; it is not where a place is still open."""
    wanted = history.wanted
    searched = wanted.loc[wanted["place"].isin(("open", "on_hold")), "vacancy_no"]
    ended: pd.Series[pd.Timestamp] = wanted.groupby("vacancy_no")["ended_at"].max()
    return ended.where(~ended.index.isin(searched))


def _streams(history: History, ends: "pd.Series[pd.Timestamp]") -> Mapping[int, Stream]:
    """Vacancy → its applications to come, from how many it had in how many days."""
    groups = history.wanted.groupby("vacancy_no")
    began = groups["published_at"].first().fillna(groups["opened_at"].first())
    known = began.notna() & (groups["place"].count() > 0)
    counts = history.ever.groupby("vacancy_no").size().reindex(began.index).fillna(0)
    days = (ends.fillna(history.now) - began).to_numpy("timedelta64[us]") / DAY
    found = streams(counts[known].tolist(), days[known.to_numpy(bool)].tolist())
    return {int(number): stream for number, stream in zip(began.index[known], found, strict=True)}


def _open(history: History, number: int, stream: Stream) -> Open:
    places = _places(history, number)
    published = places["published_at"].iloc[0]
    starts = 0.0 if pd.isna(published) else max((published - history.now) / pd.Timedelta(days=1), 0.0)
    return Open(int((places["place"] == "open").sum()), tuple(_waiting(history, number)), stream, float(starts))


def _waiting(history: History, number: int) -> list[tuple[int, float]]:
    """(stage, days there) of the vacancy's applicants who are neither rejected nor accepted."""
    own = history.ever[(history.ever["vacancy_no"] == number) & history.ever["applied_at"].notna()]
    own = own[own["rejected_at"].isna() & own["accepted_at"].isna()]
    known = moments(own, history.stages)
    there = (~np.isnat(known)).sum(axis=1) - 1
    now = np.datetime64(history.now, "us")
    return [(int(stage), max(float((now - row[stage]) / DAY), 0.0)) for row, stage in zip(known, there, strict=True)]


def _told(history: History, number: int, days: Array | None, why_not: Message | None) -> Foretold:
    places = _places(history, number)
    here = [stage for stage, _ in _waiting(history, number)] if len(history.stages) > 1 else []
    opened = None if pd.isna(places["opened_at"].iloc[0]) else places["opened_at"].iloc[0].date()
    return Foretold(
        number, _first(places["vacancy_id"]), _first(places["title"]), _first(places["employee"]), opened,
        None if opened is None else (history.now.date() - opened).days - 1,
        len(places), int(places["place"].isin(("open", "on_hold")).sum()),
        tuple((stage, here.count(place)) for place, stage in enumerate(history.stages[:-1])),
        None if days is None else _spread(history.now, days[:, -1]), why_not,
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


def _first(cells: "pd.Series[Any]") -> str | None:
    known = cells.dropna()
    return str(known.iloc[0]) if len(known) else None
