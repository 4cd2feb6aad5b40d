"""What a log's cases come to: work, waiting, repeats, hand-overs, lateness and cost.

Invariant: what the log does not tell is None, never 0: without starts nothing is known of work and waiting, without
people of hand-overs, without a term of lateness. The KPIs of the catalogue over `cases` say the same.
"""

from dataclasses import dataclass

from kpi.process.log import NoLog, ProcessLog


@dataclass(frozen=True)
class Figures:
    """The cases of a log in figures."""

    superfluous_share: float
    """Executions that are superfluous or not their activity's first in the case, of all, 0…1."""
    loop_share: float
    """Cases in which an activity directly follows itself, 0…1."""
    ping_pong_share: float
    """Cases that go A → B → A, 0…1."""
    handovers_per_case: float | None
    """Mean of how often the next execution is somebody else's."""
    median_work_hours: float | None
    """Median time in which somebody works on a case, no moment counted twice."""
    waiting_share: float | None
    """(Throughput − work) / throughput, summed over the cases that tell some start, 0…1."""
    late_share: float | None
    """Cases that took longer than they may, 0…1."""
    cost: float | None
    """Roubles of all executions whose cost is known."""
    superfluous_cost: float | None
    """Roubles of those that are superfluous or repeats."""


_ALWAYS = {
    "superfluous_share": "sum(superfluous) / sum(events)", "loop_share": "avg(has_loop::integer)",
    "ping_pong_share": "avg(has_ping_pong::integer)",
}  # fmt: skip
_OPTIONAL = {
    "handovers_per_case": ("handovers", "avg(handovers)"), "median_work_hours": ("work_hours", "median(work_hours)"),
    "waiting_share": (
        "waiting_hours",
        "sum(waiting_hours) / nullif(sum(throughput_hours) filter (where waiting_hours is not null), 0)",
    ),
    "late_share": ("is_late", "avg(is_late::integer)"), "cost": ("case_cost", "sum(case_cost)"),
    "superfluous_cost": ("superfluous_cost", "sum(superfluous_cost)"),
}  # fmt: skip
"""Figure → the column of the cases that must be told, and its SQL."""


def figures(log: ProcessLog) -> Figures:
    """The figures. `NoLog` where there is nothing."""
    told = log.case_columns
    known = {name: sql for name, (column, sql) in _OPTIONAL.items() if column in told}
    listed = ", ".join(f"{sql} as {name}" for name, sql in {**_ALWAYS, **known}.items())
    (row,) = log.ask(f"select count(*) as cases, {listed} from cases").to_dict("records")
    if not row.pop("cases"):
        raise NoLog
    found = {name: None if value != value else float(value) for name, value in row.items()}
    return Figures(**{name: found.get(name) for name in (*_ALWAYS, *_OPTIONAL)})  # type: ignore[arg-type]
