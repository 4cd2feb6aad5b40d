"""What is known of hiring by a day: applications, places, searches that go on, and who is on the way in them.

Invariant: everything is grouped once, whatever the number of vacancies; nothing later than `now` is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kpi.hiring.simulating import Stream, streams
from kpi.hiring.transitions import DAY, ENDED, moments

OWN_ACCEPTED, OWN_APPLIED = 10, 40
"""Acceptances and applications from which a recruiter's applicants are foretold by their own history."""
SEARCHED = ("open", "on_hold")
"""States of a place that is looked for, or will be again."""


@dataclass(frozen=True)
class Search:
    """One vacancy with a place to fill."""

    number: int
    """Its number in the relation `places`."""
    vacancy_id: str | None
    """As people call it."""
    title: str | None
    """Whom it looks for."""
    recruiter: str | None
    """Who looks."""
    opened: pd.Timestamp | None
    """When it was opened."""
    published: pd.Timestamp | None
    """When it was published."""
    wanted: int
    """Places in all."""
    left: int
    """Places still to fill."""
    is_put_off: bool
    """Nobody looks at present."""


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

    @cached_property
    def searches(self) -> Mapping[int, Search]:
        """Number → the vacancy, of those with a place to fill."""
        groups = self.wanted.groupby("vacancy_no")
        first = groups[["vacancy_id", "title", "employee", "opened_at", "published_at"]].first()
        states = self.wanted["place"]
        left = states.isin(SEARCHED).groupby(self.wanted["vacancy_no"]).sum()
        put_off = (states == "on_hold").groupby(self.wanted["vacancy_no"]).sum()
        rows = first.assign(wanted=groups.size(), left=left, put_off=put_off)[left > 0].reset_index().to_dict("records")
        return {
            int(row["vacancy_no"]): Search(
                int(row["vacancy_no"]), _known(row["vacancy_id"]), _known(row["title"]), _known(row["employee"]),
                _known(row["opened_at"]), _known(row["published_at"]), int(row["wanted"]), int(row["left"]),
                bool(row["put_off"]),
            )
            for row in rows
        }  # fmt: skip

    @cached_property
    def waiting(self) -> Mapping[int, list[tuple[int, float]]]:
        """Number → (stage, days there) of its applicants who are neither rejected nor accepted."""
        own = self.ever[self.ever["rejected_at"].isna() & self.ever["accepted_at"].isna()]
        own = own[own["applied_at"].notna() & own["vacancy_no"].isin(list(self.searches))]
        known = moments(own, self.stages)
        there = (~np.isnat(known)).sum(axis=1) - 1
        since = known[np.arange(len(known)), there]
        days = np.maximum((np.datetime64(self.now, "us") - since) / DAY, 0.0)
        found: dict[int, list[tuple[int, float]]] = {}
        for number, stage, waited in zip(own["vacancy_no"].astype(int), there.tolist(), days.tolist(), strict=True):
            found.setdefault(int(number), []).append((stage, waited))
        return found

    @cached_property
    def foretelling(self) -> frozenset[str]:
        """Recruiters whose own applicants are enough to tell by."""
        counts = self.ever.groupby("employee", observed=True)["accepted_at"].agg(["size", "count"])
        return frozenset(counts[(counts["size"] >= OWN_APPLIED) & (counts["count"] >= OWN_ACCEPTED)].index)

    @cached_property
    def ends(self) -> "pd.Series[pd.Timestamp]":
        """Number → when its search was over: filled or closed; it is not where a place is still open."""
        ended: pd.Series[pd.Timestamp] = self.wanted.groupby("vacancy_no")["ended_at"].max()
        return ended.where(~ended.index.isin(list(self.searches)))

    @cached_property
    def applied(self) -> pd.DataFrame:
        """The applications with the end of their vacancy's search."""
        return self.ever.assign(**{ENDED: self.ever["vacancy_no"].map(self.ends)})

    @cached_property
    def streams(self) -> Mapping[int, Stream]:
        """Number → its applications to come, from how many it had in how many days; of those with a first day."""
        groups = self.wanted.groupby("vacancy_no")
        began = groups["published_at"].first().fillna(groups["opened_at"].first())
        known = began.notna() & (groups["place"].count() > 0)
        counts = self.ever.groupby("vacancy_no").size().reindex(began.index).fillna(0)
        days = (self.ends.fillna(self.now) - began).to_numpy("timedelta64[us]") / DAY
        found = streams(counts[known].tolist(), days[known.to_numpy(bool)].tolist())
        return {int(number): stream for number, stream in zip(began.index[known], found, strict=True)}


def _known(cell: Any) -> Any:
    """A cell; None where it is empty."""
    return None if pd.isna(cell) else cell
