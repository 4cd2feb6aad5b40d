"""The map of a process: activities, and how often one directly follows another.

Invariant: every execution but a case's last has exactly one follower, so edges add up to executions less cases.
"""

from dataclasses import dataclass

from kpi.process.log import ProcessLog, hours


@dataclass(frozen=True)
class Activity:
    """One activity."""

    name: str
    """As the log calls it."""
    count: int
    """Executions."""
    cases: int
    """Cases in which it occurs."""
    begins: int
    """Cases that begin with it."""
    ends: int
    """Cases that end with it."""
    median_hours: float
    """Median working time, from start to end; NaN where the log tells no starts."""


@dataclass(frozen=True)
class Edge:
    """One activity directly after another."""

    before: str
    """The activity that ended."""
    after: str
    """The one that followed."""
    count: int
    """How often."""
    cases: int
    """In how many cases."""
    median_hours: float
    """Median waiting time: from the end of one to the start of the other, or to its end where no start is known."""


def activities(log: ProcessLog) -> tuple[Activity, ...]:
    """Every activity, the commonest first."""
    rows = log.ask(
        f"""select activity, count(*), count(distinct case_id), count_if(place = 1), count_if(next is null),
          median({hours("finished", "started")})
        from executions group by activity order by 2 desc, 1"""
    )
    return tuple(
        Activity(str(name), int(count), int(cases), int(begins), int(ends), float(median))
        for name, count, cases, begins, ends, median in rows.itertuples(index=False)
    )


def edges(log: ProcessLog) -> tuple[Edge, ...]:
    """Every pair that follows directly, the commonest first."""
    rows = log.ask(
        f"""select activity, next, count(*), count(distinct case_id),
          median(greatest({hours("next_begins", "finished")}, 0))
        from executions where next is not null group by activity, next order by 3 desc, 1, 2"""
    )
    return tuple(
        Edge(str(before), str(after), int(count), int(cases), float(median))
        for before, after, count, cases, median in rows.itertuples(index=False)
    )
