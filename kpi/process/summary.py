"""A log in a few figures, and its variants.

Invariant: every case has exactly one variant; shares are of the cases.
"""

from dataclasses import dataclass
from datetime import datetime

from data.errors import UserError
from data.message import say
from kpi.process.log import BASE, MOST_ACTIVITIES, NoLog, ProcessLog, hours


@dataclass(frozen=True)
class Variant:
    """Cases that went the same way."""

    path: tuple[str, ...]
    """Activities in order."""
    cases: int
    """How many went it."""
    share: float
    """Of all cases, 0…1."""
    median_hours: float
    """Median from the first to the last event."""


@dataclass(frozen=True)
class Summary:
    """A log in figures."""

    cases: int
    """Cases."""
    events: int
    """Executions of activities."""
    activities: int
    """Different activities."""
    variants: int
    """Different ways through."""
    rework_cases: int
    """Cases in which some activity occurs more than once."""
    median_hours: float
    """Median time from a case's first event to its last."""
    mean_hours: float
    """Mean of it."""
    since: datetime
    """First moment."""
    until: datetime
    """Last moment."""

    @property
    def rework_share(self) -> float:
        """Cases with a repeated activity, of all, 0…1."""
        return self.rework_cases / self.cases


def summary(log: ProcessLog) -> Summary:
    """The figures. `NoLog` where there are no events."""
    found = log.ask(
        f"""select count(*) as cases, sum(events)::bigint as events, (select count(*) from codes) as activities,
          count(distinct path) as variants, count_if(repeats) as rework, median({hours("last", "first")}) as median,
          avg({hours("last", "first")}) as mean, min(first) as since, max(last) as until from paths"""
    ).to_dict("records")[0]
    if not found["cases"]:
        raise NoLog
    return Summary(
        int(found["cases"]), int(found["events"]), int(found["activities"]), int(found["variants"]),
        int(found["rework"]), float(found["median"]), float(found["mean"]), found["since"].to_pydatetime(),
        found["until"].to_pydatetime(),
    )  # fmt: skip


def variants(log: ProcessLog, most: int = 100) -> tuple[Variant, ...]:
    """The commonest variants, the most frequent first."""
    names = log.ask("select activity from codes order by code")["activity"].tolist()
    if len(names) > MOST_ACTIVITIES:
        raise UserError(
            say("The log has {n} different activities: that is no process.", n=len(names)),
            hint=say("Choose the column that names the steps."),
        )
    rows = log.ask(
        f"""select path, count(*) as cases, count(*) / sum(count(*)) over () as share,
          median({hours("last", "first")}) as median from paths group by path
        order by cases desc, path limit {int(most)}"""
    )
    return tuple(
        Variant(tuple(names[ord(letter) - BASE] for letter in path), int(cases), float(share), float(median))
        for path, cases, share, median in rows.itertuples(index=False)
    )
