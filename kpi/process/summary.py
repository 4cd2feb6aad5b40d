"""A log in a few figures.

Invariant: every case has exactly one variant; shares are of the cases.
"""

from dataclasses import dataclass
from datetime import datetime

from kpi.process.log import NoLog, ProcessLog, hours


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
